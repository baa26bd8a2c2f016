"""Annealing on the compiled board: what takes place, and then how tight each day is.

One chain for each core, all from the best schedule so far; now and then all go on from the best
of them. The temperature falls with the time that is used, or with the rounds where steps are
counted: then one chain runs alone, and what it does does not depend on the clock.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from solver.kernel.annealing import fill, tighten
from solver.kernel.arrays import (
    MOVABLE,
    NONE,
    OF_MEETINGS,
    OF_PLACED,
    OF_STARTS,
    OF_TALLY,
    SEED,
    START,
    WEIGHT,
    Block,
    Ints,
    view,
)
from solver.kernel.board import Board
from solver.kernel.directory import directory
from solver.kernel.filling import ATTEMPTS, WAITING
from solver.objective import Target
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.validation import violations

if TYPE_CHECKING:
    from solver.stages import Stages

FILLED = ("minimum", "wishes", "worst_off")  # goals of what takes place
LEVELS = 6  # columns of ``worth`` at least: 0 to 5 meetings
MOST_LEVELS = 100
HOTTEST, COLDEST = 0.3, 0.04  # of an average meeting's weight, or of one participant
HOTTEST_BREAKS, COLDEST_BREAKS = 0.5, 0.08
ROUNDS = 500  # of one call, at first
MOST_ROUNDS = 1 << 30  # of one call
CALL = 0.08  # seconds that one call should take
ROUND = 4e-5  # deterministic seconds, where steps are counted
MEETINGS_AT_ONCE = 20  # calls between two times at which all chains go on from the best
LARGEST = 1 << 61  # of all that is added up

Call = Callable[[int, float], int]


def can_anneal(stages: Stages, target: Target) -> bool:
    """Does annealing keep what has to be kept? Published meetings stay where they are."""
    published = stages.possibilities.published
    if stages.relaxed or published.loose or published.locked:
        return False
    before = {each.target.goal for each in stages.results}
    if target.goal == "breaks":
        return "moves" not in before
    return target.goal in FILLED and before <= {*FILLED, "stability"}


@dataclass
class Chain:
    """One walk through the schedules, with the best that it has seen."""

    call: Call
    block: Block
    gained: int = 0
    best: int = 0
    found: Block | None = None
    waiting: Ints | None = None  # see ``solver.kernel.filling``; of times alone nobody waits

    @property
    def is_idle(self) -> bool:
        """Is there nobody to be put in?"""
        return self.waiting is not None and self.waiting[WAITING, -1] == 0

    def go(self, rounds: int, temperature: float) -> None:
        self.gained += self.call(rounds, temperature)
        if self.gained > self.best:
            self.best, self.found = self.gained, self.block.copy()


class Annealing:
    """``explore`` improves the stages' schedule for one target in the seconds given.

    ``cold``: nothing gets worse on the way.
    """

    def __init__(
        self,
        stages: Stages,
        target: Target,
        seconds: float,
        bound: int,
        *,
        cold: bool = False,
    ) -> None:
        self.stages = stages
        self.cold = cold
        self.target = target
        self.bound = bound
        self.until = max(0.0, stages.clock.remaining() - seconds)
        self.seconds = max(1e-9, stages.clock.remaining() - self.until)
        self.value = stages.value_of(target)
        self.board, self.directory = self._prepared()
        self.meetings = view(self.board.block, OF_MEETINGS)
        self.unit, self.worth = self._worth()

    def _prepared(self) -> tuple[Board, Ints]:
        """The board as the last annealing left it, if nothing has changed since; else a new one."""
        stages = self.stages
        if stages.annealed is not None and stages.annealed[0] is stages.placed:
            _, board, known = stages.annealed
            return board, directory(board.block) if known is None else known
        board = Board(stages.possibilities, seed=stages.settings.seed)
        board.load(row for _, row in sorted(stages.placed.items()))
        return board, directory(board.block)

    def explore(self) -> None:
        if not self.unit:
            return
        count = 1 if self.stages.clock.steps is not None else max(1, self.stages.settings.workers)
        chains = [self._chain(number) for number in range(count)]
        with ThreadPoolExecutor(count) as pool:
            self._run(chains, pool)
        best = max(chains, key=lambda chain: chain.best)
        if best.found is None or self._take(best.found):
            self._keep_board()

    def _keep_board(self) -> None:
        """For who goes on from here."""
        self.stages.annealed = (self.stages.placed, self.board, self.directory)

    def _take(self, found: Block) -> bool:
        """Go on with this schedule, where it is better indeed."""
        self.board.block[:] = found
        candidate = self._seated()
        return candidate is not None and self.stages.adopt(candidate, self.target)

    def _seated(self) -> dict[str, PlacedMeeting] | None:
        """The board's schedule with tables; None where the independent check refuses it.

        Where a long meeting finds no table because others kept theirs, all are seated anew.
        """
        for _ in range(2):
            candidate = self.board.schedule()
            drawn = tuple(candidate.values())
            of_now = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=drawn)
            if not violations(self.stages.problem, of_now):
                return candidate
            stay = np.flatnonzero(self.meetings[:, MOVABLE] == 0).tolist()
            before = self.board.before
            self.board.before = {row: before[row] for row in stay if row in before}
        return None

    def _run(self, chains: list[Chain], pool: ThreadPoolExecutor) -> None:
        clock = self.stages.clock
        rounds, calls = ROUNDS, 0
        while clock.remaining() > self.until and not self._reached(chains):
            begun = clock.seconds
            temperature = self._temperature(1.0 - (clock.remaining() - self.until) / self.seconds)
            going = [pool.submit(chain.go, rounds, temperature) for chain in chains]
            for each in going:
                each.result()
            calls += 1
            if clock.steps is not None:
                clock.spent += rounds * ROUND
            elif clock.seconds - begun < CALL:
                rounds = min(2 * rounds, MOST_ROUNDS)
            elif clock.seconds - begun > 2 * CALL:
                rounds = max(1, rounds // 2)
            if all(chain.is_idle for chain in chains):
                break
            if calls % MEETINGS_AT_ONCE == 0:
                self._meet(chains)

    def _temperature(self, done: float) -> float:
        if self.cold:
            return 0.0
        if self.target.goal == "breaks":
            hot, cold = HOTTEST_BREAKS, COLDEST_BREAKS
        else:
            unit = self._average_weight() * self.unit if self.target.goal != "worst_off" else 1.0
            hot, cold = HOTTEST * unit, COLDEST * unit
        return float(hot * (cold / hot) ** min(1.0, max(0.0, done)))

    def _average_weight(self) -> float:
        weights = self.meetings[:, WEIGHT]
        return float(max(1.0, weights[weights > 0].mean() if (weights > 0).any() else 1.0))

    def _reached(self, chains: list[Chain]) -> bool:
        """Is the bound reached? Of what is summed up only wishes and breaks show at once."""
        best = max(chains, key=lambda chain: chain.best)
        if best.found is None:
            return self.value == self.bound
        if self.target.goal == "breaks":
            return self.value - best.best == self.bound
        if self.target.goal == "wishes":
            placed = view(best.found, OF_PLACED)[:, START] != NONE
            return int(self.meetings[placed, WEIGHT].sum()) >= self.bound
        return False

    def _meet(self, chains: list[Chain]) -> None:
        """All go on from where the chain stands that stands best now; tell what is known."""
        leader = max(chains, key=lambda chain: chain.gained)
        for number, chain in enumerate(chains):
            if chain is not leader and chain.gained < leader.gained:
                fresh = self._chain(number, leader.block)
                view(fresh.block, OF_TALLY)[SEED] = view(chain.block, OF_TALLY)[SEED]
                fresh.gained, fresh.best, fresh.found = leader.gained, chain.best, chain.found
                chains[number] = fresh
        best = max(chain.best for chain in chains)
        if self.target.goal == "breaks" and best:
            self.stages.tell(self.target, self.value - best, self.bound)

    # -- chains ---------------------------------------------------------------------------

    def _chain(self, number: int, block: Block | None = None) -> Chain:
        mine = self._copy(number, block)
        if self.target.goal == "breaks":
            seen = np.zeros(len(self.board.names) + 1, dtype=np.int64)
            return Chain(partial(tighten, mine, seen), mine)
        waiting = self._waiting(mine)
        return Chain(self._filling(mine, waiting), mine, waiting=waiting)

    def _copy(self, number: int, block: Block | None) -> Block:
        """With random numbers of its own."""
        mine = (self.board.block if block is None else block).copy()
        view(mine, OF_TALLY)[SEED] += 2 * number
        return mine

    def _filling(self, mine: Block, waiting: Ints, insistence: int = 0) -> Call:
        task = np.array([0, self.unit, insistence], dtype=np.int64)

        def call(rounds: int, temperature: float) -> int:
            task[ATTEMPTS] = rounds
            return fill(mine, self.directory, self.worth, waiting, task, temperature)

        return call

    def _waiting(self, block: Block) -> Ints:
        count = max(len(self.meetings), len(self.board.names)) + 1
        waiting = np.full((3, count), NONE, dtype=np.int64)
        waiting[2] = 0
        out = (view(block, OF_PLACED)[:, START] == NONE) & (self.meetings[:, MOVABLE] != 0)
        rows = np.flatnonzero(out & view(block, OF_STARTS).any(axis=1))
        waiting[0, : len(rows)] = rows
        waiting[0, -1] = len(rows)
        waiting[1, rows] = np.arange(len(rows))
        return waiting

    def _worth(self) -> tuple[int, Ints]:
        """What a unit of weight is worth, and what it is to each person to have n meetings.

        Each goal counts more than all after it together; 0 and no table where that is too much.
        """
        known = self.stages.possibilities
        people, count = known.participants, len(self.board.names)
        wanted = max((person.min_meetings for person in people.values()), default=0)
        levels = min(MOST_LEVELS, max(LEVELS, wanted + 1))
        worth = np.zeros((count, levels), dtype=np.int64)
        level = self.target.level if self.target.goal == "worst_off" else NONE
        unit = 1 if level == NONE else (count + 1) * (count * levels + 1)
        whole = unit * (int(self.meetings[:, WEIGHT].sum()) + 1)
        missing = sum(person.min_meetings for person in people.values())
        if whole * (missing + 1) > LARGEST:
            return 0, worth
        numbers = np.arange(levels)
        for name, row in self.board.resources.items():
            worth[row] -= whole * np.maximum(0, people[name].min_meetings - numbers)
            for each in range(level + 1):
                if known.degree[name] > each:
                    price = 1 if each == level else count + 1
                    worth[row] -= price * (numbers <= each)
        return unit, worth
