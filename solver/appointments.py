"""A timetable in plain lists, and all that it says as clauses.

The encoding follows Bofill and others (JAIR 74, 2022): people of a slot are even in number and at
most two per place, places are counted over clusters of meetings that share a person, a person's
busy slots are as many as their meetings. Counts are totalizers and sequential counters, which
CaDiCaL gets through about twice as fast as through sorting networks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from solver.clauses import Clauses


@dataclass(frozen=True, slots=True)
class Appointments:
    """Meetings, people, slots and pools of places by position.

    ``people`` (two of each meeting), ``starts`` (slots of each meeting), ``pool`` (-1: none),
    ``capacity`` (pools x slots), ``scopes`` (of each person, the runs of slots in which breaks
    count), ``most_breaks`` of a person, ``order`` (pairs: earlier, later meeting).
    """

    people: list[list[int]]
    starts: list[list[int]]
    pool: list[int]
    capacity: list[list[int]]
    scopes: list[list[list[int]]]
    most_breaks: int
    order: list[list[int]]


class Encoding:
    """``clauses``, ``begins`` (of each meeting, by slot, that it is there) and ``breaks``: as
    many of these literals are true as there are breaks.

    """

    def __init__(self, appointments: Appointments) -> None:
        self.of = appointments
        self.clauses = Clauses()
        self.begins = [{slot: self.clauses.new() for slot in row} for row in appointments.starts]
        self.meetings_of: dict[int, list[int]] = defaultdict(list)
        for meeting, pair in enumerate(appointments.people):
            for person in pair:
                self.meetings_of[person].append(meeting)
        self.busy: dict[tuple[int, int], int] = {}
        self.breaks: list[int] = []
        self.broken: dict[int, int] = {}  # of each person who may have one: that there is a break
        self._begin()
        self._follow()
        for person in sorted(self.meetings_of):
            self._attend(person)
        for pool, capacity in enumerate(appointments.capacity):
            self._seat(pool, capacity)
        for slot in sorted({slot for _, slot in self.busy}):
            self._gather(slot)
        for person in sorted(self.meetings_of):
            self._pause(person)

    def add_blocks(self) -> None:
        """Also that the day of somebody without a break is one block. That follows from the rest;
        mostly it helps, but where any schedule is asked for it may be in the way.
        """
        for person, broken in self.broken.items():
            self._block(person, self.of.scopes[person][0], broken)

    def _begin(self) -> None:
        for row in self.begins:
            self.clauses.add(*row.values())
            self.clauses.pairs(list(row.values()))

    def _attend(self, person: int) -> None:
        """One meeting at a time, and as many busy slots as meetings."""
        mine = self.meetings_of[person]
        for slot, literals in self._by_slot(mine).items():
            self.clauses.pairs(literals)
            self.busy[person, slot] = self.clauses.either(literals)
        slots = sorted(slot for each, slot in self.busy if each == person)
        self.clauses.exactly([self.busy[person, slot] for slot in slots], len(mine))

    def _by_slot(self, meetings: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for meeting in meetings:
            for slot, literal in self.begins[meeting].items():
                found[slot].append(literal)
        return dict(sorted(found.items()))

    def _follow(self) -> None:
        for earlier, later in self.of.order:
            first, second = self.begins[earlier], self.begins[later]
            for slot, literal in second.items():
                self.clauses.add(-literal, *(first[each] for each in first if each < slot))
            for slot, literal in first.items():
                self.clauses.add(-literal, *(second[each] for each in second if each > slot))

    def _seat(self, pool: int, capacity: list[int]) -> None:
        """Count clusters of meetings that share a person: one at most of each is on."""
        unions = [self._by_slot(each) for each in self._clusters(pool)]
        for slot, most in enumerate(capacity):
            on = [self.clauses.either(each[slot]) for each in unions if slot in each]
            self.clauses.at_most_in_turn(on, most)

    def _clusters(self, pool: int) -> list[list[int]]:
        left = {meeting for meeting, mine in enumerate(self.of.pool) if mine == pool}
        clusters = []
        while left:
            groups = (
                [each for each in self.meetings_of[person] if each in left]
                for person in sorted(self.meetings_of)
            )
            clusters.append(max(groups, key=len))
            left -= set(clusters[-1])
        return clusters

    def _gather(self, slot: int) -> None:
        """An even number of people, and no more than two per place."""
        here = [literal for (_, each), literal in sorted(self.busy.items()) if each == slot]
        most = len(here)
        if -1 not in self.of.pool:
            most = min(most, 2 * sum(row[slot] for row in self.of.capacity))
        outputs = self.clauses.total(here, most + 1)
        self.clauses.rows += [[-each] for each in outputs[most:]]
        for index in range(0, len(outputs), 2):
            self.clauses.add(-outputs[index], *outputs[index + 1 : index + 2])

    def _pause(self, person: int) -> None:
        """The breaks, each by its end, and no more than a person may have."""
        scopes = self.of.scopes[person]
        mine = [each for scope in scopes for each in self._breaks(person, scope)]
        most = self.of.most_breaks
        outputs = self.clauses.total(mine, most + 1)
        self.clauses.rows += [[-each] for each in outputs[most:]]
        self.breaks += outputs[:most]
        if outputs and len(scopes) == 1:
            self.broken[person] = outputs[0]

    def _breaks(self, person: int, scope: list[int]) -> list[int]:
        found: list[int] = []
        busy = [self.busy.get((person, slot)) for slot in scope]
        for started, here, following in zip(self._running(busy), busy[1:], busy[2:], strict=False):
            if started is not None and following is not None and here != started:
                ends = self.clauses.new()
                needs = [started, following, *([] if here is None else [-here])]
                self.clauses.rows += [[-ends, each] for each in needs]
                self.clauses.add(ends, *(-each for each in needs))
                found.append(ends)
        return found

    def _running(self, busy: list[int | None]) -> list[int | None]:
        """Whether somebody was busy by then."""
        found: list[int | None] = []
        for each in busy:
            known = [one for one in (found[-1] if found else None, each) if one is not None]
            found.append(self.clauses.either(known) if known else None)
        return found

    def _block(self, person: int, scope: list[int], broken: int) -> None:
        """No break: between two busy slots nothing is idle, and they are not too far apart."""
        busy = [self.busy.get((person, slot)) for slot in scope]
        started = self._running(busy)
        later = self._running(busy[::-1])[::-1]
        length = len(self.meetings_of[person])
        for first, start in enumerate(started):
            for last, inside in ((first + 2, busy[first + 1 : first + 2]), (first + length, [])):
                end = later[last] if last < len(later) else None
                if start is not None and end is not None:
                    known = [each for each in inside if each is not None]
                    self.clauses.add(-start, -end, broken, *known)
