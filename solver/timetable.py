"""Problems in which only the times are left to decide, as arrays for compiled code.

Every meeting has to take place, lasts one slot, joins two given people with one seat each and has
one pool of places at most; no rule looks at anything but times, places taken and breaks. That is
the literature's problem, and many an event with fixed appointments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.appointments import Appointments
from solver.breaks import scopes
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.seating import Seat, seat

BORDER, END = -1, -2  # in a calendar: here one scope of breaks ends; nothing follows
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Meetings, people, slots and pools by position, in canonical order.

    ``people`` (meetings x 2), ``allowed`` (meetings x slots, 0 or 1), ``pool`` (meetings; -1 none),
    ``capacity`` (pools x slots), ``calendar`` (people x width: the slots in which breaks count,
    with BORDER and END), ``most_breaks`` of a person, ``order`` (pairs: earlier, later meeting).
    """

    possibilities: Possibilities
    people: Integers
    allowed: Integers
    pool: Integers
    capacity: Integers
    calendar: Integers
    most_breaks: int
    order: Integers

    def slots_of(self, placed: Mapping[str, PlacedMeeting]) -> Integers:
        """The slot of each meeting; -1 where it has none."""
        position = self.possibilities.problem.slot_position
        slots = {name: position[each.slot] for name, each in placed.items()}
        meetings = self.possibilities.meetings
        return np.array([slots.get(each.id, -1) for each in meetings], dtype=np.int64)

    def schedule(
        self, slots: Integers | Sequence[int], before: dict[str, PlacedMeeting]
    ) -> list[PlacedMeeting]:
        """The meetings in these slots, with places. ``before``: places to take up again."""
        seats = []
        for meeting, start in zip(self.possibilities.meetings, map(int, slots), strict=True):
            pools = self.possibilities.casts[meeting.id][0].pools
            people = tuple(side[0] for side in meeting.sides)
            seats.append(Seat(meeting, start, people, pools[0] if pools else None))
        return seat(Roster(self.possibilities), seats, before)

    def appointments(self) -> Appointments:
        """The same in plain lists."""
        people = self.possibilities.participants
        return Appointments(
            people=self.people.tolist(),
            starts=[row.nonzero()[0].tolist() for row in self.allowed],
            pool=self.pool.tolist(),
            capacity=self.capacity.tolist(),
            scopes=[[list(each) for each in scopes(self.possibilities, name)] for name in people],
            most_breaks=self.most_breaks,
            order=self.order.tolist(),
        )


def timetable_of(possibilities: Possibilities) -> Timetable | None:
    """None where more than times is to be decided."""
    if possibilities.without or not _is_plain(possibilities):
        return None
    if not all(_has_one_way(possibilities, meeting) for meeting in possibilities.meetings):
        return None
    number = {name: index for index, name in enumerate(possibilities.participants)}
    meetings = possibilities.meetings
    people = [[number[side[0]] for side in meeting.sides] for meeting in meetings]
    pools = possibilities.pools.all
    pool = [
        pools.index(cast.pools[0]) if cast.pools else -1
        for cast in (possibilities.casts[meeting.id][0] for meeting in meetings)
    ]
    allowed = np.zeros((len(meetings), len(possibilities.problem.slots)), dtype=np.int64)
    for index, meeting in enumerate(meetings):
        allowed[index, list(possibilities.starts[meeting.id])] = 1
    cap = possibilities.problem.rules.breaks_per_participant
    return Timetable(
        possibilities=possibilities,
        people=np.array(people, dtype=np.int64),
        allowed=allowed,
        pool=np.array(pool, dtype=np.int64),
        capacity=_table([each.capacity for each in pools], allowed.shape[1]),
        calendar=_calendar(possibilities),
        most_breaks=allowed.shape[1] if cap is None else cap,
        order=_order(meetings),
    )


def _is_plain(possibilities: Possibilities) -> bool:
    problem = possibilities.problem
    rules = problem.rules
    loose = problem.published or problem.limits or problem.exclusive or problem.travel
    return not loose and rules.max_changes is None and bool(possibilities.meetings)


def _has_one_way(possibilities: Possibilities, meeting: Meeting) -> bool:
    casts = possibilities.casts[meeting.id]
    if not meeting.must or meeting.length != 1 or len(meeting.sides) != 2 or len(casts) != 1:
        return False
    (cast,) = casts
    needs = len(cast.pools) > 1 or cast.rooms or cast.interpreters
    return not needs and all(
        len(side) == 1 and _is_simple(possibilities, side[0]) for side in meeting.sides
    )


def _is_simple(possibilities: Possibilities, name: str) -> bool:
    person = possibilities.participants[name]
    most = person.max_meetings
    enough = most is None or most >= possibilities.degree[name]
    return person.seats == 1 and person.max_in_a_row is None and enough


def _table(rows: list[tuple[int, ...]], width: int) -> Integers:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _calendar(possibilities: Possibilities) -> Integers:
    rows = []
    for person in possibilities.participants:
        row = [each for scope in scopes(possibilities, person) for each in (*scope, BORDER)]
        rows.append([*row, END])
    width = max(map(len, rows))
    return np.array([row + [END] * (width - len(row)) for row in rows], dtype=np.int64)


def _order(meetings: Iterable[Meeting]) -> Integers:
    number = {meeting.id: index for index, meeting in enumerate(meetings)}
    pairs = [[number[name], number[later.id]] for later in meetings for name in sorted(later.after)]
    return np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
