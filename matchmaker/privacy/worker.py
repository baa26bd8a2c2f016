"""The job that warns organisers and, when the time is over, takes an event's people away."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db, reading
from matchmaker.events.models import Event
from matchmaker.jobs.queue import Queue
from matchmaker.privacy.retention import find_due, perform_retention

JOB = "retention"


def register(queue: Queue, app: Flask) -> None:
    def perform(event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            if event := session.get(Event, event_id):
                perform_retention(session, event)

    def sweep() -> list[tuple[str, str]]:
        with app.app_context(), reading(), Session(db.engine) as session:
            return [(event.id, "") for event in find_due(session)]

    queue.register(JOB, perform, sweep)
