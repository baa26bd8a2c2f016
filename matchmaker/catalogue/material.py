"""The rows of which documents are made, for some people of an event at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from matchmaker.events.models import MeetingSession
from matchmaker.marketplace.models import Entry, EntryTerm
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Attendance, Participant
from matchmaker.participants.queries import VISIBLE
from matchmaker.vocabularies.queries import Labels, labels_of

Codes = Mapping[str, Sequence[str]]  # list → codes
PERSON = (
    Participant.id, Participant.first_name, Participant.last_name, Participant.job,
    Participant.spoken, Participant.type_code, Participant.attends_all,
    Participant.organisation_id, Participant.created_at,
)  # fmt: skip
HOUSE = (
    Organisation.name, Organisation.description, Organisation.city, Organisation.country,
    Organisation.target_countries, Organisation.projects, Organisation.stories,
)  # fmt: skip
ENTRY = (
    Entry.id, Entry.author_id, Entry.kind, Entry.title, Entry.text, Entry.language,
    Entry.created_at,
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """``people`` are those who can be found; ``entries`` are shown ones, by author."""

    people: Sequence[Any]  # each with the columns of the organisation
    entries: Mapping[str, Sequence[Any]]
    of_organisation: Mapping[str, Codes]
    of_entry: Mapping[str, Codes]
    sessions: Mapping[str, Sequence[str]]  # participant → sessions chosen
    every_session: Sequence[str]
    labels: Labels


def material_of(session: Session, event_id: str, ids: Collection[str]) -> Material:
    people = _people(session, event_id, ids)
    found = [person.id for person in people]
    houses = {person.organisation_id for person in people if person.organisation_id}
    entries = _entries(session, event_id, found)
    return Material(
        people=people,
        entries=entries,
        of_organisation=_codes(
            session, event_id, OrganisationTerm, OrganisationTerm.organisation_id, houses
        ),
        of_entry=_codes(
            session, event_id, EntryTerm, EntryTerm.entry_id,
            [entry.id for author in entries.values() for entry in author],
        ),
        sessions=_sessions(session, event_id, found),
        every_session=_every_session(session, event_id),
        labels=labels_of(session, event_id),
    )  # fmt: skip


def _people(session: Session, event_id: str, ids: Collection[str]) -> Sequence[Any]:
    house = and_(
        Organisation.event_id == Participant.event_id,
        Organisation.id == Participant.organisation_id,
    )
    query = select(*PERSON, *HOUSE).outerjoin_from(Participant, Organisation, house)
    return session.execute(
        query.where(Participant.event_id == event_id, Participant.id.in_(ids), *VISIBLE)
    ).all()


def _entries(
    session: Session, event_id: str, authors: Collection[str]
) -> Mapping[str, Sequence[Any]]:
    rows = session.execute(
        select(*ENTRY)
        .where(Entry.event_id == event_id, Entry.author_id.in_(authors), Entry.is_active)
        .order_by(Entry.created_at, Entry.id)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.author_id].append(row)
    return found


def _codes(
    session: Session, event_id: str, model: Any, owner: Any, ids: Collection[str]
) -> Mapping[str, Codes]:
    rows = session.execute(
        select(owner, model.kind, model.code)
        .where(model.event_id == event_id, owner.in_(ids))
        .order_by(owner, model.kind, model.code)
    )
    found: dict[str, dict[str, list[str]]] = {}
    for id_, kind, code in rows:
        found.setdefault(id_, {}).setdefault(kind, []).append(code)
    return found


def _sessions(session: Session, event_id: str, ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    rows = session.execute(
        select(Attendance.participant_id, Attendance.session_id).where(
            Attendance.event_id == event_id, Attendance.participant_id.in_(ids)
        )
    )
    found: dict[str, list[str]] = defaultdict(list)
    for participant_id, session_id in rows:
        found[participant_id].append(session_id)
    return found


def _every_session(session: Session, event_id: str) -> Sequence[str]:
    return session.scalars(
        select(MeetingSession.id).where(MeetingSession.event_id == event_id)
    ).all()
