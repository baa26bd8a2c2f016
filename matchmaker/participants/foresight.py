"""What other times would mean for a participant, told before they are saved.

Features above know of wishes and meetings; each declares what it foresees.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Slots, present_slots

# From the slots in which the person can meet now, and those that would be left: sentences.
Seer = Callable[[Session, Event, Participant, Slots, Slots], Sequence[str]]
_seers: list[Seer] = []


def foresees(seer: Seer) -> Seer:
    _seers.append(seer)
    return seer


def consequences(
    session: Session,
    event: Event,
    participant: Participant,
    sessions: Collection[str],
    absences: Collection[str],
) -> list[str]:
    """Of attending these sessions without these slots; nothing where no time is lost."""
    rows = session.execute(select(Slot.id, Slot.session_id).where(Slot.event_id == event.id))
    after = frozenset(row.id for row in rows if row.session_id in sessions) - set(absences)
    before = present_slots(session, event.id, [participant.id])[participant.id]
    return _seen(session, event, participant, before, after)


def losing(
    session: Session, event: Event, participant: Participant, lost: Collection[str]
) -> list[str]:
    """Of having these slots no longer, whether or not that has been written down already."""
    now = present_slots(session, event.id, [participant.id])[participant.id]
    return _seen(session, event, participant, now | set(lost), now - set(lost))


def _seen(
    session: Session, event: Event, participant: Participant, before: Slots, after: Slots
) -> list[str]:
    if before <= after:
        return []
    return [line for seer in _seers for line in seer(session, event, participant, before, after)]
