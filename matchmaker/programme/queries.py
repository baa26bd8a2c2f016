"""The programme as pages and other features ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Slot
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import keeps_away
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup, ProgrammeType

Ids = dict[str, set[str]]
Items = Sequence[ProgrammeItem]


def items_of(session: Session, event_id: str) -> Items:
    """What takes place, by time."""
    return session.scalars(_by_time(event_id).where(ProgrammeItem.cancelled_at.is_(None))).all()


def cancelled_items(session: Session, event_id: str) -> Items:
    return session.scalars(_by_time(event_id).where(ProgrammeItem.cancelled_at.is_not(None))).all()


def types_by_item(session: Session, event_id: str) -> Ids:
    """For which participation types each is; one that is not named is for everybody."""
    return _grouped(
        session,
        select(ProgrammeType.item_id, ProgrammeType.type_code).where(
            ProgrammeType.event_id == event_id
        ),
    )


def count_signups(session: Session, event_id: str) -> dict[str, Counter[str]]:
    """By item, how many confirmed people attend and how many wait."""
    rows = session.execute(
        select(ProgrammeSignup.item_id, ProgrammeSignup.state, func.count())
        .join(
            Participant,
            (Participant.event_id == ProgrammeSignup.event_id)
            & (Participant.id == ProgrammeSignup.participant_id),
        )
        .where(ProgrammeSignup.event_id == event_id, Participant.state == "validated")
        .group_by(ProgrammeSignup.item_id, ProgrammeSignup.state)
    )
    found: dict[str, Counter[str]] = {}
    for item, state, number in rows:
        found.setdefault(item, Counter())[state] = number
    return found


def signups_of(session: Session, person: Participant) -> dict[str, ProgrammeSignup]:
    """By item, what somebody has said; also where they have left again."""
    rows = session.scalars(
        select(ProgrammeSignup).where(
            ProgrammeSignup.event_id == person.event_id,
            ProgrammeSignup.participant_id == person.id,
        )
    )
    return {row.item_id: row for row in rows}


def signed_up(session: Session, item: ProgrammeItem, state: str) -> Sequence[Participant]:
    """The confirmed people who attend or wait; who waits longest comes first."""
    return session.scalars(
        select(Participant)
        .join(
            ProgrammeSignup,
            (Participant.event_id == ProgrammeSignup.event_id)
            & (Participant.id == ProgrammeSignup.participant_id),
        )
        .where(ProgrammeSignup.event_id == item.event_id, ProgrammeSignup.item_id == item.id)
        .where(ProgrammeSignup.state == state, Participant.state == "validated")
        .order_by(ProgrammeSignup.since, Participant.id)
    ).all()


def attended(
    session: Session, event_id: str, people: Collection[str] | None = None
) -> dict[str, list[ProgrammeItem]]:
    """What each of these people, or everybody, attends, by time."""
    binding = [row for row in items_of(session, event_id) if row.attendance != "open"]
    if not binding:
        return {}
    by_item = _attending(session, event_id, people)
    if any(row.attendance == "all" for row in binding):
        by_item |= _of_all(session, event_id, binding, people)
    found: dict[str, list[ProgrammeItem]] = {}
    for item in binding:
        for person in by_item.get(item.id, ()):
            found.setdefault(person, []).append(item)
    return found


def overlap(one: ProgrammeItem, starts_at: datetime, ends_at: datetime) -> bool:
    return one.starts_at < ends_at and starts_at < one.ends_at


@keeps_away
def in_programme(session: Session, event_id: str, people: Collection[str] | None) -> Ids:
    """The slots that overlap what somebody attends."""
    attending = attended(session, event_id, people)
    if not attending:
        return {}
    slots = session.execute(
        select(Slot.id, Slot.starts_at, Slot.ends_at).where(Slot.event_id == event_id)
    ).all()
    items = {item.id: item for mine in attending.values() for item in mine}
    taken = {
        item.id: {slot.id for slot in slots if overlap(item, slot.starts_at, slot.ends_at)}
        for item in items.values()
    }
    away = {person: _union(taken, mine) for person, mine in attending.items()}
    return {person: slots for person, slots in away.items() if slots}


def _union(taken: Mapping[str, set[str]], items: Iterable[ProgrammeItem]) -> set[str]:
    return set().union(*(taken[item.id] for item in items))


def _attending(session: Session, event_id: str, people: Collection[str] | None) -> Ids:
    query = select(ProgrammeSignup.item_id, ProgrammeSignup.participant_id).where(
        ProgrammeSignup.event_id == event_id, ProgrammeSignup.state == "attends"
    )
    if people is not None:
        query = query.where(ProgrammeSignup.participant_id.in_(people))
    return _grouped(session, query)


def _of_all(session: Session, event_id: str, items: Items, people: Collection[str] | None) -> Ids:
    """Of what everybody attends: who that is."""
    query = select(Participant.id, Participant.type_code).where(Participant.event_id == event_id)
    if people is not None:
        query = query.where(Participant.id.in_(people))
    types, everybody = types_by_item(session, event_id), session.execute(query).all()
    return {
        item.id: {
            row.id for row in everybody if item.id not in types or row.type_code in types[item.id]
        }
        for item in items
        if item.attendance == "all"
    }


def _by_time(event_id: str) -> Select[ProgrammeItem]:
    return (
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event_id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
    )


def _grouped(session: Session, query: Select[str, str]) -> Ids:
    found: Ids = {}
    for key, value in session.execute(query):
        found.setdefault(key, set()).add(value)
    return found
