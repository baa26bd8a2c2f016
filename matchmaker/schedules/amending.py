"""What changes of a published schedule without a run: meetings out, back, or elsewhere.

A number names a content for ever, so each act publishes a new version. Whoever amends holds the
pointer until the end of the transaction: of two acts at once, the second builds on the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import structlog
from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.services import note
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge
from matchmaker.schedules.models import CancelledMeeting, Publication, Version
from matchmaker.schedules.publishing import move_pointer
from matchmaker.schedules.queries import chosen_meetings
from matchmaker.schedules.storing import store_amended

AMENDED = "amended"
log = structlog.get_logger()
Row = dict[str, Any]


def hold_published(session: Session, event: Event) -> Version:
    """The published version, which nobody else changes until this transaction ends."""
    pointer = session.scalar(
        select(Publication)
        .where(Publication.event_id == event.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if pointer is None or pointer.version_id is None:
        raise Refusal(_("No schedule is published."))
    return session.get_one(Version, (event.id, pointer.version_id))


def amend(
    session: Session,
    event: Event,
    version: Version,
    *,
    gone: Collection[str] = (),
    back: Sequence[Row] = (),
    problem: str = "",
) -> Version:
    """Publish this version, which is held, anew: without meetings, and with others as they say;
    ``problem`` in place of its own. The caller tells the people and commits.
    """
    problem, schedule = bridge.amended(problem or version.problem, version.schedule, gone, back)
    if back and (wrong := bridge.objections(problem, schedule)):
        log.warning("amendment.refused", version=version.id, faults=len(wrong))
        raise Refusal(_("This is not possible any more. Look at your agenda again."))
    _no_longer_cancelled(session, event, back)
    new = store_amended(session, version, (problem, schedule), gone, back)
    new.base_id, new.status, new.run_id = version.id, AMENDED, version.run_id
    new.is_preliminary = version.is_preliminary
    highest = select(func.max(Version.number)).where(Version.event_id == event.id)
    new.number = (session.scalar(highest) or 0) + 1
    new.published_at = now()
    session.flush()
    seen = select(Publication.revision).where(Publication.event_id == event.id)
    move_pointer(session, event.id, new.id, session.scalars(seen).one())
    note(session, event.id, "amended", "version", new.id)
    return new


def _no_longer_cancelled(session: Session, event: Event, back: Sequence[Row]) -> None:
    """Whoever agrees on a meeting again means it."""
    ids = [row["asked"]["id"] for row in back]
    session.execute(
        delete(CancelledMeeting).where(
            CancelledMeeting.event_id == event.id, CancelledMeeting.meeting_id.in_(ids)
        )
    )


def tell_touched(
    session: Session,
    event: Event,
    versions: tuple[Version, Version],
    ids: Iterable[str],
    *,
    but: str = "",
    at_once: bool = False,
) -> None:
    """Let the people of these meetings know, in both versions; not who did it. What nobody can
    undo is told at once.
    """
    before, after = versions
    touched = {
        person
        for version in (before, after)
        for meeting in chosen_meetings(session, version, list(ids))
        for person in meeting.people
    }
    people = session.scalars(
        select(Participant.id)
        .where(Participant.event_id == event.id, Participant.id.in_(touched - {but}))
        .where(Participant.state == "validated")
        .order_by(Participant.id)
    )
    notify_many(session, event, people.all(), "changed", cause=after.id, at_once=at_once)
