"""From wishes to meetings: one function for every path. Its table: docs/wishes-to-meetings.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes.joining import join_organisations
from matchmaker.wishes.models import Wish
from matchmaker.wishes.pairing import Between, Ground, Person, Said, Weights, pair_of

__all__ = [
    "CODES",
    "LeftOut",
    "Proposal",
    "ProposedMeeting",
    "meetings_from",
    "propose_meetings",
    "refused_pairs",
]

# Why wishes made no meeting, in the order in which the first that holds is named.
CODES = (
    "withdrawn", "rejected", "not_validated",
    "never", "own_organisation", "declined", "nobody", "not_accepted", "covered",
)  # fmt: skip
# All that a proposal follows from, beside the event's weights.
PERSON_COLUMNS = ("id", "state", "organisation_id")
WISH_COLUMNS = (
    "id", "from_id", "to_id", "to_organisation_id", "grade", "state", "position", "rank",
)  # fmt: skip
OF_STATE = {"withdrawn": "withdrawn", "rejected": "rejected", "registered": "not_validated"}


@dataclass(frozen=True, slots=True)
class ProposedMeeting:
    """``sides`` in asking order: the first is the one that was asked first."""

    id: str
    sides: tuple[tuple[str, ...], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``id`` is what the meeting's would be. ``people`` are the two, or the wisher alone where
    an organisation was asked for; ``because`` are those of them whom the code speaks of.
    """

    id: str
    people: tuple[str, ...]
    code: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    meetings: tuple[ProposedMeeting, ...]
    left_out: tuple[LeftOut, ...]

    @cached_property
    def weight(self) -> int:
        """Of all meetings together."""
        return sum(meeting.weight for meeting in self.meetings)


def propose_meetings(session: Session, event: Event, *, with_late: bool = False) -> Proposal:
    """Every meeting that the event's wishes ask for, in two statements. Late wishes count where
    nothing moves for them; a late `never` always does.
    """
    wishes = _wishes(session, event, with_late)
    return meetings_from(_people(session, event), wishes, weights_of(event))


def refused_pairs(session: Session, event: Event, people: Collection[str]) -> set[frozenset[str]]:
    """Those of these people who must not meet: one of them said never."""
    ground = Ground(
        _people(session, event, people),
        _nevers(session, event, people),
    )
    return {frozenset(pair) for pair in ground.forbidden}


def propose_between(session: Session, event: Event, one: str, other: str) -> Proposal:
    """What the wishes of these two ask for, late ones too, without reading everybody's."""
    both = (one, other)
    people = [row for row in _people(session, event) if row.id in both]
    wishes = [row for row in _wishes(session, event, True, both) if row.to in both]
    return meetings_from(people, wishes, weights_of(event))


def weights_of(event: Event) -> Weights:
    return Weights(event.top_weight, event.like_weight, event.mutual_weight, event.needs_acceptance)


def meetings_from(people: Iterable[Person], wishes: Iterable[Said], weights: Weights) -> Proposal:
    """The same from plain values; the order in which they come does not matter."""
    ground = Ground(people, wishes)
    remaining = join_organisations(ground)
    found: list[ProposedMeeting | LeftOut] = []
    for between in ground.between.values():
        found.append(_of_pair(ground, between, weights))
    met = {item.id for item in found if isinstance(item, ProposedMeeting)}
    for wish in remaining:
        found.append(_of_organisation(ground, wish, weights, met))
    found.sort(key=lambda item: item.id)
    return Proposal(
        tuple(item for item in found if isinstance(item, ProposedMeeting)),
        tuple(item for item in found if isinstance(item, LeftOut)),
    )


def _of_pair(ground: Ground, between: Between, weights: Weights) -> ProposedMeeting | LeftOut:
    first = between.asked_first
    second = between.other(first)
    name = "~".join(between.pair)
    code, because = _obstacle(ground, between, weights)
    if code:
        return LeftOut(name, (first, second), code, because)
    return ProposedMeeting(name, ((first,), (second,)), between.weight(weights, ground.places))


def _obstacle(ground: Ground, between: Between, weights: Weights) -> tuple[str, tuple[str, ...]]:
    """The first code that keeps the pair apart ("" for none), and whom it speaks of."""
    code, because = _absent(ground, between.pair)
    if code:
        return code, because
    if between.pair in ground.forbidden:
        return "never", ()
    if between.is_declined:
        return "declined", ()
    if weights.needs_acceptance and not between.is_accepted:
        return "not_accepted", ()
    return "", ()


def _absent(ground: Ground, people: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    if not ground.out:
        return "", ()
    out = {person: ground.out[person] for person in people if person in ground.out}
    for state, code in OF_STATE.items():
        because = tuple(person for person in sorted(out) if out[person] == state)
        if because:
            return code, because
    return "", ()


def _of_organisation(
    ground: Ground, wish: Said, weights: Weights, met: set[str]
) -> ProposedMeeting | LeftOut:
    name = f"{wish.wisher}~o:{wish.to_organisation}"
    candidates = ground.candidates(wish)
    code, because = _absent(ground, [wish.wisher])
    code = code or _organisation_obstacle(ground, wish, weights, candidates)
    if not code and any("~".join(pair_of(wish.wisher, person)) in met for person in candidates):
        code = "covered"
    if code:
        return LeftOut(name, (wish.wisher,), code, because)
    later = min(ground.places[wish.id], weights.steps)
    sides = (tuple(candidates), (wish.wisher,))
    return ProposedMeeting(name, sides, weights.of(wish.grade) - later)


def _organisation_obstacle(
    ground: Ground, wish: Said, weights: Weights, candidates: list[str]
) -> str:
    if ground.people[wish.wisher].organisation_id == wish.to_organisation:
        return "own_organisation"
    if wish.state == "declined":
        return "declined"
    if not candidates:
        return "nobody"
    if weights.needs_acceptance and wish.state != "accepted":
        return "not_accepted"
    return ""


def _people(
    session: Session, event: Event, only: Collection[str] | None = None
) -> Iterator[Person]:
    columns = Participant.__table__.c  # plain rows: no entity is made of each
    query = select(*(columns[name] for name in PERSON_COLUMNS)).where(columns.event_id == event.id)
    if only is not None:
        query = query.where(columns.id.in_(only))
    return map(Person._make, session.execute(query))


def _wishes(
    session: Session, event: Event, with_late: bool, wishers: Collection[str] | None = None
) -> Iterator[Said]:
    columns = Wish.__table__.c
    query = select(*(columns[name] for name in WISH_COLUMNS)).where(columns.event_id == event.id)
    if wishers is not None:
        query = query.where(columns.from_id.in_(wishers))
    if not with_late:
        query = query.where(columns.is_late.is_(False) | (columns.grade == "never"))
    return map(Said._make, session.execute(query))


def _nevers(session: Session, event: Event, people: Collection[str]) -> Iterator[Said]:
    columns = Wish.__table__.c
    rows = session.execute(
        select(*(columns[name] for name in WISH_COLUMNS)).where(
            columns.event_id == event.id, columns.grade == "never", columns.from_id.in_(people)
        )
    )
    return map(Said._make, rows)
