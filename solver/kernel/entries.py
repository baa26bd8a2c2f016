"""What Python calls. Each call does many things at once, because calls cost more than moves."""

from __future__ import annotations

from solver.kernel.arrays import OF_JOURNAL, Block, Ints
from solver.kernel.chains import are_days_allowed, swap_chain
from solver.kernel.compiling import entry
from solver.kernel.days import count_breaks
from solver.kernel.insertion import place_in
from solver.kernel.memory import rows
from solver.kernel.moves import add, commit, undo_to


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
