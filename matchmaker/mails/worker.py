"""The job that empties the outbox."""

from __future__ import annotations

from flask import Flask

from matchmaker.config import config_of
from matchmaker.database import db
from matchmaker.jobs.queue import Queue
from matchmaker.mails.carriers import carrier_of
from matchmaker.mails.delivery import deliver, sweep
from matchmaker.mails.services import JOB


def register(queue: Queue, app: Flask) -> None:
    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), carrier_of(config_of(app)) as carrier:
            deliver(db.session, carrier)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context():
            return [("", "")] if sweep(db.session) else []

    queue.register(JOB, perform, find_due)
