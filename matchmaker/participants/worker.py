"""The job that reminds people of sessions that they have not chosen."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.jobs.queue import Queue
from matchmaker.participants.reminders import is_any_without, remind_of_sessions

JOB = "session-reminders"


def register(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            remind_of_sessions(session)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), Session(db.engine) as session:
            return [("", "")] if is_any_without(session) else []

    queue.register(JOB, perform, find_due)
