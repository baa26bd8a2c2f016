"""A forum far ahead, whose programme people sign up for."""

from __future__ import annotations

from datetime import time
from typing import Any

import cast
import schedule_cast
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.events.models import MeetingSession
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import present_slots
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.services import add_item
from matchmaker.programme.signing import sign_up

LATER = cast.DAY.replace(year=2030)  # so that nothing has begun


def make_forum(session: Session) -> Forum:
    """Four slots from nine, far ahead; Amal, Bilal and Chen all want each other."""
    made = schedule_cast.make_forum(session)
    session.execute(update(MeetingSession).values(day=LATER))
    for slot in made.slots:
        slot.starts_at = slot.starts_at.replace(year=LATER.year)
        slot.ends_at = slot.ends_at.replace(year=LATER.year)
    session.commit()
    return made


def details(**changes: Any) -> dict[str, Any]:
    said = {
        "kind": "workshop",
        "titles": {"en": "Water", "fr": "L’eau", "ar": "الماء"},
        "abouts": {},
        "day": LATER,
        "starts": time(9),
        "ends": time(9, 30),
        "venue": {"en": "Hall 2"},
        "zone_id": None,
        "speakers": "",
        "attendance": "sign_up",
        "places": None,
        "types": (),
    }
    return said | changes


def item(session: Session, forum: Forum, **changes: Any) -> ProgrammeItem:
    row = add_item(session, forum.event, **details(**changes))
    session.commit()
    return row


def join(session: Session, forum: Forum, row: ProgrammeItem, *people: Participant) -> list[str]:
    states = [sign_up(session, forum.event, row.id, person) for person in people]
    session.commit()
    return states


def state(session: Session, row: ProgrammeItem, person: str) -> str:
    session.rollback()
    return session.get_one(ProgrammeSignup, (row.event_id, row.id, person)).state


def free(session: Session, forum: Forum, person: str = "amal") -> list[int]:
    """The numbers of the slots in which somebody can meet."""
    here = present_slots(session, forum.event.id, [person])[person]
    return [number for number, slot in enumerate(forum.slots) if slot.id in here]


def state_now(session: Session, row: ProgrammeItem) -> dict[str, str]:
    rows = session.scalars(select(ProgrammeSignup).where(ProgrammeSignup.item_id == row.id))
    return {one.participant_id: one.state for one in rows}
