"""Actual tables for meetings whose pool of places is known, slot by slot, with few moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from solver.places import Pool
from solver.problem import Meeting, Place, PublishedMeeting
from solver.published import as_placed
from solver.roster import Roster
from solver.schedule import PlacedMeeting


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting with its slot, people and pools, still without a table."""

    meeting: Meeting
    start: int
    participants: tuple[str, ...]
    pool: Pool | None = None
    room: Pool | None = None
    interpreter: str | None = None
    unchanged: bool = False


def seat(
    fixed: Roster, seats: Iterable[Seat], before: dict[str, PlacedMeeting]
) -> list[PlacedMeeting]:
    """All meetings, the fixed ones first seated, in the order of time.

    Where tables are alike, any order of filling them works: meetings that take several slots are
    intervals, and places with published long meetings stand alone in their pools.
    """
    roster = Roster(fixed.possibilities).load(fixed.placed.values())
    waiting = sorted(seats, key=lambda each: (each.start, -each.meeting.length, each.meeting.id))
    for each in waiting:
        entry = _published(roster, each) if each.unchanged else None
        if entry is not None:
            roster.add(as_placed(entry))
    ushers = Ushers(roster)
    for each in waiting:
        if not each.unchanged:
            roster.add(ushers.place(each, before.get(each.meeting.id)))
    return list(roster.schedule())


def _published(roster: Roster, each: Seat) -> PublishedMeeting | None:
    published = roster.possibilities.published
    name = each.meeting.id
    return published.loose.get(name) or published.locked.get(name)


class Ushers:
    """Choose a free table: the one where it was, else where one of its people comes from."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.possibilities = roster.possibilities

    def place(self, each: Seat, before: PlacedMeeting | None) -> PlacedMeeting:
        span = self.possibilities.span(each.meeting, each.start)
        published = _published(self.roster, each)
        known = [row for row in (published, before) if row is not None]
        wanted = [name for row in known for name in (row.place, row.room)]
        place = self._choose(each.pool, span, [*wanted, *self._last_places(each, span)])
        room = self._choose(each.room, span, wanted)
        return PlacedMeeting(
            meeting=each.meeting.id,
            slot=self.roster.problem.slots[each.start].id,
            place=place.id if place else None,
            room=room.id if room else None,
            participants=each.participants,
            interpreter=each.interpreter,
        )

    def _last_places(self, each: Seat, span: tuple[int, ...]) -> list[str | None]:
        session = self.possibilities.session_of[span[0]]
        earlier = [slot for slot in reversed(session) if slot < span[0]]
        return [self._last_place(person, earlier) for person in each.participants]

    def _last_place(self, person: str, earlier: list[int]) -> str | None:
        for slot in earlier:
            for name in self.roster.held[person].get(slot, ()):
                return self.roster.placed[name].place
        return None

    def _choose(
        self, pool: Pool | None, span: tuple[int, ...], wanted: list[str | None]
    ) -> Place | None:
        if pool is None:
            return None
        free = [place for place in pool.places if self._has_room(place, span)]
        preferred = [place for place in free if place.id in wanted]
        preferred.sort(key=lambda place: wanted.index(place.id))
        return [*preferred, *free, *pool.places][0]  # in a full pool the check will object

    def _has_room(self, place: Place, span: tuple[int, ...]) -> bool:
        slots = self.roster.problem.slots
        is_open = self.possibilities.pools.is_open
        return all(
            is_open(place, slots[slot].id) and self.roster.used[place.id, slot] < place.capacity
            for slot in span
        )
