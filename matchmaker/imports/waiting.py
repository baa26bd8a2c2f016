"""Imports that wait when the server starts: looked at beside what else starts, so that nobody has
to wait who opens their preview first.
"""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account
from matchmaker.database import db, now, reading
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.imports.models import Import
from matchmaker.imports.previews import preview_of
from matchmaker.imports.remembering import MOST_KEPT
from matchmaker.languages import LANGUAGES

LATELY = timedelta(days=3)
log = structlog.get_logger()


def remember_waiting(app: Flask) -> threading.Thread:
    thread = threading.Thread(target=_look_at_all, args=(app,), daemon=True)
    thread.start()
    return thread


def _look_at_all(app: Flask) -> None:
    with app.app_context(), reading(), Session(db.engine) as session:
        newest = (
            select(Import.event_id, Import.id)
            .where(Import.state == "preview", Import.created_at > now() - LATELY)
            .order_by(Import.created_at.desc())
            .limit(MOST_KEPT)
        )
        for event_id, id_ in reversed(session.execute(newest).all()):
            try:
                _look_at(session, event_id, id_)
            except Exception as fault:  # the page will say what is wrong; the others go on
                log.warning("import not looked at", id=id_, fault=type(fault).__name__)
            session.rollback()  # nothing is held while the next one is looked at


def _look_at(session: Session, event_id: str, id_: str) -> None:
    row = session.get(Import, (event_id, id_))
    event = session.get(Event, event_id)
    if row is None or event is None or row.state != "preview":
        return  # over in the meantime
    account = session.get(Account, row.created_by) if row.created_by else None
    g.language = account.language if account and account.language in LANGUAGES else event.language
    with speak(g.language):
        try:
            preview_of(session, event, row)
        except Refusal:
            return  # its columns wait to be assigned
