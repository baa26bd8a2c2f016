"""Asking to move a meeting, and answering: by the rules of every schedule, as they are now."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.agendas.models import MoveRequest
from matchmaker.clock import wall_now
from matchmaker.database import new_id, now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Slot
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge
from matchmaker.schedules.amending import Row, amend, hold_published, tell_touched
from matchmaker.schedules.cancelling import LONGEST_MESSAGE, ahead
from matchmaker.schedules.models import Booking, Version
from matchmaker.schedules.queries import BookedMeeting, published_version

MOST_TIMES = 5


def times_for(session: Session, event: Event, version: Version, meeting_id: str) -> list[Row]:
    """The ways to hold this meeting at other times that are still to come."""
    coming = set(
        session.scalars(
            select(Slot.id).where(Slot.event_id == event.id, Slot.starts_at > wall_now(event.zone))
        )
    )
    texts = version.problem, version.schedule
    ways = bridge.other_times(session, event, *texts, meeting_id)
    return [way for way in ways if way["slot"] in coming]


def ask_to_move(
    session: Session,
    event: Event,
    me: Participant,
    meeting_id: str,
    slots: Collection[str],
    message: str = "",
) -> MoveRequest:
    """Ask the other side. The caller commits."""
    meeting = movable(session, event, me, meeting_id)
    version = hold_published(session, event)
    free = {way["slot"] for way in times_for(session, event, version, meeting_id)}
    if not slots or not set(slots) <= free:
        raise Refusal(_("Choose times at which you are both free; the list has changed."))
    if len(slots) > MOST_TIMES:
        raise Refusal(_("Choose at most %(most)s times.", most=MOST_TIMES))
    other = next(person for person in meeting.people if person != me.id)
    asked = MoveRequest(
        event_id=event.id,
        id=new_id(),
        meeting_id=meeting_id,
        asker_id=me.id,
        answerer_id=other,
        slots=sorted(slots),
        message=message[:LONGEST_MESSAGE],
    )
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError:
        raise Refusal(_("There is an open question to move this meeting already.")) from None
    notify_many(session, event, [other], "move_asked", cause=asked.id, request=asked.id)
    return asked


def movable(session: Session, event: Event, me: Participant, meeting_id: str) -> BookedMeeting:
    """The meeting, if it is mine, still to come, and between two."""
    found = next((row for row in ahead(session, event, me) if row.id == meeting_id), None)
    if found is None:
        raise Refusal(_("This meeting is over or is not in your agenda any more."))
    if len(found.people) != 2:
        raise Refusal(_("A meeting of more than two people is the organisers' to move."))
    return found


def accept(session: Session, event: Event, me: Participant, asked: MoveRequest, slot: str) -> None:
    """Move the meeting to one of the times asked for, where runs leave it from now on: both
    have chosen it. The caller commits.
    """
    _close(session, me, asked, "accepted")
    version = hold_published(session, event)
    movable(session, event, me, asked.meeting_id)
    ways = times_for(session, event, version, asked.meeting_id)
    way = next((row for row in ways if row["slot"] == slot), None)
    if way is None or slot not in asked.slots:
        raise Refusal(_("This time is taken meanwhile. Choose another one, or keep the meeting."))
    [here] = bridge.taken_out(version.problem, version.schedule, [asked.meeting_id])
    there = {"asked": here["asked"], "placed": way}
    new = amend(session, event, version, back=[there])
    key = {"event_id": event.id, "meeting_id": asked.meeting_id}
    session.merge(Booking(**key, booker_id=me.id, way=there, created_at=now()))
    tell_touched(session, event, (version, new), [asked.meeting_id], at_once=True)


def decline(session: Session, event: Event, me: Participant, asked: MoveRequest) -> None:
    """The meeting stays where it is."""
    _close(session, me, asked, "declined")
    notify_many(session, event, [asked.asker_id], "move_answered", cause=asked.id, request=asked.id)


def take_back(session: Session, me: Participant, asked: MoveRequest) -> None:
    if asked.asker_id != me.id or asked.state != "open":
        raise Refusal(_("This question is answered already."))
    asked.state, asked.answered_at = "taken_back", now()
    session.flush()


def open_requests(session: Session, event: Event, me: Participant) -> list[MoveRequest]:
    """Questions from me and to me about meetings that are in the published schedule."""
    mine = {row.id for row in ahead(session, event, me)}
    rows = session.scalars(
        select(MoveRequest)
        .where(MoveRequest.event_id == event.id, MoveRequest.state == "open")
        .where(or_(MoveRequest.asker_id == me.id, MoveRequest.answerer_id == me.id))
        .order_by(MoveRequest.created_at)
    )
    return [row for row in rows if row.meeting_id in mine]


def ways_asked(session: Session, event: Event, asked: MoveRequest) -> list[Row]:
    """Those of the times asked for that are still free for both."""
    version = published_version(session, event.id)
    if version is None:
        return []
    ways = times_for(session, event, version, asked.meeting_id)
    return [way for way in ways if way["slot"] in asked.slots]


def _close(session: Session, me: Participant, asked: MoveRequest, state: str) -> None:
    """Once: the row is looked at again under a lock."""
    session.refresh(asked, with_for_update=True)
    if asked.answerer_id != me.id or asked.state != "open":
        raise Refusal(_("This question is answered already."))
    asked.state, asked.answered_at = state, now()
    session.flush()
