"""What a change of the set-up does to requests: said before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from matchmaker.events.foresight import Outcome, watches
from matchmaker.events.models import Event, Place, PlaceClosure, Slot
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Slots, present_slots
from matchmaker.wishes.meetings import Proposal, ProposedMeeting, propose_meetings
from matchmaker.wishes.models import Barred, Wish


@watches
def asked_meetings(session: Session, event: Event) -> Outcome:
    """How many meetings the requests ask for, how many have a time at all, and the room."""
    before = _Ground(session, event)

    def outcome() -> Sequence[str]:
        return _told(before, _Ground(session, event))

    return outcome


@watches
def barred_requests(session: Session, event: Event) -> Outcome:
    before = _barred(session, event)

    def outcome() -> Sequence[str]:
        new = len(_barred(session, event) - before)
        if not new:
            return []
        return [
            ngettext(
                "%(num)s request that was sent could not be sent then. It stays as it is.",
                "%(num)s requests that were sent could not be sent then. They stay as they are.",
                new,
            )
        ]

    return outcome


def _barred(session: Session, event: Event) -> set[str]:
    """Requests between people of types of which one does not ask the other."""
    asking, asked = aliased(Participant), aliased(Participant)
    rows = session.scalars(
        select(Wish.id)
        .join(asking, and_(asking.event_id == Wish.event_id, asking.id == Wish.from_id))
        .join(asked, and_(asked.event_id == Wish.event_id, asked.id == Wish.to_id))
        .join(
            Barred,
            and_(
                Barred.event_id == Wish.event_id,
                Barred.from_code == asking.type_code,
                Barred.to_code == asked.type_code,
            ),
        )
        .where(Wish.event_id == event.id, Wish.grade != "never")
    )
    return set(rows)


class _Ground:
    def __init__(self, session: Session, event: Event) -> None:
        self.proposal: Proposal = propose_meetings(session, event)
        people = {one for row in self.proposal.meetings for side in row.sides for one in side}
        self.free = present_slots(session, event.id, people)
        self.possible = {row.id for row in self.proposal.meetings if _has_time(row, self.free)}
        self.room = _room(session, event)

    @property
    def asked(self) -> int:
        return len(self.proposal.meetings)


def _told(before: _Ground, after: _Ground) -> list[str]:
    lines: list[str] = []
    if before.asked != after.asked:
        lines.append(
            _(
                "The requests ask for %(after)s meetings then; now they ask for %(before)s.",
                after=after.asked,
                before=before.asked,
            )
        )
    lost = before.possible - after.possible - _gone(before, after)
    if lost:
        lines.append(
            ngettext(
                "%(num)s meeting that is asked for has no time left at which all are there.",
                "%(num)s meetings that are asked for have no time left at which all are there.",
                len(lost),
            )
        )
    if after.room < after.asked and after.room < before.room:
        lines.append(
            _(
                "There is room for %(room)s meetings at most then; %(asked)s are asked for.",
                room=after.room,
                asked=after.asked,
            )
        )
    return lines


def _gone(before: _Ground, after: _Ground) -> set[str]:
    """What is not asked for any more; that has been said."""
    return before.possible - {row.id for row in after.proposal.meetings}


def _has_time(meeting: ProposedMeeting, free: Mapping[str, Slots]) -> bool:
    """Somebody of each side is there in one slot."""
    sides = (frozenset().union(*(free[one] for one in side)) for side in meeting.sides)
    return bool(reduce(frozenset.__and__, sides))


def _room(session: Session, event: Event) -> int:
    """The seats of tables and stands in all slots, without those that are closed."""
    on_site = (Place.event_id == event.id, Place.kind.in_(("table", "stand")))
    seats = session.scalar(select(func.sum(Place.capacity)).where(*on_site)) or 0
    slots = session.scalar(select(func.count()).where(Slot.event_id == event.id)) or 0
    closed = session.scalar(
        select(func.sum(Place.capacity))
        .join(
            PlaceClosure,
            (PlaceClosure.event_id == Place.event_id) & (PlaceClosure.place_id == Place.id),
        )
        .where(*on_site)
    )
    return int(seats * slots - (closed or 0))
