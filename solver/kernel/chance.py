"""Random numbers inside the kernel: the same seed, the same numbers."""

from __future__ import annotations

from solver.kernel.arrays import SEED, Block
from solver.kernel.compiling import inner
from solver.kernel.memory import set_total, total

MULTIPLIER = 6364136223846793005  # Knuth's, modulo 2^64
INCREMENT = 1442695040888963407


@inner
def draw(b: Block, count: int) -> int:
    """A number from 0 to count - 1; ``count`` is at most 2^31."""
    set_total(b, SEED, total(b, SEED) * MULTIPLIER + INCREMENT)
    return (((total(b, SEED) >> 33) & 0x7FFFFFFF) * count) >> 31


@inner
def fraction(b: Block) -> float:
    """A number from 0 up to 1."""
    return draw(b, 1 << 30) / float(1 << 30)
