"""Telling participants something: ``notify``; and what they do not want to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matchmaker.database import new_id, now
from matchmaker.events.models import Event
from matchmaker.jobs.waking import wake
from matchmaker.notices.kinds import KINDS, due_after
from matchmaker.notices.models import MailSettings, Notice, StoppedKind
from matchmaker.notices.queries import settings_of

JOB = "notices"


class Addressee(Protocol):
    """A participant, of which this feature knows nothing else."""

    @property
    def id(self) -> str: ...

    @property
    def event_id(self) -> str: ...


def notify(
    session: Session,
    event: Event,
    participant: Addressee,
    kind: str,
    *,
    cause: str = "",
    at_once: bool = False,
    **about: str,
) -> None:
    """Tell a participant something, by a mail that follows this transaction's commit.

    ``kind`` is a code of ``kinds.KINDS``; ``about`` are the ids of what it speaks of
    (``wish=wish.id``), never words: those are made on sending, in the person's language, by the
    writer of the kind, which may find that there is nothing left to tell. ``cause`` names what
    happened (``f"request:{wish.id}"``): a second notice of the same cause and kind to the same
    person is none, however often it is asked for. Urgent kinds go at once, and so does what the
    caller says; the others together with what else comes within the event's digest time. Who
    stopped the kind, has left, or has no address gets nothing. Nothing is committed here.
    """
    notify_many(session, event, [participant.id], kind, cause=cause, at_once=at_once, **about)


def notify_many(
    session: Session,
    event: Event,
    participant_ids: Iterable[str],
    kind: str,
    *,
    cause: str = "",
    at_once: bool = False,
    **about: str,
) -> None:
    """Like :func:`notify`, to several people."""
    settings = settings_of(session, event.id)
    wait = due_after(KINDS[kind], timedelta(minutes=settings.digest_minutes))
    wait = timedelta(0) if at_once else wait
    rows = [
        {
            "event_id": event.id,
            "id": new_id(),
            "participant_id": person,
            "kind": kind,
            "about": dict(about),
            "cause": cause_of(kind, person, cause or new_id()),
            "due_at": now() + wait,
        }
        for person in participant_ids
    ]
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(Notice).on_conflict_do_nothing(index_elements=["event_id", "cause"])
    if rows:
        session.execute(statement, rows)
    if rows and not wait:
        wake(session, JOB)


def cause_of(kind: str, participant_id: str, cause: str) -> str:
    """By what the database knows that this was told already."""
    return f"{kind}:{participant_id}:{cause}"


def stop_kind(session: Session, event_id: str, participant_id: str, kind: str) -> None:
    """No more news of this kind; what waits to be told is dropped when its time comes."""
    if not KINDS[kind].may_be_stopped:
        return
    key = {"event_id": event_id, "participant_id": participant_id, "kind": kind}
    if session.get(StoppedKind, key) is None:
        session.add(StoppedKind(**key))
        session.flush()


def resume_kind(session: Session, event_id: str, participant_id: str, kind: str) -> None:
    key = {"event_id": event_id, "participant_id": participant_id, "kind": kind}
    if row := session.get(StoppedKind, key):
        session.delete(row)
        session.flush()


def change_settings(session: Session, event: Event, **values: Any) -> None:
    """The caller commits."""
    row = session.get(MailSettings, event.id)
    if row is None:
        row = MailSettings(event_id=event.id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def stopped_by(session: Session, event_id: str, participant_id: str) -> set[str]:
    return set(
        session.scalars(
            select(StoppedKind.kind).where(
                StoppedKind.event_id == event_id, StoppedKind.participant_id == participant_id
            )
        )
    )
