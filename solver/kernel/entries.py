"""What Python calls. Each call does many things at once, because calls cost more than moves."""

from __future__ import annotations

from solver.kernel.arrays import (
    NONE,
    OF_JOURNAL,
    OF_PLACED,
    PLACED_WEIGHT,
    START,
    WORK,
    Block,
    Ints,
)
from solver.kernel.chains import are_days_allowed, swap_chain
from solver.kernel.compiling import entry, side_by_side
from solver.kernel.days import count_breaks
from solver.kernel.ejection import list_unplaced, take_turn
from solver.kernel.insertion import place_in
from solver.kernel.memory import get, rows, total
from solver.kernel.moves import add, commit, undo_to
from solver.kernel.openings import insert


@entry
def add_all(b: Block, wanted: Ints) -> None:
    """Place meetings (number, start) whose people and pools are written down. Judges nothing."""
    for i in range(len(wanted)):
        add(b, wanted[i, 0], wanted[i, 1])
        commit(b)


@entry
def place_all(b: Block, wanted: Ints) -> None:
    """Place meetings (number, start) as far as the rules allow; ``wanted[i, 2]`` gets the code."""
    for i in range(len(wanted)):
        wanted[i, 2] = place_in(b, wanted[i, 0], wanted[i, 1])
        commit(b)


@entry
def swap_all(b: Block, wanted: Ints) -> None:
    """Swap the slots of placed meetings (number, other slot) along chains, where rules allow it.

    ``wanted[i, 2]`` gets the number of meetings that moved.
    """
    for i in range(len(wanted)):
        longest = rows(b, OF_JOURNAL) // 2 - 1
        wanted[i, 2] = swap_chain(b, wanted[i, 0], wanted[i, 1], longest)
        if not are_days_allowed(b, 0):
            undo_to(b, 0)
            wanted[i, 2] = 0
        commit(b)


@entry
def breaks_of_all(b: Block, found: Ints) -> None:
    """The breaks of every resource [R]."""
    for resource in range(len(found)):
        found[resource] = count_breaks(b, resource)


@side_by_side
def insert_all(b: Block, order: Ints, table: int, most: int) -> None:
    """Place meetings in this order, each in a slot that ``table`` lists, with so many chains."""
    for meeting in order:
        if get(b, OF_PLACED, meeting, START) == NONE:
            insert(b, meeting, table, most)
            commit(b)


@side_by_side
def eject_all(b: Block, order: Ints, most: int, until: int) -> int:
    """Push unplaced meetings in, again and again, in an order drawn anew each time.

    ``order`` [M] is for working. Ends after ``most`` more changes, or when what is placed weighs
    ``until``. Returns how many meetings the last round found out.
    """
    most += total(b, WORK)
    while total(b, WORK) < most:
        out = list_unplaced(b, order)
        for i in range(out):
            if total(b, WORK) >= most or total(b, PLACED_WEIGHT) >= until:
                break
            take_turn(b, order[i])
        if out == 0 or total(b, PLACED_WEIGHT) >= until:
            return out
    return out
