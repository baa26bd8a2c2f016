"""Publishing: one transaction moves the pointer, numbers the version and writes the notices.

A number names a content for ever. Going back to an older version publishes a copy of it under
a new number, so that of two printed sheets the one with the higher number is the valid one.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import CursorResult, Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.services import note
from matchmaker.schedules.handwriting import hold_draft, write_out
from matchmaker.schedules.models import Publication, Version
from matchmaker.schedules.notices import post_notices, waiting_causes
from matchmaker.schedules.obstacles import obstacles_to, overlooked
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.storing import analyze, store_copy

MOST_NAMED = 8


def revision_of(session: Session, event_id: str) -> int:
    """How often the publication has been moved; a publisher names the one it has seen."""
    query = select(Publication.revision).where(Publication.event_id == event_id)
    return session.scalar(query) or 0


def last_told(session: Session, event_id: str) -> Version | None:
    """The version that people were last written about: the latest that is not preliminary."""
    return session.scalar(_final(event_id).order_by(Version.number.desc()).limit(1))


def _final(event_id: str) -> Select[Version]:
    return select(Version).where(
        Version.event_id == event_id,
        Version.number.is_not(None),
        Version.is_preliminary.is_(False),
    )


def last_written_about(session: Session, event_id: str) -> Version | None:
    """The same while mails wait that can still be changed: none of a later version has left."""
    told = last_told(session, event_id)
    untold = _first_untold(session, event_id)
    if told is None or untold is None or told.number is None or told.number < untold:
        return told
    return session.scalar(
        _final(event_id).where(Version.number < untold).order_by(Version.number.desc()).limit(1)
    )


def _first_untold(session: Session, event_id: str) -> int | None:
    """The lowest number of a version of which notices still wait."""
    waiting = waiting_causes(session, event_id)
    return session.scalar(
        select(func.min(Version.number)).where(
            Version.event_id == event_id, Version.id.in_(waiting), Version.number.is_not(None)
        )
    )


def publish(
    session: Session, event: Event, version: Version, *, seen: int, preliminary: bool = False
) -> Version:
    """Make this version what everybody sees. Commits; returns the version with its number.

    Refused where somebody else published since revision ``seen``, where the check objects, and
    where the forum has changed since the schedule was made. Of a preliminary version nobody is
    told; of a final one those whose agenda is not as they were told last.
    """
    told, shown = last_told(session, event.id), published_version(session, event.id)
    if version.number is not None:
        version = store_copy(session, version)
    hold_draft(session, version)
    write_out(session, version)
    found = overlooked(session, event, version)
    move_pointer(session, event.id, version.id, seen)
    if found := found + obstacles_to(session, event, version):
        session.rollback()
        raise Refusal(_refusal(found))
    highest = select(func.max(Version.number)).where(Version.event_id == event.id)
    version.number = (session.scalar(highest) or 0) + 1
    version.published_at, version.is_preliminary = now(), preliminary
    session.flush()
    note(session, event.id, "published", "version", version.id)
    if not preliminary:
        is_next = told is not None and shown is not None and told.id == shown.id
        post_notices(session, event, told, version, everybody=not is_next)
    session.commit()
    analyze(session)
    return version


def unpublish(session: Session, event: Event, *, seen: int) -> None:
    """Nobody sees a schedule any more; its number stays its own. Commits."""
    move_pointer(session, event.id, None, seen)
    note(session, event.id, "unpublished", "publication", event.id)
    session.commit()


def move_pointer(session: Session, event_id: str, version_id: str | None, seen: int) -> None:
    """Compare and set: only from the revision that the publisher has seen."""
    if seen == 0:
        _add_pointer(session, event_id)
    zone = select(Event.zone).where(Event.id == event_id).scalar_subquery()
    moved = session.execute(
        update(Publication)
        .where(Publication.event_id == event_id, Publication.revision == seen)
        .values(
            version_id=version_id,
            zone=zone if version_id else None,
            revision=Publication.revision + 1,
        )
        .execution_options(synchronize_session=False)
    )
    assert isinstance(moved, CursorResult)
    if moved.rowcount != 1:
        session.rollback()
        raise Refusal(
            _(
                "Somebody else has changed the publication in the meantime. "
                "Look at what is published now, then decide again."
            )
        )


def _add_pointer(session: Session, event_id: str) -> None:
    """The first publisher makes the row; of two at once, one finds it made."""
    known = select(Publication.event_id).where(Publication.event_id == event_id)
    if session.scalar(known) is not None:
        return
    try:
        with session.begin_nested():
            session.add(Publication(event_id=event_id, revision=0))
    except IntegrityError:
        return


def _refusal(found: list[str]) -> str:
    shown = [*found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        shown.append(_("and %(count)s more", count=len(found) - MOST_NAMED))
    sentence: str = _(
        "This version cannot be published: %(reasons)s. Start a new run and publish its version, "
        "or change this one by hand.",
        reasons=_("; ").join(shown),
    )
    return sentence
