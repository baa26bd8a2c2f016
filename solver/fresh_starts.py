"""A choice of meetings put on an empty board, differently each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np

from solver.construction import CHAINS, NEVER, in_order
from solver.kernel.arrays import OF_STARTS, OF_TALLY, SEED, Block, view
from solver.kernel.board import Board
from solver.kernel.entries import eject_all, insert_all

CHANGES = 10  # per meeting and slot in which it may start: each where it pushes out the least
SECONDS = 4e-7  # deterministic ones for a change, where steps are counted
APART = 1_000_003  # between random numbers of two starts


class FreshStarts:
    """``board``: with what has begun and nothing else, all meetings of the same weight; only the
    chosen have slots in which they may start.
    """

    def __init__(self, board: Board, chosen: Collection[str]) -> None:
        self.empty = board.block.copy()
        self.order = in_order(board.possibilities, board, dict.fromkeys(chosen, 1.0))
        starts = board.possibilities.starts
        self.work = CHANGES * sum(len(starts[name]) for name in chosen)
        self.seconds = SECONDS * self.work  # of each, at most
        self.drawn: Counter[int] = Counter()

    def draw(self, chain: int) -> Block:
        """The next one of this chain: what it leaves out finds no place at once."""
        self.drawn[chain] += 1
        block = self.empty.copy()
        view(block, OF_TALLY)[SEED] += APART * self.drawn[chain] + 2 * chain
        insert_all(block, self.order, OF_STARTS, CHAINS)
        eject_all(block, np.zeros_like(self.order), self.work, NEVER)
        return block
