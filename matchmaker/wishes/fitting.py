"""How many of somebody's wishes can take place beside each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Slot
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Slots, present_slots
from matchmaker.wishes.models import Wish
from matchmaker.wishes.queries import refusing

Seat = tuple[str, int]  # a slot, and which of my meetings in it
People = dict[str, str | None]  # with their organisations


@dataclass(frozen=True)
class Fit:
    """``fit`` is exact for this person alone: no schedule gives more of these wishes, and what
    other people wish may give fewer.
    """

    wishes: int
    fit: int
    slots: int  # in which I can meet
    most: int | None  # meetings that I want at most


def fit_of(
    session: Session, me: Participant, wishes: Sequence[Wish], *, mine: Slots | None = None
) -> Fit | None:
    """Of these wishes of mine, with whoever can meet me at a time at which I can, or could with
    these slots; None while the event has no times.
    """
    if session.scalar(select(Slot.id).where(Slot.event_id == me.event_id).limit(1)) is None:
        return None
    people = _asked(session, me, wishes)
    free = present_slots(session, me.event_id, {me.id, *people})
    mine = free[me.id] if mine is None else mine
    possible = [
        frozenset().union(*(free[name] for name in _meant(wish, people))) & mine for wish in wishes
    ]
    fit = most_beside_each_other(possible, me.seats)
    most = me.max_meetings
    return Fit(len(wishes), fit if most is None else min(fit, most), len(mine), most)


def most_beside_each_other(possible: Sequence[Slots], seats: int = 1) -> int:
    """How many of these can have a slot of their own, ``seats`` in each slot: a largest matching
    between meetings and slots.
    """
    taken: dict[Seat, int] = {}
    return sum(_place(number, possible, seats, taken) for number in range(len(possible)))


def _place(number: int, possible: Sequence[Slots], seats: int, taken: dict[Seat, int]) -> bool:
    """Give it a seat, where needed by moving others on along the shortest chain."""
    came_from: dict[Seat, int] = {}
    waiting = deque([number])
    while waiting:
        mover = waiting.popleft()
        for seat in product(sorted(possible[mover]), range(seats)):
            if seat in came_from:
                continue
            came_from[seat] = mover
            if seat not in taken:
                _move_on(seat, number, came_from, taken)
                return True
            waiting.append(taken[seat])
    return False


def _move_on(seat: Seat, first: int, came_from: dict[Seat, int], taken: dict[Seat, int]) -> None:
    held = {mover: place for place, mover in taken.items()}
    while True:
        mover = came_from[seat]
        taken[seat] = mover
        if mover == first:
            return
        seat = held[mover]


def _asked(session: Session, me: Participant, wishes: Sequence[Wish]) -> People:
    """Whoever could come: they take part and have not said never. To me the two look alike."""
    names = {wish.to_id for wish in wishes if wish.to_id}
    houses = {wish.to_organisation_id for wish in wishes if wish.to_organisation_id}
    rows = session.execute(
        select(Participant.id, Participant.organisation_id)
        .where(Participant.event_id == me.event_id, Participant.state == "validated")
        .where(or_(Participant.id.in_(names), Participant.organisation_id.in_(houses)))
    ).all()
    refusing_me = refusing(session, me)
    return {row.id: row.organisation_id for row in rows if row.id not in refusing_me}


def _meant(wish: Wish, people: People) -> list[str]:
    if wish.to_id is not None:
        return [wish.to_id] if wish.to_id in people else []
    return [name for name, house in people.items() if house == wish.to_organisation_id]
