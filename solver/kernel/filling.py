"""Annealing of what takes place: meetings push each other out until the best ones are in.

Kirkpatrick, Gelatt and Vecchi (1983): a change for the worse is taken with probability
exp(loss / temperature). Equal changes are always taken, which is what carries the search across
the wide plains of meetings that weigh the same.
"""

from __future__ import annotations

from math import exp

from solver.kernel.arrays import (
    ADDED,
    JOURNAL,
    MEETING,
    NONE,
    OF_COUNTS,
    OF_JOURNAL,
    OF_MEETINGS,
    OF_PLACED,
    OF_SLOTS,
    OF_STARTS,
    PEOPLE,
    PLACED_MUSTS,
    PLACED_WEIGHT,
    ROW,
    START,
    WEIGHT,
    Block,
    Ints,
)
from solver.kernel.chance import draw, fraction
from solver.kernel.compiling import inner
from solver.kernel.memory import bump, get, holds, rows, total, width
from solver.kernel.moves import commit, undo_to
from solver.kernel.pushing import push_in, seat_again

# Rows of ``waiting``: meetings that are not placed, their number last; the place of each in
# that row, NONE for placed ones; then scratch, zeros
WAITING, POSITION, OFFSET = range(3)
ATTEMPTS, UNIT, INSISTENCE = range(3)  # entries of ``task``


@inner
def fill(b: Block, d: Ints, worth: Ints, waiting: Ints, task: Ints, temperature: float) -> int:
    """Attempts to put a waiting meeting in; return what all of them gained.

    ``worth`` [R, N]: what it is worth that a participant has n meetings, N - 1 or more in the
    last column. ``waiting`` [3, max(M, R) + 1]. ``task``: how many attempts, what a unit of
    weight is worth, and how much heavier each attempt in vain makes its meeting. ``d``: see
    :func:`solver.kernel.directory.directory`.
    """
    gained = 0
    for _ in range(task[ATTEMPTS]):
        if waiting[WAITING, -1] == 0:
            break
        meeting = waiting[WAITING, draw(b, waiting[WAITING, -1])]
        start = draw_start(b, meeting)
        if start == NONE:
            continue
        commit(b)
        weight, musts = total(b, PLACED_WEIGHT), total(b, PLACED_MUSTS)
        if push_in(b, d, meeting, start) and seat_again(b, 0):
            gain = task[UNIT] * (total(b, PLACED_WEIGHT) - weight) + _worth_of_people(
                b, worth, waiting
            )
            if total(b, PLACED_MUSTS) >= musts and is_taken(b, gain, temperature):
                gained += gain
                _note_waiting(b, waiting)
                continue
        undo_to(b, 0)
        bump(b, OF_MEETINGS, meeting, WEIGHT, task[INSISTENCE])
    commit(b)
    return gained


@inner
def draw_start(b: Block, meeting: int) -> int:
    """A slot in which the meeting may start; NONE where there is none."""
    slots = rows(b, OF_SLOTS)
    offset = draw(b, slots)
    for i in range(slots):
        if holds(b, OF_STARTS, meeting, (i + offset) % slots):
            return (i + offset) % slots
    return NONE


@inner
def is_taken(b: Block, gain: int, temperature: float) -> bool:
    if gain >= 0:
        return True
    return temperature > 0.0 and fraction(b) < exp(gain / temperature)


@inner
def _worth_of_people(b: Block, worth: Ints, waiting: Ints) -> int:
    """What the journal's changes are worth to the participants, read backwards from now."""
    gain, most = 0, worth.shape[1] - 1
    last = width(b, OF_JOURNAL) - 1
    for k in range(total(b, JOURNAL)):
        i = total(b, JOURNAL) - 1 - k
        by = -1 if get(b, OF_JOURNAL, i, ADDED) else 1
        for column in range(ROW + PEOPLE, last):
            person = get(b, OF_JOURNAL, i, column)
            if person != NONE:
                now = get(b, OF_COUNTS, person, 0) + waiting[OFFSET, person]
                gain += worth[person, min(now, most)] - worth[person, min(now + by, most)]
                waiting[OFFSET, person] += by
    for i in range(total(b, JOURNAL)):
        for column in range(ROW + PEOPLE, last):
            if get(b, OF_JOURNAL, i, column) != NONE:
                waiting[OFFSET, get(b, OF_JOURNAL, i, column)] = 0
    return gain


@inner
def _note_waiting(b: Block, waiting: Ints) -> None:
    for i in range(total(b, JOURNAL)):
        meeting = get(b, OF_JOURNAL, i, MEETING)
        place, is_placed = waiting[POSITION, meeting], get(b, OF_PLACED, meeting, START) != NONE
        if not is_placed and place == NONE:
            waiting[WAITING, waiting[WAITING, -1]] = meeting
            waiting[POSITION, meeting] = waiting[WAITING, -1]
            waiting[WAITING, -1] += 1
        elif is_placed and place != NONE:
            waiting[WAITING, -1] -= 1
            other = waiting[WAITING, waiting[WAITING, -1]]
            waiting[WAITING, place], waiting[POSITION, other] = other, place
            waiting[POSITION, meeting] = NONE
