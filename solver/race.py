"""Breaks where only times are left to decide: some search, some prove, until they meet.

Searchers anneal in threads of their own (compiled, without the interpreter's lock); what they
leave is mended part by part, while a prover climbs from below: in processes of their own.
With steps a searcher and a prover take turns, counted.
"""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.appointing import MOVES_PER_SECOND
from solver.appointments import Appointments, Encoding
from solver.lone_days import least_breaks
from solver.schedule import PlacedMeeting
from solver.workshop import CLIMB, MENDING, Companion, Workshop

if TYPE_CHECKING:
    from solver.climb import Climb
    from solver.objective import Target
    from solver.searcher import Searcher
    from solver.stages import Stages
    from solver.timetable import Integers, Timetable

PLAIN_GOALS = {"minimum", "wishes", "worst_off"}  # constant once every meeting is placed
CONFLICTS_PER_SECOND = 3e3
SLICE = 2_000  # conflicts of a prover's turn where they are counted
LOOK = 0.1  # seconds between two looks at the clock
FIRST_SEARCH = 0.5  # seconds in which annealing finds what it finds easily
SHARE_OF_CLIMB = 0.5  # of the time, where one worker has to do both
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
    return Race(stages, target, timetable, timetable.appointments(), seconds, bound).run()


@dataclass(frozen=True, slots=True)
class Staff:
    """How many climb, mend and search."""

    climbing: int
    mending: int
    searching: int


def staff(workers: int, passed: float, seconds: float) -> Staff:
    """Everybody has something to do at any time; first the search, which often is enough."""
    if workers == 1:
        early, climbing = passed < FIRST_SEARCH, passed < SHARE_OF_CLIMB * seconds
        return Staff(int(climbing and not early), int(not climbing and not early), int(early))
    mending = int(passed >= FIRST_SEARCH)
    return Staff(1, mending, workers - 1 - mending)


@dataclass
class Race:
    stages: Stages
    target: Target
    timetable: Timetable
    appointments: Appointments
    seconds: float
    bound: int
    spent: float = 0.0  # of steps' time

    def __post_init__(self) -> None:
        self.value = self.stages.value_of(self.target)
        self.news = self.stages.news(self.target, self.bound)
        self.begun = time.monotonic()
        self.changed = threading.Event()
        self.workshop: Workshop | None = None
        self.companions: dict[str, Companion] = {}
        self.searchers: list[Searcher] = []
        self.first = self.timetable.slots_of(self.stages.placed)
        self.provable = self.stages.options() <= MOST_OPTIONS

    def run(self) -> int:
        least = least_breaks(self.appointments, self.stages.clock.late)
        self._rise(least, impossible=False)
        if self.stages.clock.steps is None:
            self._run_together()
        else:
            self._take_turns()
            self.stages.clock.spent += self.spent
        return self.bound

    def _take_turns(self) -> None:
        """As much work of a prover as of a searcher, counted, not measured."""
        searcher = self._searcher(0)
        proven = 0.0
        with ExitStack() as stack:
            climb: Climb | None = None
            while not self._met():
                self.spent += searcher.work() / MOVES_PER_SECOND
                self._hear(searcher)
                if climb is None and self._is_climbable():
                    climb = stack.enter_context(self._begin_climb())
                while climb is not None and proven < self.spent and not climb.done:
                    cost = self._climb(climb)
                    proven += cost
                    self.spent += cost
                searcher.aim(self.bound)

    def _begin_climb(self) -> Climb:
        from solver.climb import Climb

        encoding = Encoding(self.appointments)
        encoding.add_blocks()
        return Climb(encoding, most=self._most(), bound=self.bound)

    def _is_climbable(self) -> bool:
        return self.provable and self.bound < self._most()

    def _climb(self, climb: Climb) -> float:
        """One slice; what it cost in steps' time."""
        before = climb.conflicts
        climb.work(SLICE)
        self._rise(climb.bound, impossible=climb.impossible)
        if climb.slots is not None:
            self._adopt(climb.slots)
        return max(1, climb.conflicts - before) / CONFLICTS_PER_SECOND

    def _run_together(self) -> None:
        try:
            while not self._met():
                self._staff()
                self.changed.wait(LOOK)
                self.changed.clear()
                self._hear_all()
        finally:
            if self.workshop is not None:
                self.workshop.close()
            for searcher in self.searchers:
                searcher.stop()
        self._hear_all()

    def _staff(self) -> None:
        passed = time.monotonic() - self.begun
        workers = self.stages.settings.workers
        wanted = staff(workers, passed, self.seconds)
        if not self.provable:
            wanted = Staff(0, 0, workers)
        elif not self._is_climbable():
            wanted = Staff(0, wanted.mending, workers - wanted.mending)
        self._search(wanted.searching)
        self._ask(CLIMB, wanted.climbing)
        self._ask(MENDING, wanted.mending)

    def _search(self, number: int) -> None:
        for each in self.searchers[number:]:
            each.stop()
        while len(self.searchers) < number:
            self.searchers.append(self._searcher(len(self.searchers)))
        for each in self.searchers[:number]:
            each.start(self.changed)

    def _ask(self, name: str, number: int) -> None:
        """Let this work go on, begin it, or end it."""
        if number and name not in self.companions:
            self.companions[name] = self._begin(name)
        elif not number and name in self.companions:
            self.companions.pop(name).end()

    def _begin(self, name: str) -> Companion:
        if self.workshop is None:
            self.workshop = Workshop(self.appointments, self.changed)
        if name == MENDING:
            self._hear_all()
            slots = self.timetable.slots_of(self.stages.placed).tolist()
            schedule = {"slots": slots, "breaks": self.value}
            return self.workshop.begin(MENDING, **schedule, seed=self.stages.settings.seed)
        return self.workshop.begin(CLIMB, most=self._most(), bound=self.bound, blocks=True)

    def _most(self) -> int:
        return min(MOST_CLIMBED, self.value)

    def _searcher(self, number: int) -> Searcher:
        from solver.searcher import Searcher

        seed = self.stages.settings.seed + 1000 * number
        return Searcher(self.timetable, self.first, self.bound, seed)

    def _met(self) -> bool:
        stages = self.stages
        late = time.monotonic() - self.begun >= self.seconds
        if stages.clock.steps is not None:
            late = self.spent >= self.seconds
        return late or stages.clock.late() or self.value <= self.bound

    def _hear_all(self) -> None:
        for companion in self.companions.values():
            while (news := companion.take()) is not None:
                self._rise(news.get("bound", self.bound), impossible=news.get("impossible", False))
                if news.get("slots"):
                    self._adopt(news["slots"])
        for searcher in self.searchers:
            searcher.aim(self.bound)
            self._hear(searcher)

    def _hear(self, searcher: Searcher) -> None:
        found = searcher.take()
        if found is not None:
            self._adopt(found)

    def _rise(self, bound: int, *, impossible: bool) -> None:
        if impossible:
            raise RuntimeError("the clauses refuse a schedule that is valid")
        if bound > self.bound:
            self.bound = bound
            self.news(None, self.bound)

    def _adopt(self, slots: Integers | list[int]) -> None:
        meetings: list[PlacedMeeting] = self.timetable.schedule(slots, self.stages.placed)
        if self.stages.adopt({each.meeting: each for each in meetings}, self.target):
            self.value = self.stages.value_of(self.target)
            self.news(self.value, self.bound)
