"""Who and what an event has, loaded for an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import JSON, Text, cast, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.events.models import Event
from matchmaker.imports.people.fields import COLUMNS, OF_LISTS, OF_NAME, OF_ORGANISATION
from matchmaker.imports.people.present import Belongings, Lists, Present, company_of, person_of
from matchmaker.imports.remembering import Ledger
from matchmaker.imports.surroundings import Surroundings, key
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Absence, Attendance, Participant

MOST_REMEMBERED = 5_000  # people of an event


@dataclass(frozen=True)
class Owners:
    """Whose the belongings are."""

    companies: Mapping[str, str]  # keys by id
    delegations: Mapping[str, str]  # codes without case by id
    sessions: Mapping[str, list[str]]
    absent: Mapping[str, list[str]]

    def of(self, row: Any) -> Belongings:
        return Belongings(
            self.companies.get(row.organisation_id, ""),
            self.delegations.get(row.delegation_id, ""),
            self.sessions.get(row.id, ()),
            self.absent.get(row.id, ()),
        )


def load_present(session: Session, around: Surroundings, ledger: Ledger) -> Present:
    event, lists, chosen = around.event, Lists(), _chosen(session, around.event)
    companies = {}
    for row in _organisations(session, event):
        of = tuple(row), chosen.get(row.id, ())
        company = ledger.recall(("organisation", row.id), of, partial(company_of, row, of, lists))
        companies[company.key] = company
    owners = Owners(
        companies={company.id: company.key for company in companies.values()},
        delegations={row.id: row.code.casefold() for row in around.delegations.values()},
        sessions=_ids(session, event, Attendance, "session_id", list(around.names.session_names)),
        absent=_ids(session, event, Absence, "slot_id", [slot.id for slot in around.names.slots]),
    )
    everybody, rows = [], _participants(session, event)
    ledger = ledger if len(rows) <= MOST_REMEMBERED else Ledger()
    for row in rows:
        mine = tuple(row), owners.of(row)
        person = ledger.recall(("person", row.id), mine, partial(person_of, row, mine, lists))
        everybody.append(person)
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
