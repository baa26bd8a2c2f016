"""Room for all of a choice of meetings, by annealing in which those that wait get heavier.

Which meetings take place is known, all of them are worth the same now, and each attempt in vain
to place one makes it insist more (``solver.kernel.filling``). The temperature stays where chains
neither freeze nor melt: what insists decides where they go.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.annealing import Annealing, Chain
from solver.kernel.arrays import (
    NONE,
    OF_MEETINGS,
    OF_PLACED,
    OF_STARTS,
    START,
    WEIGHT,
    Block,
    Ints,
    view,
)
from solver.kernel.board import Board
from solver.kernel.directory import directory
from solver.objective import GOALS

if TYPE_CHECKING:
    from solver.stages import Stages

EQUAL = 1_000  # what each meeting weighs at first; an attempt in vain adds 1
TEMPERATURE = 0.2 * EQUAL
STRAINED = 0.3  # of the insistence of whoever insists most
STUCK = 15 * EQUAL  # who insists like this asks for what cannot be, mostly


@dataclass(kw_only=True)
class InsistentChain(Chain):
    """``weights``: what each meeting really weighs; ``best`` counts these."""

    weights: Ints

    def go(self, rounds: int, temperature: float) -> None:
        self.call(rounds, temperature)
        placed = view(self.block, OF_PLACED)[:, START] != NONE
        value = int(self.weights[placed].sum())
        if value > self.best:
            self.best, self.found = value, self.block.copy()


class Insisting(Annealing):
    """``explore`` looks for a schedule of the meetings ``chosen``, worth ``worth``, and no others.

    The heaviest found becomes the stages' schedule, if it is better than theirs. ``strained``: the
    people whose meetings insisted most, where it got stuck: mostly they are why.
    """

    def __init__(self, stages: Stages, seconds: float, worth: int, chosen: frozenset[str]) -> None:
        self.chosen = chosen
        self.strained: tuple[str, ...] = ()
        super().__init__(stages, GOALS["wishes"][0], seconds, worth)

    def _prepared(self) -> tuple[Board, Ints]:
        """A board of its own, on which all meetings weigh the same."""
        board = Board(self.stages.possibilities, seed=self.stages.settings.seed)
        self.weights = view(board.block, OF_MEETINGS)[:, WEIGHT].copy()
        view(board.block, OF_MEETINGS)[:, WEIGHT] = EQUAL
        rows = sorted(self.stages.placed.items())
        board.load(row for name, row in rows if self._stays(name))
        out = [row for name, row in board.meetings.items() if not self._stays(name)]
        view(board.block, OF_STARTS)[out] = 0
        return board, directory(board.block)

    def _stays(self, meeting: str) -> bool:
        """Of the chosen, or of what has begun and is in no choice any more."""
        return meeting in self.chosen or meeting in self.stages.possibilities.published.kept

    def _keep_board(self) -> None:
        """Others may take place again."""

    def _chain(self, number: int, block: Block | None = None) -> Chain:
        mine = self._copy(number, block)
        waiting = self._waiting(mine)
        filling = self._filling(mine, waiting, insistence=1)
        return InsistentChain(filling, mine, waiting=waiting, weights=self.weights)

    def _run(self, chains: list[Chain], pool: ThreadPoolExecutor) -> None:
        super()._run(chains, pool)
        if not self._is_stuck(chains):
            return
        insistence: Counter[str] = Counter()
        for chain in chains:
            weights = view(chain.block, OF_MEETINGS)[:, WEIGHT].tolist()
            for name, row in self.board.meetings.items():
                for person in self.stages.problem.meeting_by_id[name].people():
                    insistence[person] += weights[row] - EQUAL
        least = max(1.0, STRAINED * max(insistence.values(), default=0))
        ranked = sorted(insistence, key=lambda person: (-insistence[person], person))
        self.strained = tuple(person for person in ranked if insistence[person] >= least)

    def _temperature(self, done: float) -> float:
        return TEMPERATURE

    def _reached(self, chains: list[Chain]) -> bool:
        """All are in, or every chain is stuck."""
        return any(chain.best >= self.bound for chain in chains) or self._is_stuck(chains)

    def _is_stuck(self, chains: list[Chain]) -> bool:
        heaviest = (int(view(each.block, OF_MEETINGS)[:, WEIGHT].max()) for each in chains)
        return min(heaviest) >= STUCK

    def _meet(self, chains: list[Chain]) -> None:
        """Each goes its own way: what it has learnt belongs to where it stands."""
