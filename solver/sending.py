"""Sides that send one of several people, told apart: each way to send them as a row of its own.

A delegation's people are busy, absent and at rest one by one, and only some of them may be online
or need an interpreter. What is confined to all of them together says less than what each of them
can take, so that programmes that tell the ways apart have a stronger bound. Where there are many
ways, a meeting stays one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from solver.casts import Cast
from solver.problem import Meeting

if TYPE_CHECKING:
    from solver.possibilities import Possibilities

MOST_WAYS = 6  # of one meeting, to be told apart


class Ways:
    """``rows``: all ways of all meetings, in their order, each with its ``casts`` and ``starts``;
    ``several``: which rows are one meeting's. What can never take place is no row.
    """

    def __init__(self, possibilities: Possibilities, meetings: Iterable[Meeting]) -> None:
        self.possibilities = possibilities
        self.rows: list[Meeting] = []
        self.casts: list[tuple[Cast, ...]] = []
        self.starts: list[tuple[int, ...]] = []
        self.several: list[range] = []
        for meeting in meetings:
            self._tell_apart(meeting)

    def _tell_apart(self, meeting: Meeting) -> None:
        casts = self.possibilities.casts[meeting.id]
        starts = self.possibilities.starts[meeting.id]
        if is_one_way(meeting):
            self._add(meeting, casts, starts)
            return
        first = len(self.rows)
        for way in ways_to_send(meeting):
            sent = [person for (person,) in way.sides]
            self._add(way, _casts_with(sent, casts), self._attended(way, sent, starts))
        if len(self.rows) > first + 1:
            self.several.append(range(first, len(self.rows)))

    def _add(self, row: Meeting, casts: tuple[Cast, ...], starts: tuple[int, ...]) -> None:
        if casts and starts:
            self.rows.append(row)
            self.casts.append(casts)
            self.starts.append(starts)

    def _attended(self, row: Meeting, sent: list[str], starts: tuple[int, ...]) -> tuple[int, ...]:
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


def _casts_with(people: list[str], casts: tuple[Cast, ...]) -> tuple[Cast, ...]:
    return tuple(
        cast
        for cast in casts
        if all(person in side for person, side in zip(people, cast.members, strict=True))
    )
