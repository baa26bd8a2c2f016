"""A choice of meetings put on an empty board, differently each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

import numpy as np

from solver.construction import CHAINS, NEVER, in_order
from solver.kernel.arrays import OF_STARTS, OF_TALLY, SEED, Block, Ints, view
from solver.kernel.board import Board
from solver.kernel.entries import eject_all, insert_all

CHANGES = 10  # per meeting and slot in which it may start: each where it pushes out the least
SECONDS = 4e-7  # deterministic ones for a change, where steps are counted
APART = 1_000_003  # between random numbers of two starts


class FreshStarts:
    """``board``: with what has begun and nothing else, all meetings of the same weight; only the
    chosen have slots in which they may start. ``drawn``: by each chain so far.
    """

    def __init__(self, board: Board, chosen: Collection[str], drawn: Counter[int]) -> None:
        self.board = board
        self.chosen = chosen
        self.drawn = drawn
        self.empty = board.block.copy()
        starts = board.possibilities.starts
        self.work = CHANGES * sum(len(starts[name]) for name in chosen)
        self.seconds = SECONDS * self.work  # deterministic ones of each, about

    def draw(self, chain: int) -> Block:
        """The next one of this chain: what it leaves out finds no place at once."""
        self.drawn[chain] += 1
        block = self.empty.copy()
        view(block, OF_TALLY)[SEED] += APART * self.drawn[chain] + 2 * chain
        insert_all(block, self._order, OF_STARTS, CHAINS)
        eject_all(block, np.zeros_like(self._order), self.work, NEVER)
        return block

    @cached_property
    def _order(self) -> Ints:
        taken = dict.fromkeys(self.chosen, 1.0)
        return in_order(self.board.possibilities, self.board, taken)
