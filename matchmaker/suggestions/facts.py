"""What is known of a person, as far as it says whom they could meet.

Everybody has sides. A side seeks something, gives something, or both: an entry of the marketplace
is one, and what the organisation says of itself is one, too, but a fainter one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.catalogue.documents import HOUSE

LISTS = ("technology", "industry", "sector", "network")
FUNDING, CLUSTER = "role:funding", "role:cluster"
# How much a side seeks and gives, by the kind of the entry; "" is the profile.
SEEKS = {"need": 1.0, "project": 1.0, "funding": 1.0, "": 0.3}
GIVES = {"offer": 1.0, "technology": 1.0, "project": 0.7, "": 0.6}


@dataclass(frozen=True)
class Side:
    kind: str  # of the entry, or "" for the profile
    entry_id: str | None
    codes: frozenset[str]  # "technology:sensors"
    words: tuple[str, ...]  # folded
    seeks: float
    gives: float


@dataclass(frozen=True)
class Facts:
    id: str
    organisation_id: str | None
    spoken: frozenset[str]
    sessions: frozenset[str]
    country: str
    aims: frozenset[str]
    sides: tuple[Side, ...]


def facts_of(documents: Iterable[Any]) -> list[Facts]:
    """Of everybody in these documents of the catalogue, by id."""
    entries: dict[str, list[Any]] = {}
    people = []
    for document in documents:
        if document.entry_id is None:
            people.append(document)
        else:
            entries.setdefault(document.participant_id, []).append(document)
    people.sort(key=lambda person: person.participant_id)
    return [_facts(person, entries.get(person.participant_id, ())) for person in people]


def _facts(person: Any, entries: Sequence[Any]) -> Facts:
    codes = person.codes
    is_investor = "investor" in codes.get("type", ())
    return Facts(
        id=person.participant_id,
        organisation_id=person.organisation_id,
        spoken=frozenset(codes["spoken"]),
        sessions=frozenset(codes["session"]),
        country=next(iter(codes["country"]), ""),
        aims=frozenset(codes["aim"]),
        sides=(
            _profile(person, is_investor),
            *(_entry(entry, is_investor) for entry in sorted(entries, key=lambda e: e.entry_id)),
        ),
    )


def _profile(person: Any, is_investor: bool) -> Side:
    roles = [FUNDING] * is_investor + [CLUSTER] * ("cluster" in person.codes.get("type", ()))
    words = tuple(person.texts.split())
    codes = {code for code in person.codes[HOUSE] if code.partition(":")[0] in LISTS}
    return Side("", None, frozenset(codes | set(roles)), words, SEEKS[""], GIVES[""])


def _entry(entry: Any, is_investor: bool) -> Side:
    """Who invests and writes of funding gives it, everybody else looks for it."""
    kind = entry.codes["kind"][0]
    roles = [FUNDING] if kind == "funding" else []
    seeks, gives = SEEKS.get(kind, 0.0), GIVES.get(kind, 0.0)
    if kind == "funding" and is_investor:
        seeks, gives = gives, seeks
    words = tuple((entry.names + " " + entry.texts).split())
    codes = {f"{kind}:{code}" for kind in LISTS for code in entry.codes.get(kind, ())}
    return Side(kind, entry.entry_id, frozenset(codes | set(roles)), words, seeks, gives)
