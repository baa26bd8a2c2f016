"""One goal after the other: improve it, keep it, go on to the next (lexicographic)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.bounds import missing_for_sure, worse_off_for_sure
from solver.clock import Clock
from solver.deciding import decide
from solver.demands import measure_unmet, unmet_demands
from solver.hints import hint
from solver.implied import add_implied_days
from solver.model import build, read
from solver.moving import with_fewer_moves
from solver.neighbourhoods import Neighbourhoods
from solver.objective import (
    GOALS,
    Target,
    closer,
    expression_of,
    level_of,
    set_objective,
    turns_by_level,
)
from solver.possibilities import Possibilities
from solver.problem import Goal, Meeting, Problem
from solver.race import race
from solver.roster import Roster
from solver.schedule import GoalValue, PlacedMeeting
from solver.search import Effort, Found, Outcome, search
from solver.settings import Listener, Progress, Settings
from solver.succession import Succession, is_plannable
from solver.validation import goal_values
from solver.variables import Variables

if TYPE_CHECKING:
    from solver.kernel.arrays import Ints
    from solver.kernel.board import Board

SHARE = {"minimum": 1.0, "stability": 2.0, "wishes": 5.0, "breaks": 3.0, "moves": 1.0}
SHARE_OF_LEVEL = 0.4  # of worst_off
MOST_OPTIONS = 60_000  # meetings x starts in one model; beyond, neighbourhoods
FEW_OPTIONS = 3_000  # up to here the whole model is at once better than parts of it
SHARE_OF_PLANS = 0.7  # of all the time that is left, at most, for solving session by session
SHARE_OF_PARTS = 0.8  # of the time for wishes; the whole model has the rest
SHARE_OF_ANNEALING = 0.3  # of a goal's time, where the whole model comes after it
SECONDS_PER_OPTION = 1e-4  # to build the whole model, on a busy machine
SEARCH_PER_BUILD = 3.0  # a model is not built for a search of less than so many times its time
MOST_SEATS = 60_000  # meetings x starts x places, to tell every table apart
FIGHTERS = ("core", "quick_restart_no_lp")  # prove breaks best on few cores (engine notes)

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
    results: list[Result] = field(default_factory=list)
    whole: Variables | None = None  # the model of everything, built when first needed
    frozen: Roster | None = None  # what is known to stay in every schedule looked for
    seconds_to_build: float = 0.0  # what that took on this machine
    valued: tuple[Placed, Values] | None = None  # a schedule and its values, counted once
    _kept: int = 0  # how many of the results the whole model knows
    annealed: tuple[Placed, Board, Ints] | None = None  # the board as annealing left it

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
        return sum(len(self.possibilities.starts[each.id]) for each in self.free_meetings())

    def is_large(self) -> bool:
        return self.options() > MOST_OPTIONS

    def is_plannable(self) -> bool:
        """Can the sessions be planned together and then be solved one by one?"""
        return not self.relaxed and not self.is_large() and is_plannable(self.possibilities)

    def build(self, possibilities: Possibilities | None = None) -> Variables:
        """The whole model, with what earlier goals have to keep."""
        begun = self.clock.seconds
        of = possibilities or self.possibilities
        fixed = self.frozen
        if fixed is None or of is not self.possibilities:
            fixed = Roster(of).load(fixed.placed.values() if fixed is not None else ())
        v = build(of, fixed, self.free_meetings(), relaxed=self.relaxed)
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
        v = self.model()
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

    def improve(self, goals: Iterable[Goal]) -> None:
        """All goals in turn, on the whole model or, where it is too large, by neighbourhoods."""
        turns = [(goal, target) for goal in goals for target in GOALS[goal.goal]]
        for index, (goal, target) in enumerate(turns):
            shares = [share_of(each) for _, each in turns[index:]]
            seconds = self.clock.remaining() * shares[0] / sum(shares)
            self.improve_one(target, goal, seconds)

    def improve_one(self, target: Target, goal: Goal, seconds: float) -> None:
        value = self.value_of(target)
        bound = self.first_bound(target, value)
        self.tell(target, value, bound)
        if target.goal == "breaks" and value != bound and seconds > 0.0:
            before = self.clock.remaining()
            bound = race(self, target, seconds, bound)
            seconds -= before - self.clock.remaining()
        if target.goal == "moves" and value != bound:
            fewer = with_fewer_moves(self.possibilities, self.placed, self.clock.over)
            self.adopt(fewer, target)
        seconds -= self._anneal(target, seconds, bound)
        if (
            self.value_of(target) != bound
            and seconds > 0.0
            and target.goal == "wishes"
            and self.is_plannable()
        ):
            before = self.clock.remaining()
            seconds = max(seconds, SHARE_OF_PLANS * before)
            bound = Succession(self, target, seconds, bound).improve()
            seconds -= before - self.clock.remaining()
        if self.value_of(target) != bound and seconds > 0.0:
            bound = self._improve_parts_and_whole(target, seconds, bound)
        self.settle(target, goal, bound)

    def settle(self, target: Target, goal: Goal, bound: int) -> None:
        """What is reached of this target is kept from now on."""
        value = self.value_of(target)
        result = Result(target, value, bound, target.floor(value, goal.allowance(value)))
        self.results.append(result)
        self.tell(target, value, bound)

    def _anneal(self, target: Target, seconds: float, bound: int) -> float:
        """Where the whole model is not small: annealing; returns the seconds that it took."""
        if self.options() <= FEW_OPTIONS or seconds <= 0.0 or self.value_of(target) == bound:
            return 0.0
        from solver.annealing import Annealing, can_anneal  # compiled: not for every problem

        if not can_anneal(self, target):
            return 0.0
        before = self.clock.remaining()
        share = 1.0 if self.is_large() else SHARE_OF_ANNEALING
        Annealing(self, target, share * seconds, bound).explore()
        self.tell(target, self.value_of(target), bound)
        return before - self.clock.remaining()

    def _improve_parts_and_whole(self, target: Target, seconds: float, bound: int) -> int:
        in_parts = self.whole is None and self.is_large()
        if in_parts or self._has_good_parts(target):
            share = 1.0 if in_parts else SHARE_OF_PARTS
            Neighbourhoods(self, target, share * seconds, bound).explore()
            seconds *= 1.0 - share
        if in_parts or self.value_of(target) == bound or not self._has_time_to_build():
            return bound
        return self.search_whole(self._model_for(target, seconds), target, seconds, bound)

    def _has_time_to_build(self) -> bool:
        """The whole model, if it is not there yet; with steps time does not count."""
        if self.whole is not None or self.clock.steps is not None:
            return True
        return self.clock.remaining() > SECONDS_PER_OPTION * self.options()

    def _has_good_parts(self, target: Target) -> bool:
        """Are parts of the model solved before the whole?"""
        suited = target.goal == "wishes" or (target.goal == "breaks" and self.breaks_by_session())
        return suited and self.options() > FEW_OPTIONS

    def breaks_by_session(self) -> bool:
        """Do breaks of one session depend on nothing in another?"""
        within = self.problem.rules.breaks_within
        return within == "session" and len(self.possibilities.sessions) > 1

    def _model_for(self, target: Target, seconds: float) -> Variables:
        """Moves want every table told apart, where that is not too much."""
        whole = self.model()
        places = len(self.problem.places or ())
        pooled = any(len(pool.places) > 1 for pool in self.possibilities.pools.all)
        short = self.clock.steps is None and seconds < SEARCH_PER_BUILD * self.seconds_to_build
        if target.goal != "moves" or not pooled or short or self.options() * places > MOST_SEATS:
            return whole
        return self.build(self.possibilities.tell_apart(self.free_meetings()))

    def search_whole(self, v: Variables, target: Target, seconds: float, bound: int) -> int:
        """Improve the schedule on the whole model; return the bound."""
        if target.goal == "breaks":
            add_implied_days(v)
        set_objective(v, target)
        hint(v, self.placed.values())
        effort = Effort(
            min(seconds, self.clock.remaining()),
            subsolvers=FIGHTERS if target.goal == "breaks" else (),
            good_enough=bound,
        )
        found = search(v.model, self.clock, self.settings, effort, self.news(target, bound))
        v.model.clear_objective()  # type: ignore[no-untyped-call]
        if found.outcome is Outcome.IMPOSSIBLE:
            raise ModelError(f"the model of {target.goal} refuses a schedule that is valid")
        if found.value is not None and target.better(found.value, self.value_of(target)):
            self.take(v, found, target)
        return closer(target, bound, found.bound)

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


def share_of(target: Target) -> float:
    return SHARE.get(target.goal, SHARE_OF_LEVEL)


def by_id(placed: Iterable[PlacedMeeting]) -> Placed:
    return {each.meeting: each for each in placed}
