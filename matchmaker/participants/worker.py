"""The job that reminds people of sessions, and forgets registrations that nobody finished."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db
from matchmaker.jobs.queue import Queue
from matchmaker.participants.drafts import forget_old, is_any_old
from matchmaker.participants.reminders import is_any_without, remind_of_sessions

JOB = "participants"


def register(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            remind_of_sessions(session)
            forget_old(session)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), Session(db.engine) as session:
            is_due = is_any_without(session) or is_any_old(session)
            return [("", "")] if is_due else []

    queue.register(JOB, perform, find_due)
