"""Room for all of a choice of meetings, by annealing in which those that wait get heavier.

Which meetings take place is known, all of them are worth the same now, and each attempt in vain
to place one makes it insist more (``solver.kernel.filling``). The temperature stays where chains
neither freeze nor melt: what insists decides where they go.

Some starts lead nowhere: whose days are full could only change halls or sessions with half a day
at once. That mostly shows soon: all chains but the first begin anew then (restarts against heavy
tails: Gomes, Selman, Crato and Kautz, Journal of Automated Reasoning 24, 2000). How soon is not
known: Luby, Sinclair and Zuckerman, Information Processing Letters 47, 1993.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.annealing import Annealing, Chain
from solver.fresh_starts import FreshStarts
from solver.kernel.arrays import (
    NONE,
    OF_MEETINGS,
    OF_PLACED,
    OF_STARTS,
    OF_TALLY,
    PLACED_MUSTS,
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
STUCK = 10 * EQUAL  # who insists like this asks for what cannot be, mostly
PATIENCE = 5  # attempts in vain for each meeting, since the best of a short start
FRESH_STARTS = 1  # in vain at least, until it is stuck


@dataclass(kw_only=True)
class InsistentChain(Chain):
    """``weights``: what each meeting really weighs; ``best`` counts these.

    ``whole``: what all of the choice is worth. ``begin_anew`` writes another start after
    ``patience`` attempts in vain since the best of this one, or more for some. ``is_patient``: as
    long as it is not stuck; what meetings weighed then is ``strained``.
    """

    weights: Ints
    musts: int  # that every schedule worth keeping has
    may_be_part: bool  # may what began anew be kept without all of the choice?
    whole: int
    begin_anew: Callable[[], None]
    patience: int
    is_patient: bool
    failed: int = 0  # starts
    strained: Ints | None = None
    record: int = 0  # of this start
    vain: int = 0  # attempts since then
    is_over: bool = False

    def go(self, rounds: int, temperature: float) -> None:
        """A start is written instead of rounds, so that no chain waits for it."""
        if self.is_over:
            self.is_over = False
            self.begin_anew()
            return
        before = self._insistence()
        self.call(rounds, temperature)
        self.vain += self._insistence() - before
        value = int(self.weights[view(self.block, OF_PLACED)[:, START] != NONE].sum())
        if value > self.record:
            self.record, self.vain = value, 0
        if value > self.best and self._may_be_kept(value):
            self.best, self.found = value, self.block.copy()
        if self._is_spent():
            self._give_up()

    def _is_spent(self) -> bool:
        if self.is_patient:
            return int(self._heaviness.max(initial=0)) >= STUCK
        return self.vain >= self.patience * luby(self.failed + 1)

    def _may_be_kept(self, value: int) -> bool:
        """Other goals that come first are reached by all of the choice, and by the first start."""
        if value < self.whole and self.failed and not self.may_be_part:
            return False
        return int(view(self.block, OF_TALLY)[PLACED_MUSTS, 0]) >= self.musts

    def _give_up(self) -> None:
        if self.is_patient:
            self.strained, self.is_patient = self._heaviness.copy(), False
        self.failed += 1
        self.record = self.vain = 0
        self.is_over = True

    def _insistence(self) -> int:
        return int(self._heaviness.sum())

    @property
    def _heaviness(self) -> Ints:
        return view(self.block, OF_MEETINGS)[:, WEIGHT]


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
        out = [row for name, row in board.meetings.items() if not self._stays(name)]
        view(board.block, OF_STARTS)[out] = 0
        self.fresh = FreshStarts(board, self.chosen, self.stages.fresh_starts)
        rows = sorted(self.stages.placed.items())
        board.load(row for name, row in rows if self._stays(name))
        return board, directory(board.block)

    def _stays(self, meeting: str) -> bool:
        """Of the chosen, or of what has begun and is in no choice any more."""
        return meeting in self.chosen or meeting in self.stages.possibilities.published.kept

    def _keep_board(self) -> None:
        """Others may take place again."""

    def _chain(self, number: int, block: Block | None = None) -> InsistentChain:
        """The first one goes on from what is known until it is stuck."""
        mine = self._copy(number, block)
        waiting = self._waiting(mine)

        def begin_anew() -> None:
            if not self._begins_anew():
                return
            mine[:] = self.fresh.draw(number)
            waiting[:] = self._waiting(mine)
            if self.stages.clock.steps is not None:
                self.stages.clock.spent += self.fresh.seconds

        return InsistentChain(
            self._filling(mine, waiting, insistence=1),
            mine,
            waiting=waiting,
            weights=self.weights,
            musts=int(view(self.board.block, OF_TALLY)[PLACED_MUSTS, 0]),
            may_be_part=not self.stages.results,
            whole=self.bound,
            begin_anew=begin_anew,
            patience=max(1, PATIENCE * len(self.chosen)),
            is_patient=number == 0 or not self._begins_anew(),
        )

    def _begins_anew(self) -> bool:
        """Where that takes too long for whoever stops the search, every chain goes on as it is."""
        return not self.stages.is_large()

    def _run(self, chains: list[Chain], pool: ThreadPoolExecutor) -> None:
        super()._run(chains, pool)
        heavy = [each.strained for each in _insistent(chains) if each.strained is not None]
        if heavy and self._is_stuck(chains):
            self.strained = self._most_insistent(heavy[0])

    def _most_insistent(self, heaviness: Ints) -> tuple[str, ...]:
        """The people of the meetings that got heaviest, these first."""
        insistence: Counter[str] = Counter()
        for name, row in self.board.meetings.items():
            for person in self.stages.problem.meeting_by_id[name].people():
                insistence[person] += int(heaviness[row]) - EQUAL
        least = max(1.0, STRAINED * max(insistence.values(), default=0))
        ranked = sorted(insistence, key=lambda person: (-insistence[person], person))
        return tuple(person for person in ranked if insistence[person] >= least)

    def _temperature(self, done: float) -> float:
        return TEMPERATURE

    def _reached(self, chains: list[Chain]) -> bool:
        """All are in, or it is stuck."""
        return any(chain.best >= self.bound for chain in chains) or self._is_stuck(chains)

    def _is_stuck(self, chains: list[Chain]) -> bool:
        """The first chain was, and fresh starts were in vain, too."""
        known = _insistent(chains)
        was_stuck = any(chain.strained is not None for chain in known)
        return was_stuck and sum(chain.failed for chain in known) > FRESH_STARTS

    def _meet(self, chains: list[Chain]) -> None:
        """Each goes its own way: what it has learnt belongs to where it stands."""


def luby(number: int) -> int:
    """Of the sequence 1, 1, 2, 1, 1, 2, 4, 1, …, from 1 on."""
    while (number + 1) & number:
        number -= (1 << number.bit_length() - 1) - 1
    return (number + 1) // 2


def _insistent(chains: Sequence[Chain]) -> list[InsistentChain]:
    return [chain for chain in chains if isinstance(chain, InsistentChain)]
