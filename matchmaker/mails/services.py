"""The outbox: a mail is a row of the transaction that causes it, sent after the commit."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from sqlalchemy import Dialect, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matchmaker.config import config_of
from matchmaker.database import new_id
from matchmaker.jobs.waking import wake
from matchmaker.mails.letters import Letter, as_html, as_text
from matchmaker.mails.models import Mail

JOB = "mails"
SUBJECT_LENGTH, NAME_LENGTH = 300, 200
BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")  # French keeps its hard spaces
NOTHING_LEFT: dict[str, Any] = {"body": "", "html": "", "stop_url": "", "enclosure": {}}


def post(  # noqa: PLR0913 - a mail has these parts
    session: Session,
    *,
    address: str,
    language: str,
    letter: Letter,
    event_id: str | None = None,
    cause: str | None = None,
    reply_to: str = "",
    sender_name: str = "",
    stop_url: str = "",
    enclosure: dict[str, str] | None = None,
) -> str:
    """Add a mail to the caller's transaction; a second mail of the same cause is none.

    The letter is in ``language`` already (``with speak(language): …``). Returns the mail's id.
    """
    row = {
        "id": new_id(),
        "address": one_line(address),
        "reply_to": one_line(reply_to),
        "sender_name": one_line(sender_name)[:NAME_LENGTH],
        "language": language,
        "subject": one_line(letter.subject)[:SUBJECT_LENGTH],
        "body": as_text(letter),
        "html": as_html(letter, language),
        "stop_url": stop_url,
        "enclosure": enclosure or {},
        "event_id": event_id,
    }
    row["cause"] = cause or row["id"]
    statement = _insert(session.get_bind().dialect)(Mail).values(**row)
    session.execute(statement.on_conflict_do_nothing(index_elements=["cause"]))
    wake(session, JOB)
    return str(row["id"])


def cancel(session: Session, *, event_id: str, address: str) -> None:
    """Whoever has left an event is written to about it no more; the texts go at once."""
    session.execute(
        update(Mail)
        .where(Mail.event_id == event_id, Mail.state == "waiting")
        .where(func.lower(Mail.address) == one_line(address).lower())
        .values(state="cancelled", **NOTHING_LEFT)
    )


def link_to(endpoint: str, **values: Any) -> str:
    """The full address of a page: from the settings, never from what a request claims."""
    anchor = values.pop("_anchor", "")
    path = current_app.url_map.bind("").build(endpoint, values)
    return config_of(current_app).base_url.rstrip("/") + path + (f"#{anchor}" if anchor else "")


def one_line(text: str) -> str:
    """Text for a header of a mail: nobody's name can begin another header."""
    return BREAKABLE.sub(" ", text).strip()


def _insert(dialect: Dialect) -> Any:
    return sqlite.insert if dialect.name == "sqlite" else postgresql.insert
