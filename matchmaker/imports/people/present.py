"""The people and organisations of an event as an import compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sqlalchemy import JSON, Text, cast, select
from sqlalchemy.orm import Session

from matchmaker.database import Base, read_json
from matchmaker.events.models import Event
from matchmaker.imports.surroundings import Surroundings, key
from matchmaker.organisations.models import SINGLE, Organisation, OrganisationTerm
from matchmaker.participants.models import Absence, Attendance, Participant

# Fields that are a participant's columns under the same name.
OWN = ("first_name", "last_name", "job", "phone", "language", "spoken", "seats", "remote")
COLUMNS = (
    *OWN, "id", "email", "email_key", "reference", "state", "imported",
    "organisation_id", "delegation_id", "place_id", "type_code",
)  # fmt: skip

# What a field is where nobody entered anything.
UNTOUCHED: dict[str, Any] = {
    "email": "", "reference": "", "first_name": "", "last_name": "", "job": "", "phone": "",
    "kind": "", "language": "fr", "spoken": [], "seats": 1, "remote": False,
    "state": "registered", "sessions": [], "absent": [], "place": "", "delegation": "",
    "organisation": "",
}  # fmt: skip

OF_NAME = ("id", "name", "name_key", "imported")  # columns of an organisation that lead to it
# Field of an import → column of an organisation.
OF_ORGANISATION = {
    "website": "website", "street": "street",
    "postal_code": "postal_code", "city": "city", "country": "country",
    "description": "description", "projects": "projects", "stories": "stories",
    "target_countries": "target_countries", "organisation_spoken": "spoken",
}  # fmt: skip
# Field of an import → list of the event, whose codes are its values.
OF_LISTS = {
    "organisation_kind": "type", "size": "size", "areas": "sector", "industries": "industry",
    "technologies": "technology", "services": "service", "labels": "label", "networks": "network",
}  # fmt: skip
SEVERAL = {field for field, kind in OF_LISTS.items() if kind not in SINGLE}
LONG = {"description", "projects", "stories"}
LISTED = {"target_countries", "organisation_spoken"}
OF_COMPANY = {**OF_ORGANISATION, **OF_LISTS}.keys()
UNTOUCHED_ORGANISATION: dict[str, Any] = {
    field: [] if field in SEVERAL | LISTED else "" for field in OF_COMPANY
}


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


@dataclass(frozen=True)
class Belongings:
    """What stands in tables of its own, by the ids of its people and organisations."""

    lists: Mapping[str, list[str]]  # by the text they are kept as
    companies: Mapping[str, str]  # their keys
    delegations: Mapping[str, str]  # their codes without case
    sessions: Mapping[str, list[str]]
    absent: Mapping[str, list[str]]

    def values(self, row: Any) -> dict[str, Any]:
        """Of a participant's row."""
        id_, email, _key, reference, state, _said, home, delegation, place, kind = row[len(OWN) :]
        values: dict[str, Any] = dict(zip(OWN, row, strict=False))
        values["spoken"] = self.lists[values["spoken"]]
        values["email"] = email
        values["reference"] = reference or ""
        values["state"] = state
        values["organisation"] = self.companies.get(home, "")
        values["delegation"] = self.delegations.get(delegation, "")
        values["place"] = place or ""
        values["kind"] = kind or ""
        values["sessions"] = self.sessions.get(id_, [])
        values["absent"] = self.absent.get(id_, [])
        return values


def load_present(session: Session, around: Surroundings) -> Present:
    event, lists, chosen = around.event, _Lists(), _chosen(session, around.event)
    rows = _organisations(session, event)
    companies = {row.name_key: _company(row, lists, chosen) for row in rows}
    of = Belongings(
        lists=lists,
        companies={company.id: company.key for company in companies.values()},
        delegations={row.id: row.code.casefold() for row in around.delegations.values()},
        sessions=_ids(session, event, Attendance, "session_id", list(around.names.session_names)),
        absent=_ids(session, event, Absence, "slot_id", [slot.id for slot in around.names.slots]),
    )
    everybody = [_person(row, of) for row in _participants(session, event)]
    return Present(
        people={person.id: person for person in everybody},
        by_email={person.email_key: person for person in everybody if person.email_key},
        by_reference={key(person.reference): person for person in everybody if person.reference},
        companies=companies,
    )


def _participants(session: Session, event: Event) -> Sequence[Any]:
    """The columns that are compared, and no objects."""
    columns = Participant.__table__.c
    query = select(*_read(Participant, COLUMNS)).where(columns.event_id == event.id)
    return session.execute(query).all()


def _read(model: type[Base], names: Iterable[str]) -> Iterator[Any]:
    """Lists and what was imported as text: each is parsed where it is needed."""
    for column in (model.__table__.c[name] for name in names):
        is_json = isinstance(column.type, JSON)
        yield cast(column, Text).label(column.name) if is_json else column


class _Lists(dict[str, list[str]]):
    """What a text of JSON says: thousands of people speak some dozen combinations of languages,
    so that each is parsed once.
    """

    def __missing__(self, text: str) -> list[str]:
        self[text] = list(read_json(text))
        return self[text]


def _person(row: Any, of: Belongings) -> Person:
    return Person(
        id=row.id,
        imported=row.imported,
        work_out=partial(of.values, row),
        email_key=row.email_key,
        reference=row.reference or "",
    )


def _organisations(session: Session, event: Event) -> Sequence[Any]:
    """As with participants."""
    columns = Organisation.__table__.c
    names = (*OF_NAME, *OF_ORGANISATION.values())
    query = select(*_read(Organisation, names)).where(columns.event_id == event.id)
    return session.execute(query).all()


Chosen = Mapping[str, Sequence[tuple[str, str]]]  # organisation → lists with codes


def _chosen(session: Session, event: Event) -> Chosen:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    terms = OrganisationTerm.__table__.c
    query = select(terms.organisation_id, terms.kind, terms.code).order_by(terms.code)
    chosen = terms.event_id == event.id, terms.kind.in_(OF_LISTS.values())
    for organisation_id, kind, code in session.execute(query.where(*chosen)).all():
        found[organisation_id].append((kind, code))
    return found


def _company(row: Any, lists: Mapping[str, list[str]], chosen: Chosen) -> Company:
    return Company(
        id=row.id,
        imported=row.imported,
        work_out=partial(_values_of, row, lists, chosen),
        name=row.name,
        key=row.name_key,
    )


def _values_of(row: Any, lists: Mapping[str, list[str]], chosen: Chosen) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(OF_ORGANISATION, row[len(OF_NAME) :], strict=True))
    for field in LISTED:
        values[field] = lists[values[field]]
    for field in LONG:
        values[field] = values[field].replace("\r\n", "\n")  # as a browser's form sends it
    codes: dict[str, list[str]] = defaultdict(list)
    for kind, code in chosen.get(row.id, ()):
        codes[kind].append(code)
    for field, kind in OF_LISTS.items():
        mine = codes.get(kind, ())
        values[field] = sorted(mine) if field in SEVERAL else "".join(mine)
    return values


def _ids(
    session: Session, event: Event, model: type[Base], column: str, order: list[str]
) -> dict[str, list[str]]:
    """Participant → ids of sessions or slots, in order of time."""
    rank = {id_: position for position, id_ in enumerate(order)}
    found: dict[str, list[str]] = defaultdict(list)
    columns = model.__table__.c
    query = select(columns.participant_id, columns[column])
    for participant_id, id_ in session.execute(query.where(columns.event_id == event.id)).all():
        found[participant_id].append(id_)
    for ids in found.values():
        ids.sort(key=lambda id_: rank.get(id_, 0))
    return found
