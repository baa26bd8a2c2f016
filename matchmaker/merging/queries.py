"""Who may well be the same, and who stands in a schedule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.folding import fold
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.resembling import find_resembling
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import erased_reference
from matchmaker.schedules.models import (
    Booking,
    Cancellation,
    CancelledMeeting,
    PersonBooking,
    Publication,
)

MOST = 200  # pairs shown
SHORTEST_PHONE = 8  # digits
# Rows about meetings, whose ids are made of the people's: they cannot change hands.
ABOUT_MEETINGS = ("meeting_note", "move_request")


class Somebody(NamedTuple):
    id: str
    first_name: str
    last_name: str
    email: str | None
    reference: str | None
    phone: str
    organisation: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Pair:
    """``why``: the codes of what they have in common, ``name`` or ``phone``."""

    one: Any
    other: Any
    why: tuple[str, ...]


def alike_people(session: Session, event_id: str) -> list[Pair]:
    """Pairs with the same or nearly the same name, or the same telephone."""
    people = {person.id: person for person in _people(session, event_id)}
    why: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in _same_names({id_: fold(person.name) for id_, person in people.items()}):
        why[pair].add("name")
    phones: dict[str, list[str]] = defaultdict(list)
    for person in people.values():
        if len(digits := re.sub(r"\D", "", person.phone)) >= SHORTEST_PHONE:
            phones[digits[-SHORTEST_PHONE:]].append(person.id)
    for ids in phones.values():
        for pair in combinations(sorted(ids), 2):
            why[pair].add("phone")
    ordered = sorted(why.items(), key=lambda one: (-len(one[1]), one[0]))
    return [Pair(people[a], people[b], tuple(sorted(say))) for (a, b), say in ordered[:MOST]]


def _people(session: Session, event_id: str) -> Iterator[Somebody]:
    """Who has a name and is still there; no objects, which would take several times as long."""
    columns = Participant.__table__.c
    names = ("id", "first_name", "last_name", "email", "reference", "phone")
    theirs = and_(
        Organisation.event_id == columns.event_id, Organisation.id == columns.organisation_id
    )
    query = (
        select(*(columns[name] for name in names), Organisation.name)
        .outerjoin(Organisation, theirs)
        .where(columns.event_id == event_id)
    )
    for row in session.execute(query.order_by(columns.id)).all():
        person = Somebody._make(row)
        if person.name and person.reference not in (
            erased_reference(person.id), f"merged-{person.id}",
        ):  # fmt: skip
            yield person


def alike_organisations(session: Session, event_id: str) -> list[Pair]:
    """Pairs whose names differ by legal form, order, spaces or a letter."""
    one = Organisation
    rows = select(one.id, one.name, one.name_key).where(one.event_id == event_id)
    by_key = {row.name_key: row for row in session.execute(rows)}
    pairs = find_resembling(by_key, ())
    return [Pair(by_key[one], by_key[other], ("name",)) for one, other in pairs[:MOST]]


def _same_names(names: dict[str, str]) -> Iterable[tuple[str, str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for id_, name in names.items():
        by_name[name].append(id_)
    for ids in by_name.values():
        yield from combinations(sorted(ids), 2)
    for one, other in find_resembling(by_name, ()):
        for pair in ((a, b) for a in by_name[one] for b in by_name[other]):
            yield min(pair), max(pair)


def is_kept_by_a_schedule(session: Session, event_id: str, id_: str) -> bool:
    """Any schedule that is kept, published or not."""
    rows = select(PersonBooking.slot_id).where(
        PersonBooking.event_id == event_id, PersonBooking.participant_id == id_
    )
    return session.scalar(rows.limit(1)) is not None


def stands_in_schedule(session: Session, event_id: str, id_: str) -> bool:
    """Has published, chosen or cancelled meetings, or something that is about one."""
    published = (
        select(func.count())
        .select_from(PersonBooking)
        .join(
            Publication,
            (Publication.event_id == PersonBooking.event_id)
            & (Publication.version_id == PersonBooking.version_id),
        )
        .where(PersonBooking.event_id == event_id, PersonBooking.participant_id == id_)
    )
    if session.scalar(published) or _is_in_a_meeting(session, event_id, id_):
        return True
    about = [Base.metadata.tables[name] for name in ABOUT_MEETINGS]
    return any(_names(session, table, event_id, id_) for table in about)


def _is_in_a_meeting(session: Session, event_id: str, id_: str) -> bool:
    """Meetings that participants chose or cancelled: their ids are those of their people."""
    ids = [
        *session.scalars(select(Booking.meeting_id).where(Booking.event_id == event_id)),
        *session.scalars(
            select(CancelledMeeting.meeting_id).where(CancelledMeeting.event_id == event_id)
        ),
    ]
    whole = select(Cancellation.id).where(
        Cancellation.event_id == event_id, Cancellation.participant_id == id_
    )
    return any(id_ in meeting.split("~") for meeting in ids) or bool(session.scalar(whole.limit(1)))


def _names(session: Session, table: Table, event_id: str, id_: str) -> bool:
    columns = [
        key.columns[1]
        for key in table.foreign_key_constraints
        if key.referred_table.name == "participant"
    ]
    rows = select(table.c["event_id"]).where(
        table.c["event_id"] == event_id, or_(*(column == id_ for column in columns))
    )
    return session.execute(rows.limit(1)).first() is not None
