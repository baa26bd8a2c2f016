"""What Python calls of the annealing; each call is a fraction of a second.

These calls let other threads of Python work meanwhile, so that chains run side by side.
"""

from __future__ import annotations

from solver.kernel import filling, tightening
from solver.kernel.arrays import Block, Ints
from solver.kernel.compiling import side_by_side


@side_by_side
def fill(b: Block, d: Ints, worth: Ints, waiting: Ints, task: Ints, temperature: float) -> int:
    """See :func:`solver.kernel.filling.fill`."""
    return filling.fill(b, d, worth, waiting, task, temperature)


@side_by_side
def tighten(b: Block, seen: Ints, rounds: int, temperature: float) -> int:
    """See :func:`solver.kernel.tightening.tighten`."""
    return tightening.tighten(b, seen, rounds, temperature)
