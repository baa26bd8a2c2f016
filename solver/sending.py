"""Ways in which meetings can take place, told apart: each as a row of its own.

A delegation's people are busy, absent and at rest one by one, and only some of them may be online
or need an interpreter. What is confined to all of them together says less than what each of them
can take, so that programmes that tell the ways apart have a stronger bound. Where there are many
ways, a meeting stays one row.

Of some people sessions and halls are told apart as well: what ways cost them depends on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from solver.casts import Cast
from solver.problem import Meeting

if TYPE_CHECKING:
    from solver.possibilities import Possibilities

MOST_WAYS = 6  # of one meeting, to be told apart
Casts = tuple[Cast, ...]
Starts = tuple[int, ...]
Way = tuple[Meeting, Casts, Starts]


class Ways:
    """``rows``: all ways of all meetings, in their order, each with its ``casts`` and ``starts``;
    ``several``: which rows are one meeting's. What can never take place is no row.
    """

    def __init__(
        self,
        possibilities: Possibilities,
        meetings: Iterable[Meeting],
        apart: Collection[str] = (),
    ) -> None:
        """``apart``: people of whose meetings each session is a row of its own, and each zone
        where two of them meet.
        """
        self.possibilities = possibilities
        self.apart = apart
        self.rows: list[Meeting] = []
        self.casts: list[Casts] = []
        self.starts: list[Starts] = []
        self.several: list[range] = []
        for meeting in meetings:
            self._tell_apart(meeting)

    def _tell_apart(self, meeting: Meeting) -> None:
        if not self.apart and is_one_way(meeting):  # nearly always
            known = self.possibilities
            self._add(meeting, known.casts[meeting.id], known.starts[meeting.id])
            return
        first = len(self.rows)
        for way in self._ways_of(meeting):
            for row in self._days_of(*way):
                self._add(*row)
        if len(self.rows) > first + 1:
            self.several.append(range(first, len(self.rows)))

    def _ways_of(self, meeting: Meeting) -> Iterator[Way]:
        casts = self.possibilities.casts[meeting.id]
        starts = self.possibilities.starts[meeting.id]
        if is_one_way(meeting):
            yield meeting, casts, starts
            return
        for way in ways_to_send(meeting):
            sent = [person for (person,) in way.sides]
            yield way, _casts_with(sent, casts), self._attended(way, sent, starts)

    def _days_of(self, row: Meeting, casts: Casts, starts: Starts) -> Iterator[Way]:
        """The same row in each session, where somebody's days are told apart; where those of both
        sides are, in each zone as well: what one of them does beside binds the other.
        """
        apart = sum(len(side) == 1 and side[0] in self.apart for side in row.sides)
        if not apart:
            yield row, casts, starts
            return
        for session in self.possibilities.sessions:
            for there in _by_zone(casts) if apart > 1 else [casts]:
                yield row, there, tuple(start for start in starts if start in session)

    def _add(self, row: Meeting, casts: Casts, starts: Starts) -> None:
        if casts and starts:
            self.rows.append(row)
            self.casts.append(casts)
            self.starts.append(starts)

    def _attended(self, row: Meeting, sent: list[str], starts: Starts) -> Starts:
        """Of these starts those for which everybody sent is there throughout."""
        known = self.possibilities
        gone: set[int] = set()
        if known.enforces("absent"):
            gone.update(*(known.absent[person] for person in sent))
        if row.length == 1:
            return tuple(start for start in starts if start not in gone) if gone else starts
        return tuple(start for start in starts if gone.isdisjoint(known.span(row, start)))


def is_one_way(meeting: Meeting) -> bool:
    """Is there nothing to choose, or too much?"""
    return count_ways(meeting) == 1


def ways_to_send(meeting: Meeting) -> Iterator[Meeting]:
    """The meeting with one person on each side, for each choice of people."""
    for people in product(*meeting.sides):
        if len(set(people)) == len(people):
            yield replace(meeting, sides=tuple((name,) for name in people))


def count_ways(meeting: Meeting) -> int:
    """Rows that the meeting becomes, at most."""
    number = prod(map(len, meeting.sides))
    return number if number <= MOST_WAYS else 1


def _by_zone(casts: Casts) -> list[Casts]:
    """The same choices of people, in each zone by itself; those without a place are together."""
    zones = dict.fromkeys(pool.zone for cast in casts for pool in cast.pools)
    nowhere = tuple(cast for cast in casts if not cast.pools)
    found = [tuple(_within(zone, casts)) for zone in zones]
    return [*found, nowhere] if nowhere else found


def _within(zone: str | None, casts: Casts) -> Iterator[Cast]:
    for cast in casts:
        pools = tuple(pool for pool in cast.pools if pool.zone == zone)
        if pools:
            yield replace(cast, pools=pools)


def _casts_with(people: list[str], casts: Casts) -> Casts:
    return tuple(
        cast
        for cast in casts
        if all(person in side for person, side in zip(people, cast.members, strict=True))
    )
