"""What changes a forum of 2,000 participants and 10,000 meetings: how long it takes by the clock,
and for how long it keeps others from writing on SQLite, which has one writer at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, url_for
from sqlalchemy import event as listening
from sqlalchemy import select

from benchmarks.addresses import Addresses
from benchmarks.ground import application, postgres_database
from benchmarks.large_forum import make_large_forum
from benchmarks.lines import line
from benchmarks.visitors import client_for
from matchmaker.accounts.services import find_or_add_account
from matchmaker.database import db, mark_reading
from matchmaker.demo.loading import ORGANISER
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.cancelling import cancel_meeting
from matchmaker.schedules.models import PersonBooking, Run
from matchmaker.schedules.scenarios import try_out

HELD = "other writers wait"


def main() -> None:
    with application() as app:
        tell("SQLite", app, make_large_forum(app))
    with postgres_database() as address:
        if address:
            with application(address) as app:
                tell("PostgreSQL", app, make_large_forum(app))


def tell(database: str, app: Flask, event: Event) -> None:
    for name, deed in deeds(app, event).items():
        db.session.commit()
        mark_reading(False)  # as a request by POST does
        with _writing() as held:
            started = time.perf_counter()
            deed()
            taken = time.perf_counter() - started
        line(f"{database}: {name}", f"{taken:.2f} s, {HELD} {sum(held):.2f} s", "")


def deeds(app: Flask, event: Event) -> dict[str, Callable[[], Any]]:
    """By name, in the order in which they can be done."""
    at = Addresses(event)
    client = client_for(app, find_or_add_account(db.session, ORGANISER))
    with app.test_request_context():
        published = {name: at.values[name] for name in ("event_id", "version_id")}
        draft = {name: at.values[name] for name in ("event_id", "draft_id")}
        version = {"event_id": event.id, "version_id": at.draft.id}
        opening = url_for("drafts.open_version", **published)
        change = url_for("drafts.change", **draft)
        cures = url_for("drafts.cures", **version, meeting_id=at.missing, found="part")
        publish = url_for("schedules.publish_version", **version)
    lock = {"kind": "lock", "meeting": at.values["meeting_id"]}

    def send(path: str, form: dict[str, str] | None = None) -> None:
        answer = client.post(path, data=form or {})
        assert answer.status_code in (200, 302), f"{path}: {answer.status_code}"

    return {
        "a version opened for changes by hand": lambda: send(opening),
        "a meeting locked in a draft": lambda: send(change, lock),
        "a participant cancels a meeting": lambda: _cancel(event),
        "what would place a meeting": lambda: client.get(cures),
        "a scenario prepared for the engine": lambda: _prepare_scenario(event),
        "a draft published": lambda: send(publish, {"mode": "final", "seen": "2"}),
    }


def _cancel(event: Event) -> None:
    at = Addresses(event)
    of = PersonBooking.event_id == event.id, PersonBooking.version_id == at.values["version_id"]
    query = select(PersonBooking.participant_id, PersonBooking.meeting_id).where(*of)
    person_id, meeting_id = db.session.execute(query.offset(100).limit(1)).one()
    db.session.commit()
    person = db.session.get_one(Participant, (event.id, person_id))
    cancel_meeting(db.session, event, person, meeting_id)
    db.session.commit()


def _prepare_scenario(event: Event) -> None:
    runs = db.session.scalars(select(Run).where(Run.event_id == event.id))
    try_out(db.session, event, next(run for run in runs if run.scenario))


@contextmanager
def _writing() -> Iterator[list[float]]:
    """For how long each transaction that could write was open."""
    begun: dict[int, float] = {}
    held: list[float] = []

    def note(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            begun[id(connection)] = time.perf_counter()

    def end(connection: Any) -> None:
        if id(connection) in begun:
            held.append(time.perf_counter() - begun.pop(id(connection)))

    listening.listen(db.engine, "after_cursor_execute", note)
    for name in ("commit", "rollback"):
        listening.listen(db.engine, name, end)
    yield held
    listening.remove(db.engine, "after_cursor_execute", note)
    for name in ("commit", "rollback"):
        listening.remove(db.engine, name, end)


if __name__ == "__main__":
    main()
