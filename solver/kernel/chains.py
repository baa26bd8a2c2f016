"""Kempe chains: two slots swapped for all meetings that hang together by shared people.

Meetings are edges (with more than two ends for groups and interpreters), slots are colours. A
swap keeps everybody's load and double-books nobody; all other rules are checked and a swap that
breaks one is taken back.
"""

from __future__ import annotations

from solver.kernel.arrays import (
    JOURNAL,
    LENGTH,
    MOVABLE,
    NONE,
    OF_ATTENDANCE,
    OF_DAYS,
    OF_JOURNAL,
    OF_MEETINGS,
    OF_PEOPLE,
    OF_PLACED,
    OF_SCRATCH,
    OF_STARTS,
    OF_TALLY,
    PEOPLE,
    PRESENT,
    QUEUE,
    ROW,
    SEATS,
    SEEN,
    STAMP,
    START,
    Block,
)
from solver.kernel.checks import obstacle
from solver.kernel.codes import FREE
from solver.kernel.compiling import inner
from solver.kernel.days import has_few_breaks
from solver.kernel.memory import bump, get, holds, put, total, width
from solver.kernel.moves import add, is_nearly_full, remove, undo_to


@inner
def collect_chain(b: Block, meeting: int, there: int, longest: int) -> int:
    """Put the meetings that change places with this one into the queue; return how many.

    0 where the chain is too long or something in it cannot move: a locked or long meeting, or
    one that may not start in the other slot.
    """
    here = get(b, OF_PLACED, meeting, START)
    bump(b, OF_TALLY, STAMP, 0, 1)
    put(b, OF_SCRATCH, 0, QUEUE, meeting)
    put(b, OF_SCRATCH, meeting, SEEN, total(b, STAMP))
    found, done = 1, 0
    while 0 <= done < found:
        one = get(b, OF_SCRATCH, done, QUEUE)
        target = there if get(b, OF_PLACED, one, START) == here else here
        if get(b, OF_MEETINGS, one, LENGTH) > 1 or get(b, OF_MEETINGS, one, MOVABLE) == 0:
            return 0
        if not holds(b, OF_STARTS, one, target):
            return 0
        for column in range(PEOPLE, width(b, OF_PLACED)):
            resource = get(b, OF_PLACED, one, column)
            if resource != NONE:
                found = _follow(b, resource, target, found, longest)
                if found == 0:
                    return 0
        done += 1
    return found


@inner
def _follow(b: Block, resource: int, target: int, found: int, longest: int) -> int:
    """Add what this resource has in the other slot; 0 where that cannot be."""
    if not holds(b, OF_ATTENDANCE, 2 * resource + PRESENT, target):
        return 0
    other = get(b, OF_DAYS, resource, target) - 1
    if get(b, OF_PEOPLE, resource, SEATS) > 1 or other < 0:
        return found
    if get(b, OF_SCRATCH, other, SEEN) == total(b, STAMP):
        return found
    if found >= longest:
        return 0
    put(b, OF_SCRATCH, found, QUEUE, other)
    put(b, OF_SCRATCH, other, SEEN, total(b, STAMP))
    return found + 1


@inner
def swap_chain(b: Block, meeting: int, there: int, longest: int) -> int:
    """Swap the meeting's slot with another along its chain; 0 where a rule forbids it.

    Returns how many meetings moved. The journal has them; breaks are not judged here.
    """
    here = get(b, OF_PLACED, meeting, START)
    moving = collect_chain(b, meeting, there, longest)
    if moving == 0 or is_nearly_full(b, 2 * moving):
        return 0
    mark = total(b, JOURNAL)
    for i in range(moving):
        one = get(b, OF_SCRATCH, i, QUEUE)
        put(b, OF_SCRATCH, one, SEEN, -1 if get(b, OF_PLACED, one, START) == here else -2)
        remove(b, one)
    for i in range(moving):
        one = get(b, OF_SCRATCH, i, QUEUE)
        target = there if get(b, OF_SCRATCH, one, SEEN) == -1 else here
        if obstacle(b, one, target) != FREE:
            undo_to(b, mark)
            return 0
        add(b, one, target)
    return moving


@inner
def are_days_allowed(b: Block, mark: int) -> bool:
    """Have all who were touched since this mark of the journal few enough breaks?

    Those count who were sent at the time: a meeting may have other people now.
    """
    for i in range(mark, total(b, JOURNAL)):
        for column in range(PEOPLE, width(b, OF_PLACED)):
            resource = get(b, OF_JOURNAL, i, ROW + column)
            if resource != NONE and not has_few_breaks(b, resource):
                return False
    return True


@inner
def relocate(b: Block, meeting: int, there: int) -> bool:
    """Move one meeting, with its people and pools, into another slot if no rule forbids it."""
    mark = total(b, JOURNAL)
    if get(b, OF_MEETINGS, meeting, MOVABLE) == 0 or is_nearly_full(b, 2):
        return False
    remove(b, meeting)
    if obstacle(b, meeting, there) == FREE:
        add(b, meeting, there)
        if are_days_allowed(b, mark):
            return True
    undo_to(b, mark)
    return False
