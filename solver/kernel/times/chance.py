"""Random numbers of one run: the same seed, the same numbers."""

from __future__ import annotations

import math

from solver.kernel.chance import advance
from solver.kernel.compiling import inlined
from solver.kernel.times.arrays import Times


@inlined
def draw(t: Times, count: int) -> int:
    """A number from 0 to count - 1; ``count`` is at most 2^31."""
    t.chance[0] = advance(t.chance[0])
    return (((t.chance[0] >> 33) & 0x7FFFFFFF) * count) >> 31


@inlined
def fraction(t: Times) -> float:
    """A number from 0 up to 1."""
    return draw(t, 1 << 30) / float(1 << 30)


@inlined
def bear(t: Times, temperature: float) -> float:
    """How much dearer a change may be to be taken (Metropolis: with the chance of exp(-d / T))."""
    return -temperature * math.log(1.0 - fraction(t))
