"""Documents made of their material: the words and codes by which people and entries are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from matchmaker.catalogue.asking import kept_words
from matchmaker.catalogue.material import Codes, Material
from matchmaker.folding import words_of
from matchmaker.languages import LANGUAGES
from matchmaker.organisations.countries import country_name

OF_ENTRY = ("sector", "industry", "technology")
OF_PERSON = ("type", "network", *OF_ENTRY)
HOUSE = "house"  # what the organisation says, without the entries; nobody searches by it
LONGEST_KEY = 500

Row = dict[str, Any]  # the columns of a Document, without its number


def documents_of(event_id: str, material: Material) -> Iterator[Row]:
    """Those of every person and of each of their entries."""
    for person in material.people:
        house = material.of_organisation.get(person.organisation_id or "", {})
        entries = material.entries.get(person.id, ())
        yield _finished(event_id, person, _of_person(material, person, house, entries))
        for entry in entries:
            yield _finished(event_id, person, _of_entry(material, person, house, entry))


def _of_person(material: Material, person: Any, house: Codes, entries: Sequence[Any]) -> Row:
    said = [material.of_entry.get(entry.id, {}) for entry in entries]
    codes = {
        kind: sorted({code for chosen in (house, *said) for code in chosen.get(kind, ())})
        for kind in OF_PERSON
    }
    about = (person.description, person.projects, person.stories, person.city)
    written = [text for entry in entries for text in (entry.title, entry.text)]
    labels = [label for chosen in said for label in _labels(material, chosen)]
    return {
        "entry_id": None,
        "names": kept_words([person.first_name, person.last_name, person.name or ""]),
        "titles": kept_words([person.job, *written, *labels]),
        "texts": kept_words(
            [*(text or "" for text in about), *_labels(material, _chosen(house)),
             *_countries(person)]
        ),
        "codes": codes | {
            "kind": sorted({entry.kind for entry in entries}),
            "country": [person.country] if person.country else [],
            "aim": person.target_countries or [],
            "spoken": person.spoken,
            "participation": [person.type_code] if person.type_code else [],
            "session": sorted(
                material.every_session
                if person.attends_all
                else material.sessions.get(person.id, ())
            ),
            HOUSE: [f"{kind}:{code}" for kind, chosen in _chosen(house).items() for code in chosen],
        },
        "created_at": person.created_at,
    }  # fmt: skip


def _chosen(house: Codes) -> Codes:
    return {kind: house.get(kind, ()) for kind in OF_PERSON}


def _of_entry(material: Material, person: Any, house: Codes, entry: Any) -> Row:
    said = material.of_entry.get(entry.id, {})
    codes = {kind: list(said.get(kind, ())) for kind in OF_ENTRY}
    author = [person.first_name, person.last_name, person.name or ""]
    return {
        "entry_id": entry.id,
        "names": kept_words([entry.title]),
        "titles": kept_words(
            [*author, *_labels(material, codes), person.city or "", *_countries(person)]
        ),
        "texts": kept_words([entry.text]),
        "codes": codes | {
            "kind": [entry.kind],
            "type": list(house.get("type", ())),
            "country": [person.country] if person.country else [],
            "language": [entry.language],
        },
        "created_at": entry.created_at,
    }  # fmt: skip


def _finished(event_id: str, person: Any, row: Row) -> Row:
    row["event_id"] = event_id
    row["participant_id"] = person.id
    row["organisation_id"] = person.organisation_id
    row["name_key"] = _key(person.last_name, person.first_name)
    row["organisation_key"] = _key(person.name or "")
    row["digest"] = blake2b(repr(sorted(row.items())).encode(), digest_size=16).hexdigest()
    return row


def _key(*texts: str) -> str:
    """By what names are sorted: accents and case do not count, nor does what is no letter."""
    return " ".join(word for text in texts for word in words_of(text))[:LONGEST_KEY]


def _labels(material: Material, codes: Codes) -> Iterator[str]:
    """Of each code in every language: who types one finds what was written in another."""
    for kind, chosen in codes.items():
        for code in chosen:
            yield from material.labels.get(kind, {}).get(code, {}).values()


def _countries(person: Any) -> Iterator[str]:
    if person.country:
        yield from (country_name(person.country, language) for language in LANGUAGES)
