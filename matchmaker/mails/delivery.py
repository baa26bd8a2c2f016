"""Sending what waits in the outbox: each mail claimed by one worker, and tried again later.

The claim is one conditional UPDATE, and the number of the attempt fences: a worker that was
thought dead cannot write over what its successor did.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import structlog
from sqlalchemy import CursorResult, exists, select, update
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.mails.carriers import Carrier, Undeliverable, Unreachable
from matchmaker.mails.enclosures import enclose
from matchmaker.mails.models import Mail
from matchmaker.mails.services import NOTHING_LEFT

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # about two days
STALE_AFTER = timedelta(minutes=10)
log = structlog.get_logger()


def deliver(session: Session, carrier: Carrier) -> int:
    """Send every mail that is due; return how many. Stops where the server does not answer."""
    sent = 0
    while (mail := claim(session)) is not None:
        try:
            carrier.carry(mail, enclose(session, mail))
        except Undeliverable as fault:
            _give_up(session, mail, str(fault))
        except Unreachable as fault:
            _postpone(session, mail, str(fault))
            break
        else:
            _settle(session, mail, state="sent", sent_at=now(), **NOTHING_LEFT)
            log.info("mail.sent", mail=mail.id, attempt=mail.attempt)
            sent += 1
    return sent


def claim(session: Session) -> Mail | None:
    """The next mail that is due, taken by this worker alone."""
    while True:
        due = session.execute(
            select(Mail.id, Mail.attempt)
            .where(Mail.state == "waiting", Mail.next_try_at <= now())
            .order_by(Mail.next_try_at, Mail.created_at)
            .limit(1)
        ).first()
        if due is None:
            session.rollback()
            return None
        taken = _update(
            session,
            due.id,
            due.attempt,
            "waiting",
            {"state": "sending", "attempt": due.attempt + 1, "claimed_at": now()},
        )
        if taken:
            return _load(session, due.id)


def _load(session: Session, mail_id: str) -> Mail:
    """The mail, without a transaction that would stay open while a server takes its time."""
    mail = session.get_one(Mail, mail_id, populate_existing=True)
    session.expunge(mail)
    session.commit()
    return mail


def sweep(session: Session) -> bool:
    """Put back what a dead worker had claimed; return whether anything is due."""
    session.execute(
        update(Mail)
        .where(Mail.state == "sending", Mail.claimed_at < now() - STALE_AFTER)
        .values(state="waiting", claimed_at=None)
    )
    session.commit()
    due = exists().where(Mail.state == "waiting", Mail.next_try_at <= now())
    return bool(session.scalar(select(due)))


def pause_after(attempt: int) -> timedelta:
    """1, 2, 4, 8 … minutes, six hours at most."""
    return min(FIRST_PAUSE * (1 << (attempt - 1)), LONGEST_PAUSE)


def _postpone(session: Session, mail: Mail, reason: str) -> None:
    if mail.attempt >= MOST_ATTEMPTS:
        _give_up(session, mail, reason)
        return
    next_try = now() + pause_after(mail.attempt)
    log.warning("mail.postponed", mail=mail.id, attempt=mail.attempt, reason=reason)
    _settle(session, mail, state="waiting", next_try_at=next_try, claimed_at=None)


def _give_up(session: Session, mail: Mail, reason: str) -> None:
    log.error("mail.failed", mail=mail.id, attempt=mail.attempt, reason=reason)
    _settle(session, mail, state="failed", failure=reason[:60], **NOTHING_LEFT)


def _settle(session: Session, mail: Mail, **values: Any) -> None:
    """Write how it ended, and forget the text: it may hold a sign-in link."""
    _update(session, mail.id, mail.attempt, "sending", values)


def _update(
    session: Session, mail_id: str, attempt: int, state: str, values: dict[str, Any]
) -> bool:
    result = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.attempt == attempt, Mail.state == state)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return cast("CursorResult[Any]", result).rowcount == 1
