"""A participant cancels a meeting, or cannot come at all; and takes it back within ten minutes.

The partners' mails wait as long as that: what is taken back was never told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.database import new_id, now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.services import note
from matchmaker.notices.kinds import SETTLING
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Span, keeps_diary
from matchmaker.participants.services import withdraw
from matchmaker.schedules import bridge
from matchmaker.schedules.amending import amend, hold_published, tell_touched
from matchmaker.schedules.models import Cancellation, CancelledMeeting
from matchmaker.schedules.queries import BookedMeeting, meetings_of, published_version

LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Undone:
    """What came back, and what cannot."""

    restored: tuple[str, ...]
    lost: tuple[str, ...]


def cancel_meeting(
    session: Session, event: Event, me: Participant, meeting_id: str, message: str = ""
) -> Cancellation:
    """The meeting is out and its places are free. The caller commits."""
    hold_published(session, event)
    mine = [row for row in ahead(session, event, me) if row.id == meeting_id]
    if not mine:
        raise Refusal(_("This meeting is over or is not in your agenda any more."))
    return _cancel(session, event, me, mine, Cancellation(message=message[:LONGEST_MESSAGE]))


def cannot_come(session: Session, event: Event, me: Participant, message: str = "") -> Cancellation:
    """One act: withdrawn, and every meeting that is still to come is cancelled."""
    act = Cancellation(message=message[:LONGEST_MESSAGE], is_whole=True, state_before=me.state)
    meetings: list[BookedMeeting] = []
    if published_version(session, event.id) is not None:
        hold_published(session, event)
        meetings = ahead(session, event, me)
    made = _cancel(session, event, me, meetings, act)
    withdraw(session, me)
    return made


def undo(session: Session, event: Event, me: Participant, act: Cancellation) -> Undone:
    """Put back what still fits, exactly where it was. The caller commits."""
    if not may_undo(act):
        raise Refusal(_("It is too late to take this back: ten minutes have passed."))
    act.undone_at = now()
    if act.is_whole:
        me.state = act.state_before  # nobody decided anew: no mail says so
    rows = _rows_of(session, act)
    for row in rows:
        session.delete(row)
    session.flush()
    note(session, event.id, "undone", "cancellation", act.id)
    ways = {row.meeting_id: row.way for row in rows}
    if not ways:
        return Undone((), ())
    version = hold_published(session, event)
    texts = version.problem, version.schedule
    back = bridge.still_fitting(session, event, *texts, list(ways.values()))
    restored = tuple(row["asked"]["id"] for row in back)
    if back:
        new = amend(session, event, version, back=back)
        tell_touched(session, event, (version, new), restored, but=me.id)
    return Undone(restored, tuple(name for name in ways if name not in restored))


def may_undo(act: Cancellation, moment: datetime | None = None) -> bool:
    return act.undone_at is None and act.created_at > (moment or now()) - SETTLING


def undoable(session: Session, me: Participant) -> list[Cancellation]:
    """This person's acts of the last ten minutes, the latest first."""
    acts = session.scalars(
        select(Cancellation)
        .where(
            Cancellation.event_id == me.event_id,
            Cancellation.participant_id == me.id,
            Cancellation.created_at > now() - SETTLING,
            Cancellation.undone_at.is_(None),
        )
        .order_by(Cancellation.created_at.desc())
    )
    return list(acts)


def taken_away(session: Session, act: Cancellation) -> list[dict[str, Any]]:
    """The meetings of an act, as they were."""
    return [row.way for row in _rows_of(session, act)]


def _rows_of(session: Session, act: Cancellation) -> Sequence[CancelledMeeting]:
    return session.scalars(
        select(CancelledMeeting)
        .where(CancelledMeeting.event_id == act.event_id)
        .where(CancelledMeeting.cancellation_id == act.id)
        .order_by(CancelledMeeting.meeting_id)
    ).all()


def messages_about(session: Session, event_id: str, ids: Collection[str]) -> dict[str, str]:
    """What those who cancelled these meetings said to their partners."""
    rows = session.execute(
        select(CancelledMeeting.meeting_id, Cancellation.message)
        .join(
            Cancellation,
            (Cancellation.event_id == CancelledMeeting.event_id)
            & (Cancellation.id == CancelledMeeting.cancellation_id),
        )
        .where(CancelledMeeting.event_id == event_id, CancelledMeeting.meeting_id.in_(ids))
        .where(Cancellation.message != "")
    )
    return dict(rows.all())


def ahead(session: Session, event: Event, me: Participant) -> list[BookedMeeting]:
    """This person's meetings that are not over."""
    version = published_version(session, event.id)
    wall = wall_now(event.zone)
    meetings = meetings_of(session, version, me.id) if version else []
    return [row for row in meetings if row.ends_at > wall]


@keeps_diary
def times_ahead(session: Session, event: Event, me: Participant) -> list[Span]:
    return [(row.starts_at, row.ends_at) for row in ahead(session, event, me)]


def _cancel(
    session: Session,
    event: Event,
    me: Participant,
    meetings: list[BookedMeeting],
    act: Cancellation,
) -> Cancellation:
    act.event_id, act.id, act.participant_id = event.id, new_id(), me.id
    session.add(act)
    session.flush()
    if not meetings:
        return act
    version = hold_published(session, event)
    ids = [row.id for row in meetings]
    for way in bridge.taken_out(version.problem, version.schedule, ids):
        session.add(
            CancelledMeeting(
                event_id=event.id,
                meeting_id=way["asked"]["id"],
                cancellation_id=act.id,
                way=way,
            )
        )
    session.flush()
    new = amend(session, event, version, gone=ids)
    tell_touched(session, event, (version, new), ids, but=me.id)
    return act
