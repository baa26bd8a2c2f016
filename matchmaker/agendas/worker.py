"""Prints packs: claim, set in small batches, join, hand over under the fence."""

from __future__ import annotations

import secrets
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matchmaker.agendas import evenings, packs
from matchmaker.agendas.packs import PACKS
from matchmaker.agendas.printed import Job, load_job, remember
from matchmaker.agendas.printing import print_many
from matchmaker.agendas.services import JOB, packs_folder
from matchmaker.database import db, now, reading
from matchmaker.jobs.claims import Key, Lost
from matchmaker.jobs.queue import Queue

log = structlog.get_logger()


def register(queue: Queue, app: Flask) -> None:
    folder = packs_folder(app.extensions["matchmaker"])

    def perform(event_id: str, pack_id: str) -> None:
        with app.app_context():
            work_off(db.engine, (event_id, pack_id), folder)

    def sweep() -> list[Key]:
        with app.app_context():
            with Session(db.engine) as session:
                packs.remove_old(session, folder)
            return PACKS.left_behind(db.engine)

    queue.register(JOB, perform, sweep)
    _register_evenings(queue, app)


def _register_evenings(queue: Queue, app: Flask) -> None:
    """The mails of the day before."""

    def perform(_event_id: str, _row_id: str) -> None:
        with app.app_context(), Session(db.engine) as session:
            evenings.write_to_everybody(session)

    def find_due() -> list[tuple[str, str]]:
        with app.app_context(), reading(), Session(db.engine) as session:
            return [("", "")] if any(True for _row in evenings.due(session)) else []

    queue.register(evenings.KIND, perform, find_due)


def work_off(engine: Engine, key: Key, folder: Path) -> None:
    """Print the pack if nobody else does; a failure is kept in the row."""
    attempt = PACKS.claim(engine, key, printed=0)
    if attempt is None:
        return
    path = folder / f"{secrets.token_hex(16)}.pdf"
    try:
        job = load_job(engine, key)
        PACKS.write(engine, key, attempt, sheets=len(job.sources), void=job.void)
        _print(engine, key, attempt, job, path)
        end = {"state": "done", "finished_at": now()}
        PACKS.write(engine, key, attempt, file_name=path.name if job.sources else None, **end)
        remember(engine, job)
    except Lost:
        path.unlink(missing_ok=True)
        log.warning("pack.overtaken", pack=key[1], attempt=attempt)
    except Exception:
        path.unlink(missing_ok=True)
        log.exception("pack.failed", pack=key[1])
        _give_up(engine, key, attempt)


def _print(engine: Engine, key: Key, attempt: int, job: Job, path: Path) -> None:
    """All sheets of the pack into the file; each batch is a sign of life."""

    def beat(printed: int) -> None:
        PACKS.write(engine, key, attempt, printed=printed)

    if job.sources:
        print_many(job.print.template, job.sources, job.sheet, path, beat, job.look)


def _give_up(engine: Engine, key: Key, attempt: int) -> None:
    try:
        PACKS.write(engine, key, attempt, state="failed", finished_at=now())
    except Lost:
        log.warning("pack.overtaken", pack=key[1], attempt=attempt)
