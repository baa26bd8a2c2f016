"""The people and organisations of an event as an import compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

from matchmaker.database import read_json
from matchmaker.imports.people.fields import (
    LISTED,
    LONG,
    OF_LISTS,
    OF_NAME,
    OF_ORGANISATION,
    OWN,
    SEVERAL,
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Compared:
    """Compared field by field where a row is about it, which most are not: the values are put
    together then.
    """

    id: str
    imported: str
    work_out: Callable[[], dict[str, Any]]

    @cached_property
    def values(self) -> dict[str, Any]:
        """Every field of an import."""
        return self.work_out()

    @cached_property
    def before(self) -> Any:
        """What the last import said."""
        return read_json(self.imported)


@dataclass(frozen=True, eq=False, kw_only=True)
class Person(Compared):
    email_key: str | None
    reference: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Company(Compared):
    name: str
    key: str


@dataclass(frozen=True)
class Present:
    people: dict[str, Person]  # by id
    by_email: dict[str, Person]
    by_reference: dict[str, Person]
    companies: dict[str, Company]  # by key


class Belongings(NamedTuple):
    """What a person has in other tables: keys of the organisation and the delegation, ids."""

    organisation: str
    delegation: str
    sessions: Sequence[str]
    absent: Sequence[str]


class Lists(dict[str, list[str]]):
    """What a text of JSON says: thousands of people speak some dozen combinations of languages,
    so that each is parsed once.
    """

    def __missing__(self, text: str) -> list[str]:
        self[text] = list(read_json(text))
        return self[text]


def person_of(row: Any, of: tuple[Any, Belongings], lists: Lists) -> Person:
    return Person(
        id=row.id,
        imported=row.imported,
        work_out=partial(_values_of_person, *of, lists),
        email_key=row.email_key,
        reference=row.reference or "",
    )


def _values_of_person(row: Any, belongings: Belongings, lists: Lists) -> dict[str, Any]:
    _id, email, _key, reference, state, _said, _home, _delegation, place, kind = row[len(OWN) :]
    values: dict[str, Any] = dict(zip(OWN, row, strict=False))
    values["spoken"] = lists[values["spoken"]]
    values["email"] = email
    values["reference"] = reference or ""
    values["state"] = state
    values["place"] = place or ""
    values["kind"] = kind or ""
    values["organisation"] = belongings.organisation
    values["delegation"] = belongings.delegation
    values["sessions"] = list(belongings.sessions)
    values["absent"] = list(belongings.absent)
    return values


def company_of(row: Any, of: tuple[Any, Sequence[tuple[str, str]]], lists: Lists) -> Company:
    return Company(
        id=row.id,
        imported=row.imported,
        work_out=partial(_values_of_company, *of, lists),
        name=row.name,
        key=row.name_key,
    )


def _values_of_company(row: Any, chosen: Sequence[tuple[str, str]], lists: Lists) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(OF_ORGANISATION, row[len(OF_NAME) :], strict=True))
    for field in LISTED:
        values[field] = lists[values[field]]
    for field in LONG:
        values[field] = values[field].replace("\r\n", "\n")  # as a browser's form sends it
    codes: dict[str, list[str]] = defaultdict(list)
    for kind, code in chosen:
        codes[kind].append(code)
    for field, kind in OF_LISTS.items():
        mine = codes.get(kind, ())
        values[field] = sorted(mine) if field in SEVERAL else "".join(mine)
    return values
