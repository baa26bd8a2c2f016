"""A small forum that can be scheduled: who is there, what they wish, and a solve that is real."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import cast
from flask import Flask, g
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.events.models import Event, Slot
from matchmaker.participants.models import Absence, Participant
from matchmaker.schedules.bridge import make_problem
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.queries import find_version, meetings_of, published_version
from matchmaker.schedules.services import start_run
from matchmaker.worker import make_worker
from solver.files import problem_sha256, problem_to_json, schedule_to_json
from solver.problem import Meeting
from solver.schedule import PlacedMeeting, Schedule, Status


@dataclass
class Forum:
    """Amal wants Bilal and Chen; Chen wants Bilal. Two tables, four slots, one day."""

    event: Event
    slots: list[Slot]
    amal: Participant
    bilal: Participant
    chen: Participant
    dounia: Account


def make_forum(session: Session, slug: str = "forum") -> Forum:
    g.language = "en"  # what is said outside a page is said so that the tests can read it
    session.expire_on_commit = False  # looking at a row must not hold SQLite's one writer
    event = cast.make_event(session, slug)
    slots = cast.make_slots(session, event)
    cast.make_place(session, event, "T01")
    cast.make_place(session, event, "T02")
    people = [cast.make_participant(session, event, name) for name in ("Amal", "Bilal", "Chen")]
    amal, bilal, chen = people
    cast.make_wish(session, amal, bilal, "top", position=1)
    cast.make_wish(session, amal, chen, "like", position=2)
    cast.make_wish(session, chen, bilal, "like", position=3)
    dounia = cast.make_organiser(session, event)
    session.commit()
    return Forum(event, slots, amal, bilal, chen, dounia)


def make_absent(session: Session, person: Participant, *slots: Slot) -> None:
    for slot in slots:
        session.add(Absence(event_id=person.event_id, participant_id=person.id, slot_id=slot.id))
    session.commit()


def finish_run(app: Flask, run: Run) -> Run:
    """What the worker does, here and now."""
    make_worker(app).kinds["run"](run.event_id, run.id)
    return look_again(db.session, run)


def look_again(session: Session, run: Run) -> Run:
    session.commit()  # out of a transaction that began earlier and sees the past
    session.refresh(run)
    session.commit()
    return run


def make_version(app: Flask, event: Event, wanted: str = "most_wishes") -> Version:
    """A version from a real run."""
    run = finish_run(app, start_run(db.session, event, wanted=wanted, seconds=5))
    assert run.version_id is not None, run.failure
    version = find_version(db.session, event.id, run.version_id)
    assert version is not None
    db.session.commit()
    return version


def write_files(session: Session, event: Event, version: Version) -> None:
    """Give a version that was put together by hand the two files that its rows say."""
    rows = meetings_of(session, version)
    meetings = tuple(Meeting(id=r.id, sides=tuple((who,) for who in r.people)) for r in rows)
    problem = make_problem(session, event, "most_wishes")
    problem = replace(problem, meetings=meetings, goals=())
    placed = tuple(
        PlacedMeeting(
            meeting=row.id,
            slot=row.slot_id,
            place=row.place_id,
            room=row.room_id,
            participants=row.people,
            interpreter=row.interpreter_id,
        )
        for row in rows
    )
    hash_ = problem_sha256(problem)
    schedule = Schedule(problem_sha256=hash_, status=Status.FEASIBLE, meetings=placed)
    version.problem = json.dumps(problem_to_json(problem))
    version.schedule = json.dumps(schedule_to_json(schedule))
    session.flush()


def published(session: Session, event: Event) -> Version:
    """What everybody sees."""
    version = published_version(session, event.id)
    assert version is not None
    return version
