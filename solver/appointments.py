"""A timetable in plain lists, and all that it says as clauses.

The encoding follows Bofill and others (JAIR 74, 2022): people of a slot are at most two per place,
places are counted over clusters of meetings that share a person, a person's busy slots are as many
as their meetings. Counts are totalizers and sequential counters, which CaDiCaL gets through about
twice as fast as through sorting networks.
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
        self.counts: dict[int, dict[int, list[int]]] = {}  # of each person, by slot: so many so far
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
        """One meeting at a time, and as many busy slots as meetings; one needs no counter."""
        mine = self.meetings_of[person]
        busy: dict[int, int] = {}
        for slot, literals in self._by_slot(mine).items():
            self.clauses.pairs(literals)
            busy[slot] = self.busy[person, slot] = self.clauses.either(literals)
        if len(mine) > 1:
            counts = self.clauses.exactly(list(busy.values()), len(mine))
            self.counts[person] = dict(zip(busy, counts, strict=False))

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
        unions = [self._union(person, mine) for person, mine in self._clusters(pool)]
        for slot, most in enumerate(capacity):
            on = [each[slot] for each in unions if slot in each]
            self.clauses.at_most_in_turn(on, most)

    def _clusters(self, pool: int) -> list[tuple[int, list[int]]]:
        left = {meeting for meeting, mine in enumerate(self.of.pool) if mine == pool}
        clusters = []
        while left:
            groups = (
                (person, [each for each in self.meetings_of[person] if each in left])
                for person in sorted(self.meetings_of)
            )
            clusters.append(max(groups, key=lambda group: len(group[1])))
            left -= set(clusters[-1][1])
        return clusters

    def _union(self, person: int, meetings: list[int]) -> dict[int, int]:
        """By slot, whether one of these meetings of the person is on."""
        by_slot = self._by_slot(meetings)
        if len(meetings) == len(self.meetings_of[person]):
            return {slot: self.busy[person, slot] for slot in by_slot}
        return {slot: self.clauses.either(literals) for slot, literals in by_slot.items()}

    def _gather(self, slot: int) -> None:
        """No more than two people per place: implied, but unit propagation does not see it."""
        groups = self.groups(slot)
        most = 2 * sum(row[slot] for row in self.of.capacity)
        if -1 not in self.of.pool and most < len(groups):
            here = [self.clauses.either(literals) for literals in groups]
            outputs = self.clauses.total(here, most + 1, both_ways=False)
            self.clauses.add(-outputs[most])

    def groups(self, slot: int) -> list[list[int]]:
        """Who may be there, one at most of each group: those whose only meeting is with the same
        person, or somebody alone.
        """
        groups: dict[int, list[int]] = defaultdict(list)
        for (person, each), literal in sorted(self.busy.items()):
            if each == slot:
                groups[self._group_of(person)].append(literal)
        return list(groups.values())

    def _group_of(self, person: int) -> int:
        """The same for all whose only meeting is with the same person."""
        mine = self.meetings_of[person]
        if len(mine) > 1:
            return person
        one, other = self.of.people[mine[0]]
        return -1 - (other if one == person else one)

    def _pause(self, person: int) -> None:
        """The breaks, each by its end, and no more than a person may have."""
        if len(self.meetings_of[person]) < 2:
            return
        scopes = self.of.scopes[person]
        mine = [each for scope in scopes for each in self._breaks(person, scope)]
        most = min(self.of.most_breaks, len(self.meetings_of[person]) - 1)
        outputs = self.clauses.total(mine, most + 1)
        self.clauses.rows += [[-each] for each in outputs[most:]]
        self.breaks += outputs[:most]
        if outputs and len(scopes) == 1:
            self.broken[person] = outputs[0]

    def _breaks(self, person: int, scope: list[int]) -> list[int]:
        found: list[int] = []
        busy, true = self._busy(person, scope), self.clauses.true
        for started, here, following in zip(
            self._started(person, scope), busy[1:], busy[2:], strict=False
        ):
            needs = [each for each in (started, following, -here) if each != true]
            if -true not in needs:
                ends = self.clauses.new()
                self.clauses.rows += [[-ends, each] for each in needs]
                self.clauses.add(ends, *(-each for each in needs))
                found.append(ends)
        return found

    def _busy(self, person: int, scope: list[int]) -> list[int]:
        return [self.busy.get((person, slot), -self.clauses.true) for slot in scope]

    def _started(self, person: int, scope: list[int]) -> list[int]:
        """By each slot of a scope, in their order, whether the person was busy by then. What the
        counter says of it propagates further than clauses of its own would.
        """
        counts = self.counts[person]
        if not counts.keys() <= set(scope):
            return self._running(self._busy(person, scope))
        row = [self.clauses.true, -self.clauses.true]
        rows = [row := counts.get(slot, row) for slot in scope]
        return [row[1] for row in rows]

    def _ongoing(self, person: int, scope: list[int]) -> list[int]:
        """In each slot, whether the person is busy there or later."""
        counts, length = self.counts[person], len(self.meetings_of[person])
        if not counts.keys() <= set(scope):
            return self._running(self._busy(person, scope)[::-1])[::-1]
        row = [-self.clauses.true] * (length + 1)
        rows = [row, *(row := counts.get(slot, row) for slot in scope)]
        return [-row[length] for row in rows[:-1]]

    def _running(self, busy: list[int]) -> list[int]:
        """Whether one of these was true so far."""
        never = before = -self.clauses.true
        found: list[int] = []
        for each in busy:
            known = [one for one in (before, each) if one != never]
            before = self.clauses.either(known) if known else never
            found.append(before)
        return found

    def _block(self, person: int, scope: list[int], broken: int) -> None:
        """No break: between two busy slots nothing is idle, and they are not too far apart."""
        busy = self._busy(person, scope)
        ongoing = self._ongoing(person, scope)
        length = len(self.meetings_of[person])
        for first, started in enumerate(self._started(person, scope)):
            for last, inside in ((first + 2, busy[first + 1 : first + 2]), (first + length, [])):
                if last < len(scope):
                    self.clauses.add_open(-started, -ongoing[last], broken, *inside)
