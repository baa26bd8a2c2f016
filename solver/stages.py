"""The state of the search through the goals: what is reached, what is kept, the whole model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.appointing import appoint
from solver.bounds import missing_for_sure, worse_off_for_sure
from solver.clock import Clock, Interrupted
from solver.deciding import decide
from solver.demands import measure_unmet, unmet_demands
from solver.hints import hint
from solver.model import build, read
from solver.objective import (
    Target,
    closer,
    expression_of,
    level_of,
    turns_by_level,
)
from solver.possibilities import Possibilities
from solver.problem import Goal, Meeting, Problem
from solver.roster import Roster
from solver.schedule import GoalValue, PlacedMeeting
from solver.search import Effort, Found, Outcome, search
from solver.settings import Listener, Progress, Settings
from solver.succession import is_plannable
from solver.validation import goal_values
from solver.variables import Variables

if TYPE_CHECKING:
    from solver.kernel.arrays import Ints
    from solver.kernel.board import Board

MOST_OPTIONS = 60_000  # meetings x starts in one model; beyond, neighbourhoods

Placed = dict[str, PlacedMeeting]
Values = dict[str, GoalValue]


@dataclass(slots=True)
class Result:
    """What is known of one target: its best value, its bound, and what later ones must keep."""

    target: Target
    best: int
    bound: int
    floor: int

    @property
    def proven(self) -> bool:
        return self.best == self.bound


@dataclass
class Stages:
    """The search through the goals. ``placed`` is the best schedule so far, always valid."""

    possibilities: Possibilities
    clock: Clock
    settings: Settings
    listen: Listener | None
    placed: Placed
    known_bounds: dict[str, int] = field(default_factory=dict)  # of goals, from outside
    relaxed: bool = False
    fresh_starts: Counter[int] = field(default_factory=Counter)  # drawn by each chain
    results: list[Result] = field(default_factory=list)
    whole: Variables | None = None  # the model of everything, built when first needed
    frozen: Roster | None = None  # what is known to stay in every schedule looked for
    seconds_to_build: float = 0.0  # what that took on this machine
    valued: tuple[Placed, Values] | None = None  # a schedule and its values, counted once
    # Counted once for these possibilities beside what is frozen
    _options: tuple[Possibilities | None, Roster | None, int] = (None, None, 0)
    _kept: int = 0  # how many of the results the whole model knows
    annealed: tuple[Placed, Board, Ints | None] | None = None  # the board as it was left, if any

    @property
    def problem(self) -> Problem:
        return self.possibilities.problem

    def free_meetings(self) -> list[Meeting]:
        fixed = self.possibilities.published.kept if self.frozen is None else self.frozen.placed
        starts = self.possibilities.starts
        meetings = (each for each in self.possibilities.meetings if each.id not in fixed)
        return [each for each in meetings if starts[each.id] or each.must]

    def options(self) -> int:
        """Pairs of a free meeting and a slot in which it may start."""
        of, frozen, number = self._options
        if of is not self.possibilities or frozen is not self.frozen:
            starts = self.possibilities.starts
            number = sum(len(starts[each.id]) for each in self.free_meetings())
            self._options = self.possibilities, self.frozen, number
        return number

    def is_large(self) -> bool:
        return self.options() > MOST_OPTIONS

    def is_plannable(self) -> bool:
        """Can the sessions be planned together and then be solved one by one?"""
        return not self.relaxed and not self.is_large() and is_plannable(self.possibilities)

    def build(self, possibilities: Possibilities | None = None) -> Variables:
        """The whole model, with what earlier goals have to keep. May be :class:`Interrupted`."""
        begun = self.clock.seconds
        of = possibilities or self.possibilities
        fixed = self.frozen
        if fixed is None or of is not self.possibilities:
            fixed = Roster(of).load(fixed.placed.values() if fixed is not None else ())
        v = build(of, fixed, self.free_meetings(), relaxed=self.relaxed, stop=self.clock.late)
        self._keep(v, self.results)
        self.seconds_to_build = max(self.seconds_to_build, self.clock.seconds - begun)
        return v

    def model(self) -> Variables:
        """The whole model, built once, with what earlier goals have to keep."""
        if self.whole is None:
            self.whole = self.build()
        else:
            self._keep(self.whole, self.results[self._kept :])
        self._kept = len(self.results)
        return self.whole

    def _keep(self, v: Variables, results: list[Result]) -> None:
        for result in results:
            keep(v, result)

    def satisfy(self) -> Outcome:
        """Find any schedule that meets all demands."""
        if not self.relaxed:
            outcome, self.placed = appoint(
                self.possibilities, self.placed, self.clock, self.settings
            )
            if outcome is not Outcome.NOTHING or self.clock.over():
                return outcome
        try:
            v = self.model()
        except Interrupted:
            return Outcome.NOTHING
        found = decide(v.model, self.clock)
        if found is None:
            hint(v, self.placed.values())
            effort = Effort(self.clock.remaining())
            found = search(v.model, self.clock, self.settings, effort, lambda value, bound: None)
        if found.outcome in (Outcome.PROVEN, Outcome.FOUND):
            self.placed = by_id(read(v, found, self.placed))
        return found.outcome

    def meet_most_demands(self, v: Variables) -> None:
        """Where not all can be met together (proven): as many as possible, and keep those."""
        unmet = measure_unmet(v)
        v.model.minimize(unmet)
        hint(v, self.placed.values())
        effort = Effort(self.clock.remaining() / 2)
        found = search(v.model, self.clock, self.settings, effort, lambda value, bound: None)
        v.model.clear_objective()  # type: ignore[no-untyped-call]
        if found.outcome in (Outcome.PROVEN, Outcome.FOUND):
            self.placed = by_id(read(v, found, self.placed))
        most = unmet_demands(self.possibilities, self.placed)
        if not isinstance(unmet, int):
            v.model.add(unmet <= most)

    def settle(self, target: Target, goal: Goal, bound: int) -> None:
        """What is reached of this target is kept from now on."""
        value = self.value_of(target)
        result = Result(target, value, bound, target.floor(value, goal.allowance(value)))
        self.results.append(result)
        self.tell(target, value, bound)

    def breaks_by_session(self) -> bool:
        """Do breaks of one session depend on nothing in another?"""
        within = self.problem.rules.breaks_within
        return within == "session" and len(self.possibilities.sessions) > 1

    def take(self, v: Variables, found: Found, target: Target) -> bool:
        """Keep the schedule found if it really is better and keeps what has to be kept."""
        if found.outcome not in (Outcome.PROVEN, Outcome.FOUND):
            return False
        return self.adopt(by_id(read(v, found, self.placed)), target)

    def adopt(self, candidate: Placed, target: Target) -> bool:
        """Go on with this valid schedule if it is better and keeps what has to be kept."""
        values: Values = goal_values(self.problem, candidate.values())
        kept = all(
            not each.target.better(each.floor, level_of(values[each.target.goal], each.target))
            for each in self.results
        )
        value = level_of(values[target.goal], target)
        if not kept or not target.better(value, self.value_of(target)):
            return False
        self.placed = candidate
        self.valued = candidate, values
        return True

    def value_of(self, target: Target) -> int:
        if self.valued is None or self.valued[0] is not self.placed:
            self.valued = self.placed, goal_values(self.problem, self.placed.values())
        return level_of(self.valued[1][target.goal], target)

    def first_bound(self, target: Target, value: int) -> int:
        """What is known before the search: from the matching, or that counts are not below 0."""
        if target.maximise:
            possible = sum(meeting.weight for meeting in self.problem.meetings)
            return max(value, min(possible, self.known_bounds.get(target.goal, possible)))
        known = self.known_bounds.get(target.goal, 0)
        if target.goal == "minimum":
            return max(known, missing_for_sure(self.possibilities))
        if turns_by_level(target):
            return worse_off_for_sure(self.possibilities, target.level)
        return known

    def news(self, target: Target, bound: int) -> News:
        return News(self, target, self.value_of(target), bound)

    def tell(self, target: Target, value: int | None, bound: int | None) -> None:
        if self.listen is None:
            return
        mine = [result for result in self.results if result.target.goal == target.goal]
        done = [result for result in mine if result.target.level < target.level]
        if not turns_by_level(target):
            said: tuple[GoalValue | None, GoalValue | None] = (value, bound)
        else:
            values = (*(each.best for each in done), *([] if value is None else [value]))
            bounds = (*(each.bound for each in done), *([] if bound is None else [bound]))
            said = (values, bounds)
        seconds = round(self.clock.seconds, 3)
        self.listen(Progress(seconds=seconds, goal=target.goal, value=said[0], bound=said[1]))


class ModelError(Exception):
    """The model and the independent check disagree: a fault in the engine."""


class News:
    """Passes on what is new about one target, and only that."""

    def __init__(self, stages: Stages, target: Target, value: int, bound: int) -> None:
        self.stages = stages
        self.target = target
        self.value = value
        self.bound = bound

    def __call__(self, value: int | None, bound: int | None) -> None:
        better = value is not None and self.target.better(value, self.value)
        nearer = closer(self.target, self.bound, bound)
        if better or nearer != self.bound:
            self.value = value if better and value is not None else self.value
            self.bound = nearer
            self.stages.tell(self.target, self.value, self.bound)


def keep(v: Variables, result: Result) -> None:
    expression = expression_of(v, result.target)
    if isinstance(expression, int):
        return
    if result.target.maximise:
        v.model.add(expression >= result.floor)
    else:
        v.model.add(expression <= result.floor)


def by_id(placed: Iterable[PlacedMeeting]) -> Placed:
    return {each.meeting: each for each in placed}
