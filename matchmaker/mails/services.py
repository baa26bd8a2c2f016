"""The outbox: a mail is a row of the transaction that causes it, sent after the commit."""

from __future__ import annotations

from typing import Any

import structlog
from flask import current_app, has_app_context
from sqlalchemy import Dialect, event, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matchmaker.config import config_of
from matchmaker.database import new_id
from matchmaker.mails.models import Mail

JOB = "mails"
POSTED = "mails posted"
SUBJECT_LENGTH = 300
log = structlog.get_logger()


def post(  # noqa: PLR0913 - a mail has these parts
    session: Session,
    *,
    address: str,
    language: str,
    subject: str,
    body: str,
    event_id: str | None = None,
    cause: str | None = None,
) -> None:
    """Add a mail to the caller's transaction; a second mail of the same cause is none.

    Subject and body are in ``language`` already (``with speak(language): …``).
    """
    row = {
        "id": new_id(),
        "address": one_line(address),
        "language": language,
        "subject": one_line(subject)[:SUBJECT_LENGTH],
        "body": body,
        "event_id": event_id,
    }
    row["cause"] = cause or row["id"]
    statement = _insert(session.get_bind().dialect)(Mail).values(**row)
    session.execute(statement.on_conflict_do_nothing(index_elements=["cause"]))
    session.info[POSTED] = True


def cancel(session: Session, *, event_id: str, address: str) -> None:
    """Whoever has left an event is written to about it no more; the texts go at once."""
    session.execute(
        update(Mail)
        .where(Mail.event_id == event_id, Mail.state == "waiting")
        .where(func.lower(Mail.address) == one_line(address).lower())
        .values(state="cancelled", body="")
    )


def link_to(endpoint: str, **values: Any) -> str:
    """The full address of a page: from the settings, never from what a request claims."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return config_of(current_app).base_url.rstrip("/") + path


def one_line(text: str) -> str:
    """Text for a header of a mail: nobody's name can begin another header."""
    return " ".join(text.split())


def _insert(dialect: Dialect) -> Any:
    return sqlite.insert if dialect.name == "sqlite" else postgresql.insert


@event.listens_for(Session, "after_commit")
def _enqueue(session: Session) -> None:
    """Wake the worker once the mails are really there; what is missed here the sweep finds."""
    if session.in_nested_transaction() or not session.info.pop(POSTED, False):
        return
    if not has_app_context():
        return
    try:
        current_app.extensions["queue"].enqueue(JOB, "", "")
    except Exception as fault:  # the mails are safe, whatever is wrong with the queue
        log.warning("mails.not_enqueued", fault=type(fault).__name__)
