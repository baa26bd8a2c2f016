"""A bound on breaks at once: what each person's day needs even if nobody else had a say in it.

Alone, a person needs as many breaks as the first day has that all their meetings fit in: days are
tried in the order of their breaks, and a bipartite matching says whether the meetings fit
(meetings on one side, busy slots on the other: Kuhn, Naval Research Logistics Quarterly 2, 1955).
Breaks are counted person by person, so that these numbers add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count, islice

from solver.appointments import Appointments
from solver.clock import never

MOST_DAYS, MOST_IN_ALL = 2_000, 10_000  # tried for one person, for all
Slots = int  # a set, a bit per slot


def least_breaks(of: Appointments, late: Callable[[], bool] = never) -> int:
    """So many breaks every schedule has. ``late``: with those people that were looked at."""
    meetings: dict[int, list[list[int]]] = defaultdict(list)
    for pair, starts in zip(of.people, of.starts, strict=True):
        for person in pair:
            meetings[person].append(starts)
    total, left = 0, MOST_IN_ALL
    for person, mine in meetings.items():
        if left == 0 or late():
            break
        least, tried = _least(of.scopes[person], mine, min(MOST_DAYS, left))
        total, left = total + least, left - tried
    return total


def _least(scopes: list[list[int]], meetings: list[list[int]], most: int) -> tuple[int, int]:
    """The breaks of one person, as far as so many days say, and how many were tried."""
    bits = dict(zip((slot for scope in scopes for slot in scope), count(), strict=False))
    if any(slot not in bits for starts in meetings for slot in starts):
        return 0, 0  # where breaks do not count, no day says what is busy
    open_slots = [sum(1 << bits[slot] for slot in starts) for starts in meetings]
    lengths = [len(scope) for scope in scopes]
    tried = 0
    for breaks in range(len(meetings)):
        for day in islice(days(lengths, len(meetings), breaks), most - tried):
            tried += 1
            if fits(open_slots, day):
                return breaks, tried
        if tried == most:
            return breaks, tried
    return 0, tried  # in no day at all: that is for others to say


def days(lengths: list[int], busy: int, breaks: int) -> Iterator[Slots]:
    """Each day of so many busy slots and breaks, over scopes of these lengths."""
    if not lengths:
        yield from [0] * (busy == breaks == 0)
        return
    first, rest = lengths[0], lengths[1:]
    for here in range(max(0, busy - sum(rest)), min(first, busy) + 1):
        for gaps in range(min(breaks, max(0, here - 1)) + 1):
            for later in days(rest, busy - here, breaks - gaps):
                for scope in _runs(first, here, gaps):
                    yield scope | later << first


def _runs(length: int, busy: int, gaps: int) -> Iterator[Slots]:
    """Each way to spread busy slots over one scope with so many gaps between."""
    if gaps == 0:
        starts = range(length - busy + 1) if busy else range(1)
        yield from (((1 << busy) - 1) << start for start in starts)
        return
    for run in range(1, busy - gaps + 1):
        for start in range(length - busy - gaps + 1):
            after = start + run + 1
            for rest in _runs(length - after, busy - run, gaps - 1):
                yield ((1 << run) - 1) << start | rest << after


def fits(open_slots: list[Slots], day: Slots) -> bool:
    """Is there a busy slot for each meeting? As many are busy as there are meetings."""
    covered = 0
    for each in open_slots:
        covered |= each
    if day & ~covered or not all(each & day for each in open_slots):
        return False
    taken: dict[Slots, int] = {}
    return all(_find_slot(number, open_slots, day, taken, [0]) for number in range(len(open_slots)))


def _find_slot(
    meeting: int, open_slots: list[Slots], day: Slots, taken: dict[Slots, int], seen: list[Slots]
) -> bool:
    """A busy slot for the meeting; whoever has it takes another (an augmenting path)."""
    while free := open_slots[meeting] & day & ~seen[0]:
        slot = free & -free
        seen[0] |= slot
        if slot not in taken or _find_slot(taken[slot], open_slots, day, taken, seen):
            taken[slot] = meeting
            return True
    return False
