"""Breaks and runs of one participant's day, counted on plain sets of busy slots."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.possibilities import Possibilities


def scopes(possibilities: Possibilities, person: str) -> Iterator[tuple[int, ...]]:
    """The slots of each session, day or the event in which breaks of a participant count.

    Slots of absence are left out, unless the problem says that absence is idle time or a kept
    meeting is in them.
    """
    problem = possibilities.problem
    rules = problem.rules
    kept = possibilities.kept_slots.get(person, frozenset())
    skipped = frozenset() if rules.absence_is_idle else possibilities.absent[person] - kept
    groups: dict[object, list[int]] = {}
    for position, slot in enumerate(problem.slots):
        keys = {"session": slot.session, "day": slot.start.date(), "event": None}
        if position not in skipped:
            groups.setdefault(keys[rules.breaks_within], []).append(position)
    for group in groups.values():
        yield tuple(group)


def count_breaks(busy: Collection[int], scope: tuple[int, ...]) -> int:
    """Maximal idle runs strictly between two busy slots."""
    held = [index for index, slot in enumerate(scope) if slot in busy]
    return sum(1 for earlier, later in pairwise(held) if later - earlier > 1)


def breaks_of(possibilities: Possibilities, person: str, busy: Collection[int]) -> int:
    return sum(count_breaks(busy, scope) for scope in scopes(possibilities, person))


def run_around(busy: Collection[int], session: tuple[int, ...], slot: int) -> int:
    """How many consecutive busy slots of the session there are around this one."""
    index = first = last = session.index(slot)
    while first > 0 and session[first - 1] in busy:
        first -= 1
    while last < len(session) - 1 and session[last + 1] in busy:
        last += 1
    return last - first + 1 if session[index] in busy else 0
