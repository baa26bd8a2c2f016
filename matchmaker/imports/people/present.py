"""The people and organisations of an event as an import compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Base
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
OF_COMPANY = (*OF_ORGANISATION, *OF_LISTS)
UNTOUCHED_ORGANISATION: dict[str, Any] = {
    field: [] if field in SEVERAL | {"target_countries", "organisation_spoken"} else ""
    for field in OF_COMPANY
}


@dataclass(frozen=True, eq=False)
class Person:
    id: str
    email_key: str | None
    values: dict[str, Any]  # every field of an import
    before: dict[str, Any]  # what the last import said


@dataclass(frozen=True, eq=False)
class Company:
    id: str
    name: str
    key: str
    values: dict[str, Any]
    before: dict[str, Any]


@dataclass(frozen=True)
class Present:
    people: dict[str, Person]  # by id
    by_email: dict[str, Person]
    by_reference: dict[str, Person]
    companies: dict[str, Company]  # by key


def load_present(session: Session, around: Surroundings) -> Present:
    event = around.event
    chosen = _chosen(session, event)
    companies = {
        row.name_key: _company(row, chosen[row.id]) for row in _organisations(session, event)
    }
    company_keys = {company.id: company.key for company in companies.values()}
    delegations = {row.id: row.code.casefold() for row in around.delegations.values()}
    attended = _ids(session, event, Attendance, "session_id", list(around.session_names))
    absent = _ids(session, event, Absence, "slot_id", [slot.id for slot in around.slots])
    people = {}
    columns = Participant.__table__.c
    statement = select(*(columns[name] for name in COLUMNS)).where(columns.event_id == event.id)
    for row in session.execute(statement).mappings():
        values = {name: row[name] for name in OWN} | {
            "email": row["email"],
            "reference": row["reference"] or "",
            "state": row["state"],
            "organisation": company_keys.get(row["organisation_id"], ""),
            "delegation": delegations.get(row["delegation_id"], ""),
            "place": row["place_id"] or "",
            "kind": row["type_code"] or "",
            "sessions": attended.get(row["id"], []),
            "absent": absent.get(row["id"], []),
        }
        people[row["id"]] = Person(row["id"], row["email_key"], values, row["imported"])
    return Present(
        people=people,
        by_email={person.email_key: person for person in people.values() if person.email_key},
        by_reference={
            key(person.values["reference"]): person
            for person in people.values()
            if person.values["reference"]
        },
        companies=companies,
    )


def _organisations(session: Session, event: Event) -> Sequence[Any]:
    """The columns that are compared, and no objects."""
    columns = Organisation.__table__.c
    names = ("id", "name", "name_key", "imported", *OF_ORGANISATION.values())
    query = select(*(columns[name] for name in names)).where(columns.event_id == event.id)
    return session.execute(query).all()


def _chosen(session: Session, event: Event) -> dict[str, dict[str, list[str]]]:
    """Organisation → list → codes."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    terms = OrganisationTerm.__table__.c
    query = select(terms.organisation_id, terms.kind, terms.code).order_by(terms.code)
    chosen = terms.event_id == event.id, terms.kind.in_(OF_LISTS.values())
    for organisation_id, kind, code in session.execute(query.where(*chosen)):
        found[organisation_id][kind].append(code)
    return found


def _company(row: Any, chosen: dict[str, list[str]]) -> Company:
    values = {field: getattr(row, column) for field, column in OF_ORGANISATION.items()}
    for field in LONG:
        values[field] = values[field].replace("\r\n", "\n")  # as a browser's form sends it
    for field, kind in OF_LISTS.items():
        values[field] = sorted(chosen[kind]) if field in SEVERAL else "".join(chosen[kind])
    return Company(row.id, row.name, row.name_key, values, row.imported)


def _ids(
    session: Session, event: Event, model: type[Base], column: str, order: list[str]
) -> dict[str, list[str]]:
    """Participant → ids of sessions or slots, in order of time."""
    rank = {id_: position for position, id_ in enumerate(order)}
    found: dict[str, list[str]] = defaultdict(list)
    columns = model.__table__.c
    query = select(columns.participant_id, columns[column])
    for participant_id, id_ in session.execute(query.where(columns.event_id == event.id)):
        found[participant_id].append(id_)
    for ids in found.values():
        ids.sort(key=lambda id_: rank.get(id_, 0))
    return found
