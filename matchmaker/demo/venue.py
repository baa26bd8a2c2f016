"""Where and when the demonstration forum takes place: days, halls, tables, interpreters."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy.orm import Session

from matchmaker.demo import words
from matchmaker.demo.forum import FIRST_DAY, SESSIONS, Forum
from matchmaker.events.interpreters import add_interpreter
from matchmaker.events.models import Event
from matchmaker.events.places import MOST_TABLES, add_place, add_tables
from matchmaker.events.timetable import PlannedSession, plan_sessions
from matchmaker.events.venue import add_zone, set_walk

HALVES = ((time(9, 30), time(12, 25)), (time(14, 0), time(16, 55)))  # seven slots of 20 + 5
SESSION_NAMES = (
    {"en": SESSIONS[0], "fr": "Jour 1 matin", "ar": "اليوم الأول صباحا"},
    {"en": SESSIONS[1], "fr": "Jour 1 après-midi", "ar": "اليوم الأول بعد الزوال"},
    {"en": SESSIONS[2], "fr": "Jour 2 matin", "ar": "اليوم الثاني صباحا"},
    {"en": SESSIONS[3], "fr": "Jour 2 après-midi", "ar": "اليوم الثاني بعد الزوال"},
)
HALLS = (
    {"en": "Hall 1", "fr": "Hall 1", "ar": "القاعة 1"},
    {"en": "Hall 2", "fr": "Hall 2", "ar": "القاعة 2"},
)
WALK_MINUTES = 8
FEWEST_INTERPRETERS, PEOPLE_EACH = 4, 30  # people each: participants for one interpreter
ROOMS = ({"en": "Online room 1", "fr": "Salle en ligne 1", "ar": "قاعة عن بعد 1"},)


def furnish(session: Session, event: Event, forum: Forum) -> None:
    """Sessions with their slots, two halls with tables and stands, rooms, interpreters."""
    plan_sessions(
        session,
        event,
        [
            PlannedSession(
                day=FIRST_DAY + timedelta(days=i // 2),
                starts=HALVES[i % 2][0],
                ends=HALVES[i % 2][1],
                names=names,
            )
            for i, names in enumerate(SESSION_NAMES)
        ],
    )
    _add_halls(session, event, forum)
    add_place(session, event, code="Q1", kind="quiet", capacity=3)
    for number, names in enumerate(ROOMS, 1):
        add_place(session, event, code=f"WEB{number}", kind="online", capacity=4, names=names)
    for number in range(max(FEWEST_INTERPRETERS, len(forum.participants) // PEOPLE_EACH)):
        languages = words.INTERPRETERS[number % len(words.INTERPRETERS)]
        add_interpreter(session, event, name=f"Interpreter {number + 1}", languages=languages)


def _add_halls(session: Session, event: Event, forum: Forum) -> None:
    first, second = (add_zone(session, event, names=names) for names in HALLS)
    set_walk(session, event, first.id, second.id, WALK_MINUTES)
    in_first, in_second = forum.tables
    _add_tables(session, event, 1, in_first, first.id)
    _add_tables(session, event, in_first + 1, in_second, second.id)
    for position, (code, seats) in enumerate(forum.stands):
        hall = first if position % 2 == 0 else second
        add_place(session, event, code=code, kind="stand", zone_id=hall.id, capacity=seats)


def _add_tables(session: Session, event: Event, start: int, count: int, zone_id: str) -> None:
    """In portions of as many as an organiser may add at once."""
    for first in range(start, start + count, MOST_TABLES):
        portion = min(MOST_TABLES, start + count - first)
        add_tables(session, event, count=portion, start=first, zone_id=zone_id)
