"""Random numbers inside the kernel: the same seed, the same numbers."""

from __future__ import annotations

import numpy as np

from solver.kernel.arrays import SEED, Block
from solver.kernel.compiling import inner
from solver.kernel.memory import set_total, total

MULTIPLIER = np.uint64(6364136223846793005)  # Knuth's, modulo 2^64
INCREMENT = np.uint64(1442695040888963407)


@inner
def advance(state: int) -> int:
    """The next one. Unsigned: the compiler takes for granted that signed products fit."""
    return int(np.int64(np.uint64(state) * MULTIPLIER + INCREMENT))


@inner
def draw(b: Block, count: int) -> int:
    """A number from 0 to count - 1; ``count`` is at most 2^31."""
    set_total(b, SEED, advance(total(b, SEED)))
    return (((total(b, SEED) >> 33) & 0x7FFFFFFF) * count) >> 31


@inner
def fraction(b: Block) -> float:
    """A number from 0 up to 1."""
    return draw(b, 1 << 30) / float(1 << 30)
