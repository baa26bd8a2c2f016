"""``travel`` told as sums: whoever goes to two zones in one session loses the slots of the way.

Who attends one session only has less time for both zones with any two meetings that can only be
held apart. Who attends several may be in one zone in each, but where there is too little to do in
a zone to fill a session with it, one meeting there costs a way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.sending import Ways

MOST_PAIRS = 200  # of meetings, of one person
Zones = frozenset[str | None]


@dataclass(frozen=True)
class Visits:
    """A person's slots, session by session, and the rows of their meetings by where they may be:
    here or there; only in one of both; at least perhaps in it.
    """

    sessions: list[list[int]]
    either: list[int]
    only: tuple[list[int], list[int]]
    maybe: tuple[list[int], list[int]]

    @property
    def slots(self) -> int:
        return sum(map(len, self.sessions))


class Travel:
    def __init__(self, possibilities: Possibilities, ways: Ways, capacities: Capacities) -> None:
        self.possibilities = possibilities
        self.ways = ways
        self.capacities = capacities
        self.rows_of = self._rows_of_people()

    def limit(self, pair: tuple[str, str], walk: int) -> None:
        for person, rows in self.rows_of.items():
            visits = self._visits(person, rows, pair)
            if visits.only[0] or visits.only[1]:
                self._limit_pairs(visits, walk)
                self._limit_lone(visits, walk)

    def _limit_pairs(self, visits: Visits, walk: int) -> None:
        if len(visits.sessions) != 1 or len(visits.only[0]) * len(visits.only[1]) > MOST_PAIRS:
            return
        loss = visits.slots - most_in_two_zones(visits.sessions[0], walk)
        for both in product(*visits.only) if loss else ():
            self._add(visits, visits.slots + loss, both, loss)

    def _limit_lone(self, visits: Visits, walk: int) -> None:
        """Each session is full in one zone, or there is a way in it; that with the lone meeting
        in the cheaper of both manners.
        """
        for only, maybe in zip(visits.only, visits.maybe, strict=True):
            busy = {self.ways.rows[row].id: self.ways.rows[row].length for row in maybe}
            much = sum(busy.values())
            losses = (
                len(slots) - max(min(len(slots), much), most_in_two_zones(slots, walk))
                for slots in visits.sessions
            )
            loss = min(losses, default=0)
            for row in only if loss else ():
                self._add(visits, visits.slots, (row,), loss)

    def _add(self, visits: Visits, limit: int, dear: tuple[int, ...], loss: int) -> None:
        """These cost so much more."""
        group = self.capacities.number(limit)
        for row in visits.either:
            times = self.ways.rows[row].length + (loss if row in dear else 0)
            self.capacities.in_all.add(row, group, times)

    def _visits(self, person: str, rows: list[tuple[int, Zones]], pair: tuple[str, str]) -> Visits:
        there = self.possibilities.future - self.possibilities.absent[person]
        sessions = (
            [index for index, slot in enumerate(session) if slot in there]
            for session in self.possibilities.sessions
        )
        here = [(row, zones) for row, zones in rows if zones <= set(pair)]
        first, second = pair
        return Visits(
            [slots for slots in sessions if slots],
            [row for row, _ in here],
            ([row for row, z in here if z == {first}], [row for row, z in here if z == {second}]),
            ([row for row, z in here if first in z], [row for row, z in here if second in z]),
        )

    def _rows_of_people(self) -> dict[str, list[tuple[int, Zones]]]:
        """Of those who walk and have not begun."""
        found: dict[str, list[tuple[int, Zones]]] = defaultdict(list)
        ways = enumerate(zip(self.ways.rows, self.ways.casts, strict=True))
        for row, (meeting, casts) in ways:
            zones = frozenset(pool.zone for cast in casts for pool in cast.pools)
            if zones and all(cast.pools for cast in casts):
                for side in meeting.sides:
                    if len(side) == 1 and self._walks(side[0]):
                        found[side[0]].append((row, zones))
        return found

    def _walks(self, name: str) -> bool:
        person = self.possibilities.participants[name]
        return person.seats == 1 and not person.remote and not self.possibilities.begun[name]


def limit_travel(possibilities: Possibilities, ways: Ways, capacities: Capacities) -> None:
    roads = [
        road
        for road in possibilities.problem.travel
        if road.slots and road.origin != road.destination
    ]
    if roads:
        travel = Travel(possibilities, ways, capacities)
        for road in roads:
            travel.limit((road.origin, road.destination), road.slots)


def most_in_two_zones(positions: Iterable[int], walk: int) -> int:
    """How many of these slots of a session can be used in two zones, with one in each at least.

    One walk is enough for the most: all before it in one zone, all after it in the other.
    """
    slots = sorted(positions)
    counts = []
    for last in slots:
        before = sum(1 for slot in slots if slot <= last)
        after = sum(1 for slot in slots if slot > last + walk)
        counts.append(before + after if after else 0)
    return max(counts, default=0)
