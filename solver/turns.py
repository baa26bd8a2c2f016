"""A goal's turn: what is tried for it, in which order, and for how long.

Breaks where only times are open are raced; large problems are annealed; sessions are planned;
then come parts of the model, and the whole of it where that can be built in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from solver.clock import Interrupted
from solver.hints import hint
from solver.implied import add_implied_days
from solver.moving import with_fewer_moves
from solver.neighbourhoods import Neighbourhoods
from solver.objective import GOALS, Target, closer, set_objective
from solver.problem import Goal
from solver.race import race
from solver.search import Effort, News, Outcome, search
from solver.selection import Selection, is_decided_by_sums
from solver.stages import ModelError, Stages
from solver.succession import Succession
from solver.variables import Variables

SHARE = {"minimum": 1.0, "stability": 2.0, "wishes": 5.0, "breaks": 3.0, "moves": 1.0}
SHARE_OF_LEVEL = 0.4  # of worst_off
FEW_OPTIONS = 3_000  # up to here the whole model is at once better than parts of it
SHARE_OF_PLANS = 0.7  # of all the time that is left, at most, for solving session by session
SHARE_OF_PARTS = 0.8  # of the time for wishes; the whole model has the rest
SHARE_OF_CHOICE = 0.3  # of the time for wishes, at most, for which meetings take place
SHARE_OF_CHOSEN = 0.35  # of what is left then, for when these do
SHARE_OF_COLD = 0.6  # of what annealing has elsewhere, where that did not find room for all
SHARE_OF_PROOF = 0.15  # of what is left then, where models follow
SHARE_OF_LAST_PROOF = 0.8  # where the proof is all that is missing
SHARE_OF_ANNEALING = 0.3  # of a goal's time, where the whole model comes after it
SECONDS_PER_OPTION = 1e-4  # to build the whole model, on a busy machine
SEARCH_PER_BUILD = 3.0  # a model is not built for a search of less than so many times its time
MOST_SEATS = 60_000  # meetings x starts x places, to tell every table apart
SECONDS_PER_SEAT = 2e-4  # to build that model
QUICKLY_MOVED = 10_000  # meetings, whose tables are looked at in a few tenths of a second
FIGHTERS = ("core", "quick_restart_no_lp")  # prove breaks best on few cores (engine notes)


def improve(stages: Stages, goals: Iterable[Goal]) -> None:
    """All goals in turn, on the whole model or, where it is too large, by neighbourhoods."""
    turns = [(goal, target) for goal in goals for target in GOALS[goal.goal]]
    for index, (goal, target) in enumerate(turns):
        shares = [share_of(each) for _, each in turns[index:]]
        seconds = stages.clock.remaining() * shares[0] / sum(shares)
        take_turn(stages, target, goal, seconds)


def take_turn(stages: Stages, target: Target, goal: Goal, seconds: float) -> None:
    """Improve this target for so many seconds at most, and keep what is reached."""
    bound = stages.first_bound(target, stages.value_of(target))
    stages.tell(target, stages.value_of(target), bound)
    turn = Turn(stages, target, bound, stages.clock.remaining() - seconds)
    turn.take()
    stages.settle(target, goal, turn.bound)


def share_of(target: Target) -> float:
    return SHARE.get(target.goal, SHARE_OF_LEVEL)


@dataclass
class Turn:
    """``until``: how much time the clock shall have left when the turn ends."""

    stages: Stages
    target: Target
    bound: int
    until: float

    def take(self) -> None:
        self._race()
        self._move_less()
        selection = self._select()
        self._anneal(selection)
        if selection is not None:
            self._prove(selection)
        with suppress(Interrupted):
            self._plan()
            self._improve_parts_and_whole()

    @property
    def seconds(self) -> float:
        """That are left of this turn."""
        return self.stages.clock.remaining() - max(0.0, self.until)

    def _is_open(self) -> bool:
        return self.seconds > 0.0 and self.stages.value_of(self.target) != self.bound

    def _race(self) -> None:
        if self.target.goal == "breaks" and self._is_open():
            self.bound = race(self.stages, self.target, self.seconds, self.bound)

    def _move_less(self) -> None:
        """Other tables in the same slots: quick, so it is done however little time is left, but
        not for thousands of meetings, nor for somebody who waits for the answer.
        """
        stages, clock = self.stages, self.stages.clock
        is_late = clock.late() and len(stages.placed) > QUICKLY_MOVED
        if self.target.goal != "moves" or is_late or clock.cancelled():
            return
        if stages.value_of(self.target) != self.bound:
            fewer = with_fewer_moves(stages.possibilities, stages.placed, stages.clock.over)
            stages.adopt(fewer, self.target)

    def _select(self) -> Selection | None:
        """Which meetings take place is decided first, where that can be; then when they do."""
        stages = self.stages
        if self.target.goal != "wishes" or not self._can_anneal():
            return None
        if not is_decided_by_sums(stages.possibilities, self.bound):
            return None
        selection = Selection(stages, self.bound)
        selection.choose(SHARE_OF_CHOICE * self.seconds)
        if not selection.chosen or selection.worth < stages.value_of(self.target):
            return None  # the time was too short for a choice
        if selection.worth > stages.value_of(self.target):
            self._place(selection)
        return selection

    def _place(self, selection: Selection) -> None:
        from solver.insisting import Insisting

        stages, seconds = self.stages, SHARE_OF_CHOSEN * self.seconds
        Insisting(stages, seconds, selection.worth, selection.chosen).explore()
        stages.tell(self.target, stages.value_of(self.target), self.bound)

    def _prove(self, selection: Selection) -> None:
        """That nothing else would have been worth more, or how much at most."""
        if self._is_open():
            found = self.stages.value_of(self.target) >= selection.worth
            share = SHARE_OF_LAST_PROOF if found else SHARE_OF_PROOF
            share = 1.0 if self.stages.is_large() else share
            self.bound = selection.prove(share * self.seconds)
            self.stages.tell(self.target, self.stages.value_of(self.target), self.bound)

    def _can_anneal(self) -> bool:
        """Where the whole model is not small."""
        stages = self.stages
        if stages.options() <= FEW_OPTIONS or not self._is_open():
            return False
        from solver.annealing import can_anneal  # compiled: not for every problem

        return can_anneal(stages, self.target)

    def _anneal(self, selection: Selection | None) -> None:
        """What was selected and found room for is not melted again."""
        if not self._can_anneal():
            return
        share = 1.0 if self.stages.is_large() else SHARE_OF_ANNEALING
        if selection is None:
            self._explore(share * self.seconds, most=self.bound)
        elif self.stages.value_of(self.target) < selection.worth:
            seconds = SHARE_OF_COLD * share * self.seconds
            self._explore(seconds, most=selection.worth, cold=True)

    def _explore(self, seconds: float, *, most: int, cold: bool = False) -> None:
        from solver.annealing import Annealing

        stages = self.stages
        Annealing(stages, self.target, seconds, most, cold=cold).explore()
        stages.tell(self.target, stages.value_of(self.target), self.bound)

    def _plan(self) -> None:
        """Wishes, session by session: worth more than the goal's share of the time."""
        stages = self.stages
        if self.target.goal == "wishes" and self._is_open() and stages.is_plannable():
            left = stages.clock.remaining()
            self.until = min(self.until, left - SHARE_OF_PLANS * left)
            plan = Succession(stages, self.target, self.seconds, self.bound)
            self.bound = plan.improve()

    def _improve_parts_and_whole(self) -> None:
        stages = self.stages
        if not self._is_open():
            return
        in_parts = stages.whole is None and stages.is_large()
        seconds = self.seconds
        if in_parts or self._has_good_parts():
            share = 1.0 if in_parts else SHARE_OF_PARTS
            Neighbourhoods(stages, self.target, share * seconds, self.bound).explore()
            seconds *= 1.0 - share
        if in_parts or stages.value_of(self.target) == self.bound or not self._has_time_to_build():
            return
        whole = self._model(seconds)
        self.bound = search_whole(stages, whole, self.target, seconds, self.bound)

    def _has_time_to_build(self) -> bool:
        """The whole model, if it is not there yet; with steps time does not count."""
        stages = self.stages
        if stages.whole is not None or stages.clock.steps is not None:
            return True
        return stages.clock.remaining() > SECONDS_PER_OPTION * stages.options()

    def _has_good_parts(self) -> bool:
        """Are parts of the model solved before the whole?"""
        goal = self.target.goal
        suited = goal == "wishes" or (goal == "breaks" and self.stages.breaks_by_session())
        return suited and self.stages.options() > FEW_OPTIONS

    def _model(self, seconds: float) -> Variables:
        """Moves want every table told apart, where that is not too much."""
        stages = self.stages
        whole = stages.model()
        places = len(stages.problem.places or ())
        pooled = any(len(pool.places) > 1 for pool in stages.possibilities.pools.all)
        seats = stages.options() * places
        build = max(SEARCH_PER_BUILD * stages.seconds_to_build, SECONDS_PER_SEAT * seats)
        short = stages.clock.steps is None and seconds < build
        if self.target.goal != "moves" or not pooled or short or seats > MOST_SEATS:
            return whole
        return stages.build(stages.possibilities.tell_apart(stages.free_meetings()))


def told(stages: Stages, v: Variables, target: Target, bound: int) -> News:
    """Passes on values and bounds; of moves only bounds, where tables are not told apart: the
    model does not see a move within a pool.
    """
    news = stages.news(target, bound)
    if target.goal != "moves" or all(len(pool.places) == 1 for pool in v.possibilities.pools.all):
        return news
    return lambda _, nearer: news(None, nearer)


def search_whole(stages: Stages, v: Variables, target: Target, seconds: float, bound: int) -> int:
    """Improve the schedule on the whole model; return the bound."""
    if target.goal == "breaks":
        add_implied_days(v)
    set_objective(v, target)
    hint(v, stages.placed.values())
    effort = Effort(
        min(seconds, stages.clock.remaining()),
        subsolvers=FIGHTERS if target.goal == "breaks" else (),
        good_enough=bound,
    )
    found = search(v.model, stages.clock, stages.settings, effort, told(stages, v, target, bound))
    v.model.clear_objective()  # type: ignore[no-untyped-call]
    if found.outcome is Outcome.IMPOSSIBLE:
        raise ModelError(f"the model of {target.goal} refuses a schedule that is valid")
    if found.value is not None and target.better(found.value, stages.value_of(target)):
        stages.take(v, found, target)
    return closer(target, bound, found.bound)
