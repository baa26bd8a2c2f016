"""Breaks where only times are left to decide: one searches, one proves, until they meet.

The searcher anneals in threads of its own (compiled, without the interpreter's lock). The prover
climbs: first on who is busy when alone (``presence``), which often is the whole bound, then
on the clauses of the model itself. With steps, or one worker, they take turns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.clauses import Clauses, Untranslatable, literal_of, translate
from solver.days import breaks_in_day
from solver.implied import add_implied_days
from solver.model import read
from solver.objective import Target
from solver.schedule import PlacedMeeting
from solver.search import Found, Outcome

if TYPE_CHECKING:
    from solver.searcher import Searcher
    from solver.stages import Stages
    from solver.timetable import Timetable
    from solver.variables import Literal, Variables

PLAIN_GOALS = {"minimum", "wishes", "worst_off"}  # constant once every meeting is placed
MOVES_PER_SECOND = 2e6  # of steps' time
CONFLICTS_PER_SECOND = 3e3
SLICE = 250  # conflicts between two looks at the others
MOST_ON_PRESENCE = 30_000  # conflicts, before the model itself is asked
MOST_CLIMBED = 60  # breaks; bounds beyond are not asked for
MOST_OPTIONS = 15_000  # meetings x starts that clauses are written for


def race(stages: Stages, target: Target, seconds: float, bound: int) -> int:
    """Improve the stages' schedule in at most so many seconds; return the bound.

    Does nothing where more than times is to be decided.
    """
    from solver.timetable import timetable_of  # NumPy, Numba: only where they are needed

    settled = {result.target.goal for result in stages.results} <= PLAIN_GOALS
    meetings = stages.possibilities.meetings
    if stages.relaxed or not settled or any(each.id not in stages.placed for each in meetings):
        return bound
    timetable = timetable_of(stages.possibilities)
    if timetable is None:
        return bound
    return Race(stages, target, timetable, seconds, bound).run()


@dataclass
class Race:
    stages: Stages
    target: Target
    timetable: Timetable
    seconds: float
    bound: int
    spent: float = 0.0  # of steps' time

    def __post_init__(self) -> None:
        self.value = self.stages.value_of(self.target)
        self.news = self.stages.news(self.target, self.bound)
        self.begun = time.monotonic()
        self.searchers: list[Searcher] = []
        self.alone = self.stages.clock.steps is not None or self.stages.settings.workers == 1

    def run(self) -> int:
        from solver.searcher import Searcher

        stages = self.stages
        slots = self.timetable.slots_of(stages.placed)
        searchers = self.searchers = [
            Searcher(self.timetable, slots, self.bound, stages.settings.seed + 1000 * number)
            for number in range(max(1, stages.settings.workers - 1))
        ]
        proof = self._prove()
        try:
            if self.alone:
                self._take_turns(searchers[0], proof)
            else:
                self._run_together(searchers, proof)
        finally:
            proof.close()
        if stages.clock.steps is not None:
            stages.clock.spent += self.spent
        return self.bound

    def _take_turns(self, searcher: Searcher, proof: Generator[float]) -> None:
        """As much work of the prover as of the searcher, counted, not measured."""
        proven = 0.0
        while not self._met():
            searched = searcher.work() / MOVES_PER_SECOND
            self._hear(searcher)
            self.spent += searched
            while proven < self.spent and not self._met():
                cost = next(proof, None)
                if cost is None:
                    break
                proven += cost
                self.spent += cost
                searcher.aim(self.bound)

    def _run_together(self, searchers: list[Searcher], proof: Generator[float]) -> None:
        changed = threading.Event()
        threads = [threading.Thread(target=each.keep_on, args=(changed,)) for each in searchers]
        for thread in threads:
            thread.start()
        try:
            proving = True
            while not self._met():
                proving = proving and next(proof, None) is not None
                changed.wait(0.0 if proving else 0.05)
                changed.clear()
                for each in searchers:
                    each.aim(self.bound)
                    self._hear(each)
        finally:
            for each in searchers:
                each.stop()
            for thread in threads:
                thread.join()
        for each in searchers:
            self._hear(each)

    def _met(self) -> bool:
        stages = self.stages
        late = time.monotonic() - self.begun >= self.seconds
        if stages.clock.steps is not None:
            late = self.spent >= self.seconds
        return late or stages.clock.late() or self.value <= self.bound

    def _decided(self) -> bool:
        """Has a searcher what need not be proven any more, though nobody has heard of it yet?"""
        found = (each.best for each in self.searchers)
        reached = any(best is not None and best <= self.bound for best in found)
        return reached or self.stages.clock.late()

    def _hear(self, searcher: Searcher) -> None:
        found = searcher.take()
        if found is None:
            return
        meetings = self.timetable.schedule(found, self.stages.placed)
        self._adopt(meetings)

    def _adopt(self, meetings: list[PlacedMeeting]) -> None:
        if self.stages.adopt({each.meeting: each for each in meetings}, self.target):
            self.value = self.stages.value_of(self.target)
            self.news(self.value, self.bound)

    def _prove(self) -> Generator[float]:
        """Work of the prover in slices; each yields what it cost in steps' time."""
        if self.stages.options() > MOST_OPTIONS:
            return
        from solver.presence import Presence

        presence = Presence(self.timetable)
        yield 0.0
        yield from self._climb(presence.clauses, presence.breaks, None)
        yield from self._prove_on_model()

    def _prove_on_model(self) -> Generator[float]:
        if self._decided():
            return
        v = self.stages.model()
        add_implied_days(v)
        days = [breaks_in_day(v, person)[0] for person in v.sending]
        yield 0.0
        try:
            clauses = translate(v.model, self._decided)
        except Untranslatable:
            return
        yield 0.0
        most = self.timetable.most_breaks
        counted = [each for day in days for each in _sums(clauses, day, most)]
        yield from self._climb(clauses, counted, v)

    def _climb(self, clauses: Clauses, counted: list[int], v: Variables | None) -> Generator[float]:
        """Raise the bound; ``v``: an assignment found is a schedule of this model."""
        from solver.climb import Climb

        most = min(MOST_CLIMBED, self.value)
        with Climb(clauses, counted, most=most, bound=self.bound) as climb:
            while not climb.done and climb.bound < most:
                if v is None and climb.conflicts > MOST_ON_PRESENCE:
                    return
                before = climb.conflicts
                climb.work(SLICE)
                if climb.bound > self.bound:
                    self.bound = climb.bound
                    self.news(None, self.bound)
                yield max(1, climb.conflicts - before) / CONFLICTS_PER_SECOND
            if climb.impossible:
                raise RuntimeError("the clauses refuse a schedule that is valid")
            if climb.truths is not None and v is not None:
                found = Found(Outcome.FOUND, climb.truths)
                self._adopt(read(v, found, self.stages.placed))
                yield 0.0


def _sums(clauses: Clauses, breaks: list[Literal], most: int) -> list[int]:
    """As many true literals as breaks, of somebody who may have so many."""
    return clauses.sort([literal_of(each.index) for each in breaks], most)
