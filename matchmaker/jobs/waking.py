"""Waking the worker once rows are really there; what is missed here the sweep finds."""

from __future__ import annotations

import structlog
from flask import current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

WOKEN = "jobs to wake"
log = structlog.get_logger()


def wake(session: Session, kind: str) -> None:
    """Enqueue this kind of job when the caller's transaction has committed."""
    session.info.setdefault(WOKEN, set()).add(kind)


@event.listens_for(Session, "after_commit")
def _enqueue(session: Session) -> None:
    if session.in_nested_transaction() or not has_app_context():
        return
    for kind in sorted(session.info.pop(WOKEN, ())):
        try:
            current_app.extensions["queue"].enqueue(kind, "", "")
        except Exception as fault:  # the rows are safe, whatever is wrong with the queue
            log.warning("job.not_enqueued", kind=kind, fault=type(fault).__name__)
