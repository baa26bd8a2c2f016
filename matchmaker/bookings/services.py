"""A meeting is booked: accepted and given a time in one transaction. The caller commits.

Whoever books holds the published schedule; each booking publishes it anew with one meeting more,
in whose rows nobody stands twice. Of two who want the same time, the second finds it taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Slot
from matchmaker.notices.services import notify
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge
from matchmaker.schedules.amending import AMENDED, amend, hold_published, tell_touched
from matchmaker.schedules.models import Booking, Version
from matchmaker.schedules.modes import slots_for
from matchmaker.schedules.publishing import move_pointer, revision_of
from matchmaker.schedules.queries import BookedMeeting, meetings_of, published_version
from matchmaker.schedules.storing import store_version
from matchmaker.wishes.answering import settle
from matchmaker.wishes.meetings import propose_between
from matchmaker.wishes.pairing import pair_of

Row = dict[str, Any]


class TimeTaken(Refusal):
    """Somebody was first; the times that are left are on the page."""


@dataclass(frozen=True)
class Offer:
    """What can be fixed with somebody: the times in common, or the meeting that there is."""

    ways: Sequence[Row] = ()
    meeting: BookedMeeting | None = None


def offer_to(session: Session, event: Event, me: Participant, other: Participant) -> Offer:
    """By the schedule as it is now."""
    version = published_version(session, event.id)
    if version is not None and (met := meeting_with(session, version, me, other)):
        return Offer(meeting=met)
    return Offer(ways=_ways(session, event, me, other, version))


def book(session: Session, event: Event, me: Participant, other: Participant, slot: str) -> None:
    """Fix the meeting for this slot; accepts the wish where it is still open."""
    wish = settle(session, event, me, other)
    version = _hold_or_open(session, event)
    if meeting_with(session, version, me, other):
        raise Refusal(_("You have a meeting with each other already."))
    ways = _ways(session, event, me, other, version)
    way = next((row for row in ways if row["slot"] == slot), None)
    if way is None:
        raise taken()
    asked = _asked(session, event, me, other)
    people = (me.id, other.id)
    problem = bridge.brought_up_to_date(session, event, version.problem, people)
    back = [{"asked": asked, "placed": way}]
    try:
        new = amend(session, event, version, back=back, problem=problem)
    except IntegrityError:  # the rows of the schedule refuse what is taken
        session.rollback()
        raise taken() from None
    session.merge(
        Booking(
            event_id=event.id,
            meeting_id=asked["id"],
            booker_id=me.id,
            way=back[0],
            created_at=now(),
        )
    )
    tell_touched(session, event, (version, new), [asked["id"]], but=me.id)
    if wish.from_id == other.id:
        notify(
            session, event, other, "accepted", cause=f"{wish.id}:booked", wish=wish.id, person=me.id
        )


def taken() -> TimeTaken:
    return TimeTaken(_("This time has just been taken. Choose one of those that are left."))


def meeting_with(
    session: Session, version: Version, me: Participant, other: Participant
) -> BookedMeeting | None:
    mine = meetings_of(session, version, me.id)
    return next((row for row in mine if other.id in row.people), None)


def _asked(session: Session, event: Event, me: Participant, other: Participant) -> Row:
    """The meeting of the two, as their wishes propose it."""
    name = "~".join(pair_of(me.id, other.id))
    proposed = propose_between(session, event, me.id, other.id).meetings
    known = next((row for row in proposed if row.id == name), None)
    sides = known.sides if known else ((other.id,), (me.id,))
    return {
        "id": name,
        "sides": [list(side) for side in sides],
        "weight": known.weight if known else 1,
    }


def _ways(
    session: Session, event: Event, me: Participant, other: Participant, version: Version | None
) -> list[Row]:
    """In sessions that participants may book, and still to come."""
    bookable = slots_for(session, event, "book", "both")
    coming = session.scalars(
        select(Slot.id).where(Slot.event_id == event.id, Slot.starts_at > wall_now(event.zone))
    )
    usable = bookable & set(coming)
    if not usable:
        return []
    files = (version.problem, version.schedule) if version else bridge.nothing_yet(session, event)
    wanted = _asked(session, event, me, other)
    return [row for row in bridge.ways_for(session, event, *files, wanted) if row["slot"] in usable]


def _hold_or_open(session: Session, event: Event) -> Version:
    """The published schedule, held; where there is none, one with the bookings alone."""
    if published_version(session, event.id) is None:
        try:
            _open(session, event)
        except Refusal:  # somebody else booked the first meeting in the same moment
            raise taken() from None
    return hold_published(session, event)


def _open(session: Session, event: Event) -> None:
    problem, schedule = bridge.nothing_yet(session, event)
    problem, schedule = bridge.amended(problem, schedule, (), bridge.booked_ways(session, event.id))
    version = store_version(session, event_id=event.id, problem=problem, schedule=schedule)
    highest = select(func.max(Version.number)).where(Version.event_id == event.id)
    version.number = (session.scalar(highest) or 0) + 1
    version.status, version.published_at = AMENDED, now()
    session.flush()
    move_pointer(session, event.id, version.id, revision_of(session, event.id))
