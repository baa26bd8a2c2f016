"""The job that makes mails of notices."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from matchmaker.database import db, now
from matchmaker.jobs.queue import Queue
from matchmaker.notices.composing import compose_due
from matchmaker.notices.queries import due_people
from matchmaker.notices.services import JOB


def register(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            compose_due(session)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), Session(db.engine) as session:
            return [("", "")] if due_people(session, now(), 1) else []

    queue.register(JOB, perform, find_due)
