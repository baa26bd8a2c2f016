"""Limits and pauses are set. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession, Slot
from matchmaker.events.names import checked_names
from matchmaker.limits.models import Pause, PauseSlot, PauseTaker, RestWish, SessionLimit
from matchmaker.limits.queries import limits_of, pauses_of
from matchmaker.participants.models import Participant

MOST_IN_A_ROW = 100
MOST_MEETINGS = 1000


class PauseDetails(TypedDict):
    """What is said of a pause."""

    names: Texts
    kind: str
    slots: Collection[str]
    free: int | None
    by_choice: bool


def set_limits(
    session: Session,
    event: Event,
    *,
    in_a_row: int | None,
    organisations_once: bool,
    by_session: Mapping[str, int],
) -> None:
    """What holds for everybody, and for everybody in a session."""
    row = limits_of(session, event.id)
    row.in_a_row, row.organisations_once = in_a_row, organisations_once
    session.add(row)
    session.execute(delete(SessionLimit).where(SessionLimit.event_id == event.id))
    known = session.scalars(select(MeetingSession.id).where(MeetingSession.event_id == event.id))
    session.add_all(
        SessionLimit(event_id=event.id, session_id=name, most=by_session[name])
        for name in known
        if by_session.get(name)
    )
    session.flush()


def add_pause(session: Session, event: Event, **details: Unpack[PauseDetails]) -> Pause:
    row = Pause(event_id=event.id)
    _describe(session, row, details)
    return row


def change_pause(session: Session, row: Pause, **details: Unpack[PauseDetails]) -> None:
    """Who has chosen it keeps it."""
    _describe(session, row, details)


def remove_pause(session: Session, row: Pause) -> None:
    session.delete(row)
    session.flush()


def take_pauses(
    session: Session, person: Participant, pauses: Collection[str], in_a_row: int | None
) -> None:
    """The pauses that somebody chooses, and after how many meetings they want to rest."""
    offered = {row.id for row in pauses_of(session, person.event_id) if row.by_choice}
    if set(pauses) - offered:
        raise Refusal(_("There is no such pause at this event."))
    mine = (PauseTaker.event_id == person.event_id, PauseTaker.participant_id == person.id)
    session.execute(delete(PauseTaker).where(*mine))
    session.add_all(
        PauseTaker(event_id=person.event_id, pause_id=pause, participant_id=person.id)
        for pause in sorted(pauses)
    )
    wish = session.get(RestWish, (person.event_id, person.id))
    if in_a_row is None:
        if wish is not None:
            session.delete(wish)
    else:
        wish = wish or RestWish(event_id=person.event_id, participant_id=person.id)
        wish.in_a_row = in_a_row
        session.add(wish)
    session.flush()


def _describe(session: Session, row: Pause, details: PauseDetails) -> None:
    slots = _checked_slots(session, row.event_id, details["slots"])
    free = details["free"]
    if free is not None and not 1 <= free <= len(slots):
        raise Refusal(
            _(
                "Slots that stay free: give a whole number from 1 to %(most)s, as many as you "
                "ticked, or nothing for all of them.",
                most=len(slots),
            )
        )
    row.names, row.kind = checked_names(details["names"]), details["kind"]
    row.free, row.by_choice = None if free == len(slots) else free, details["by_choice"]
    session.add(row)
    session.flush()
    session.execute(
        delete(PauseSlot).where(PauseSlot.event_id == row.event_id, PauseSlot.pause_id == row.id)
    )
    session.add_all(
        PauseSlot(event_id=row.event_id, pause_id=row.id, slot_id=slot) for slot in sorted(slots)
    )
    session.flush()


def _checked_slots(session: Session, event_id: str, slots: Collection[str]) -> set[str]:
    known = set(session.scalars(select(Slot.id).where(Slot.event_id == event_id)))
    if set(slots) - known:
        raise Refusal(_("There is no such slot at this event."))
    if not slots:
        raise Refusal(_("A pause needs at least one slot: tick those among which it lies."))
    return set(slots)
