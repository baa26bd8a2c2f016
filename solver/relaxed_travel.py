"""``travel`` told as sums: whoever goes to two zones in one session loses the slots of the way.

Two meetings that can only be held in zones apart and only in the same session leave less time for
others. Where there is too little to do in a zone to fill a session with it, one meeting there
costs a way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.relaxed_sessions import sessions_of
from solver.sending import Ways

MOST_ENTRIES = 5_000  # of rows for the pairs of one person, session and road
MOST_TOLD_APART = 100_000  # of all people together whose sessions are told apart
MOST_REMEMBERED = 10_000  # sessions as somebody attends them
Zones = frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """A row that needs a person: zones and sessions in which it may be."""

    row: int
    zones: Zones
    sessions: frozenset[int]
    length: int


class Travel:
    def __init__(self, possibilities: Possibilities, ways: Ways, capacities: Capacities) -> None:
        self.possibilities = possibilities
        self.rows = ways.rows
        self.apart = ways.apart
        self.left = MOST_TOLD_APART
        self.capacities = capacities
        self.visits = self._visits(ways)

    def limit(self, pair: tuple[str, str], walk: int) -> None:
        """What everybody can do in these two zones."""
        zones = frozenset(pair)
        for person, visits in self.visits.items():
            here = [visit for visit in visits if visit.zones <= zones]
            slots = self._attended(person)
            if person not in self.apart and _has_time_for_a_way(slots, here):
                continue
            afford = self._afford if person in self.apart else _is_cheap
            day = Day(slots, here, walk, afford)
            for limit in [*day.limit_pairs(pair), *day.limit_lone(pair, self.rows)]:
                self._add(limit)

    def _afford(self, entries: int) -> bool:
        """Out of what is left for everybody whose sessions are told apart."""
        if entries > self.left:
            return False
        self.left -= entries
        return True

    def _add(self, limit: Limit) -> None:
        """Not what no schedule could break."""
        if limit.load + limit.loss * len(limit.dear) <= limit.most:
            return
        group = self.capacities.number(limit.most)
        for visit in limit.visits:
            times = visit.length + (limit.loss if visit.row in limit.dear else 0)
            self.capacities.in_all.add(visit.row, group, times)

    def _attended(self, person: str) -> dict[int, list[int]]:
        """Of each session the slots in which somebody may meet, from its beginning."""
        there = self.possibilities.future - self.possibilities.absent[person]
        return {
            number: [index for index, slot in enumerate(session) if slot in there]
            for number, session in enumerate(self.possibilities.sessions)
        }

    def _visits(self, ways: Ways) -> dict[str, list[Visit]]:
        """Of those who walk and have not begun."""
        sessions = sessions_of(self.possibilities, ways)
        found: dict[str, list[Visit]] = defaultdict(list)
        for row, casts in enumerate(ways.casts):
            zones = frozenset(pool.zone for cast in casts for pool in cast.pools)
            if not zones or not all(cast.pools for cast in casts):
                continue
            for side in ways.rows[row].sides:
                if len(side) == 1 and self._walks(side[0]):
                    length = self.rows[row].length
                    found[side[0]].append(Visit(row, zones, sessions[row], length))
        return found

    def _walks(self, name: str) -> bool:
        person = self.possibilities.participants[name]
        return person.seats == 1 and not person.remote and not self.possibilities.begun[name]


@dataclass(frozen=True, slots=True)
class Limit:
    """``visits`` take ``most`` slots at most, where ``dear`` ones cost ``loss`` more each.

    ``load``: what they take without that.
    """

    visits: list[Visit]
    load: int
    most: int
    dear: tuple[int, ...]
    loss: int


class Day:
    """One person's time for two zones with a walk between them."""

    def __init__(
        self,
        slots: dict[int, list[int]],
        visits: list[Visit],
        walk: int,
        afford: Callable[[int], bool],
    ) -> None:
        """``afford``: may rows have so many entries more?"""
        self.afford = afford
        self.slots = slots
        self.visits = visits
        self.apart = {each: most_in_two_zones(tuple(mine), walk) for each, mine in slots.items()}
        self.all = sum(map(len, slots.values()))

    def limit_pairs(self, pair: tuple[str, str]) -> Iterator[Limit]:
        """Both of two meetings: their session has a way in it."""
        for session, slots in self.slots.items():
            loss = len(slots) - self.apart[session]
            first, second = (self._only(zone, session) for zone in pair)
            visits, time = self._beside(session)
            if loss and self.afford(len(first) * len(second) * len(visits)):
                load = _load(visits)
                for both in product(first, second):
                    yield Limit(visits, load, time + loss, both, loss)

    def _beside(self, session: int) -> tuple[list[Visit], int]:
        """What shares the time of a session, and how much of it there is: its own visits, where
        of all is known to which session they belong.
        """
        if any(len(each.sessions) > 1 for each in self.visits):
            return self.visits, self.all
        mine = [each for each in self.visits if session in each.sessions]
        return mine, len(self.slots[session])

    def _only(self, zone: str, session: int) -> list[int]:
        wanted = frozenset((zone,)), frozenset((session,))
        return [each.row for each in self.visits if (each.zones, each.sessions) == wanted]

    def limit_lone(self, pair: tuple[str, str], rows: list[Meeting]) -> Iterator[Limit]:
        """One meeting: its session has nothing but this zone's in it, or there is a way."""
        load = _load(self.visits)
        for zone in pair:
            losses = {session: self._loss(zone, session, rows) for session in self.slots}
            for each in self.visits:
                loss = min(losses[session] for session in each.sessions)
                if each.zones == {zone} and loss:
                    yield Limit(self.visits, load, self.all, (each.row,), loss)

    def _loss(self, zone: str, session: int, rows: list[Meeting]) -> int:
        maybe = (
            each.row for each in self.visits if zone in each.zones and session in each.sessions
        )
        much = sum({rows[row].id: rows[row].length for row in maybe}.values())
        slots = len(self.slots[session])
        return slots - max(min(slots, much), self.apart[session])


def _has_time_for_a_way(slots: dict[int, list[int]], visits: list[Visit]) -> bool:
    """However much of a session it takes: no row could be broken. Rows of one session ask more."""
    numbers = [len(mine) for mine in slots.values()]
    if all(len(each.sessions) == 1 for each in visits):
        return False
    return _load(visits) + max(numbers, default=0) <= sum(numbers)


def _load(visits: list[Visit]) -> int:
    return sum(visit.length for visit in visits)


def _is_cheap(entries: int) -> bool:
    return entries <= MOST_ENTRIES


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


@lru_cache(MOST_REMEMBERED)
def most_in_two_zones(slots: tuple[int, ...], walk: int) -> int:
    """How many of these slots of a session can be used in two zones, with one in each at least.

    One walk is enough for the most: all before it in one zone, all after it in the other.
    """
    counts = []
    for last in slots:
        before = sum(1 for slot in slots if slot <= last)
        after = sum(1 for slot in slots if slot > last + walk)
        counts.append(before + after if after else 0)
    return max(counts, default=0)
