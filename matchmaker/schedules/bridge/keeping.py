"""Meetings that a run leaves where they are: what participants booked, and what is published, all
of it, in some sessions, or as far as can be.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Slot
from matchmaker.schedules.aims import PRESETS, Aim
from matchmaker.schedules.models import Booking
from matchmaker.schedules.queries import cancelled_meetings, published_version
from matchmaker.wishes.meetings import Proposal, propose_meetings
from solver.problem import Meeting, PublishedMeeting

Row = dict[str, Any]
Kept = tuple[Meeting, PublishedMeeting]


def kept_meetings(
    session: Session, event: Event, proposal: Proposal, aim: Aim = PRESETS["most_wishes"]
) -> list[Kept]:
    """With what was asked for and where each is, locked where it has to stay. What was cancelled,
    or what a `never` forbids since, is not kept; a wish that was only taken back is no reason to
    move anybody.
    """
    weights = {row.id: row.weight for row in proposal.meetings}
    forbidden = {frozenset(row.people) for row in proposal.left_out if row.code == "never"}
    out = {person for row in proposal.left_out for person in row.because}
    cancelled = cancelled_meetings(session, event.id)
    return [
        _kept(row, weights)
        for row in _ways(session, event, aim)
        if row["placed"]["meeting"] not in cancelled
        and frozenset(row["placed"]["participants"]) not in forbidden
        and not out & set(row["placed"]["participants"])
    ]


def booked_ids(session: Session, event_id: str) -> set[str]:
    return set(session.scalars(select(Booking.meeting_id).where(Booking.event_id == event_id)))


def booked_ways(session: Session, event_id: str, but: Collection[str] = ()) -> list[Row]:
    """As they were booked."""
    ways = session.scalars(
        select(Booking.way)
        .where(Booking.event_id == event_id, Booking.meeting_id.not_in(but))
        .order_by(Booking.created_at, Booking.meeting_id)
    )
    return list(ways)


def lost_bookings(session: Session, event: Event, schedule: str) -> list[tuple[str, ...]]:
    """Who has fixed a meeting that this schedule does not hold at its time."""
    slots = {row["meeting"]: row["slot"] for row in json.loads(schedule)["meetings"]}
    proposal = propose_meetings(session, event)
    kept = kept_meetings(session, event, proposal)
    return [row.participants for _meeting, row in kept if slots.get(row.meeting) != row.slot]


def _ways(session: Session, event: Event, aim: Aim) -> Iterator[Row]:
    """Those to be kept, and whether each has to stay where it is."""
    booked = booked_ids(session, event.id)
    if aim.stays == "nothing" and not booked:
        return
    version = published_version(session, event.id)
    if version is None:
        yield from booked_ways(session, event.id)
        return
    asked = {row["id"]: row for row in json.loads(version.problem)["meetings"]}
    free = _free_slots(session, event, aim)
    for placed in json.loads(version.schedule)["meetings"]:
        stays = placed["meeting"] in booked or placed["slot"] not in free
        if stays or aim.stays == "few":
            yield {"asked": asked[placed["meeting"]], "placed": placed, "stays": stays}


def _free_slots(session: Session, event: Event, aim: Aim) -> frozenset[str]:
    """The slots whose published meetings may change."""
    if aim.stays == "published":
        return frozenset()
    slots = select(Slot.id).where(Slot.event_id == event.id)
    if aim.stays == "sessions":
        slots = slots.where(Slot.session_id.in_(aim.sessions))
    return frozenset(session.scalars(slots))


def _kept(row: Row, weights: dict[str, int]) -> Kept:
    asked, placed = row["asked"], row["placed"]
    meeting = Meeting(
        id=asked["id"],
        sides=tuple(tuple(side) for side in asked["sides"]),
        weight=weights.get(asked["id"], asked.get("weight", 1)),
        length=asked.get("length", 1),
    )
    there = {**placed, "participants": tuple(placed["participants"])}
    return meeting, PublishedMeeting(**there, locked=row.get("stays", True))
