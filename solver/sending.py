"""Sides that send one of several people, told apart: each way to send them as a row of its own.

A delegation's people are busy, absent and at rest one by one. What is confined to all of them
together says less than what each of them can take, so that programmes that tell the ways apart
have a stronger bound. Where there are many ways, a meeting stays one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import prod

from solver.problem import Meeting

MOST_WAYS = 6  # of one meeting, to be told apart


def ways_to_send(meeting: Meeting) -> Iterator[Meeting]:
    """The meeting with one person on each side, for each choice of people; or as it is."""
    if all(len(side) == 1 for side in meeting.sides) or count_ways(meeting) == 1:
        yield meeting
        return
    for people in product(*meeting.sides):
        if len(set(people)) == len(people):
            yield replace(meeting, sides=tuple((name,) for name in people))


def count_ways(meeting: Meeting) -> int:
    """Rows that the meeting becomes, at most."""
    number = prod(map(len, meeting.sides))
    return number if number <= MOST_WAYS else 1


def told_apart(meetings: Iterable[Meeting]) -> tuple[list[Meeting], list[range]]:
    """All ways of all meetings, in their order, and which of them are one meeting's."""
    rows: list[Meeting] = []
    several: list[range] = []
    for meeting in meetings:
        first = len(rows)
        rows.extend(ways_to_send(meeting))
        if len(rows) > first + 1:
            several.append(range(first, len(rows)))
    return rows, several
