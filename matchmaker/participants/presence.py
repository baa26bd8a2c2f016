"""In which slots people are there: the sessions that they attend without their absences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Absence, Attendance, Participant

MOST_NAMED = 500  # in one statement
Slots = frozenset[str]
# Of these people, or of everybody: slots in which they cannot meet, by person.
Keeper = Callable[[Session, str, Collection[str] | None], Mapping[str, Collection[str]]]
_keepers: list[Keeper] = []
# The meetings of somebody that are still to come, from when until when.
Span = tuple[datetime, datetime]
Diary = Callable[[Session, Event, Participant], Sequence[Span]]
_diaries: list[Diary] = []


def keeps_away(keeper: Keeper) -> Keeper:
    """Features above know of pauses and programme items; each declares whom it keeps away."""
    _keepers.append(keeper)
    return keeper


def kept_away(
    session: Session, event_id: str, people: Collection[str] | None = None
) -> dict[str, set[str]]:
    """The slots in which these people, or all, are elsewhere. Nobody else may learn why."""
    found: dict[str, set[str]] = {}
    for keeper in _keepers:
        for person, slots in keeper(session, event_id, people).items():
            found.setdefault(person, set()).update(slots)
    return found


def keeps_diary(diary: Diary) -> Diary:
    """Features above know of meetings."""
    _diaries.append(diary)
    return diary


def meeting_times(session: Session, event: Event, person: Participant) -> list[Span]:
    return [span for diary in _diaries for span in diary(session, event, person)]


def attended_slots(session: Session, event_id: str, people: Collection[str]) -> dict[str, Slots]:
    """The slots of the sessions that each of them attends; everybody else may know these."""
    every = frozenset(session.scalars(select(Slot.id).where(Slot.event_id == event_id)))
    missed = missed_slots(session, event_id, _named(people))
    return {person: every - missed.get(person, frozenset()) for person in people}


def missed_slots(
    session: Session, event_id: str, people: Collection[str] | None = None
) -> dict[str, Slots]:
    """The slots of the sessions that these people, or everybody, do not attend, of those who do
    not attend all.
    """
    some = [Participant.event_id == event_id, Participant.attends_all.is_(False)]
    if people is not None:
        some.append(Participant.id.in_(people))
    choosers = session.scalars(select(Participant.id).where(*some)).all()
    if not choosers:
        return {}
    chosen = Attendance.event_id == event_id, Attendance.participant_id.in_(choosers)
    attended = _grouped(
        session, select(Attendance.participant_id, Attendance.session_id).where(*chosen)
    )
    slots = session.execute(select(Slot.id, Slot.session_id).where(Slot.event_id == event_id)).all()

    @cache  # hundreds choose the same few sessions
    def missed(sessions: frozenset[str]) -> Slots:
        return frozenset(row.id for row in slots if row.session_id not in sessions)

    return {person: missed(frozenset(attended.get(person, ()))) for person in choosers}


def times_of(session: Session, me: Participant) -> tuple[set[str], set[str]]:
    """The sessions that somebody attends, and the slots of absence."""
    mine = (Absence.event_id == me.event_id, Absence.participant_id == me.id)
    absences = set(session.scalars(select(Absence.slot_id).where(*mine)))
    if me.attends_all:
        every = select(Slot.session_id).where(Slot.event_id == me.event_id)
        return set(session.scalars(every)), absences
    chosen = select(Attendance.session_id).where(
        Attendance.event_id == me.event_id, Attendance.participant_id == me.id
    )
    return set(session.scalars(chosen)), absences


def attends_nothing(session: Session, participant: Participant) -> bool:
    """Somebody for whom no meeting can be placed: not there in a single slot that there is."""
    event_id, id_ = participant.event_id, participant.id
    has_slots = session.scalar(select(Slot.id).where(Slot.event_id == event_id).limit(1))
    return bool(has_slots) and not present_slots(session, event_id, [id_])[id_]


def present_slots(session: Session, event_id: str, people: Collection[str]) -> dict[str, Slots]:
    """The slots in which each of them can meet. Nobody else may learn these one by one."""
    named = _named(people)
    absences = select(Absence.participant_id, Absence.slot_id).where(Absence.event_id == event_id)
    if named is not None:
        absences = absences.where(Absence.participant_id.in_(named))
    absent, away = _grouped(session, absences), kept_away(session, event_id, named)
    attended = attended_slots(session, event_id, people)
    return {
        person: slots - absent.get(person, set()) - away.get(person, set())
        for person, slots in attended.items()
    }


def _named(people: Collection[str]) -> Collection[str] | None:
    """Whom a statement names; nobody where the list would take longer than to read everybody's."""
    return people if len(people) <= MOST_NAMED else None


def _grouped(session: Session, query: Select[*tuple[Any, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in session.execute(query):
        found.setdefault(key, set()).add(value)
    return found
