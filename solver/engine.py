"""``solve``: from a problem to the best schedule that the time allows, with its proof.

First a constructive schedule that is valid at any time limit, and the matching bound. Then the
model of all rules, goal by goal. Whatever comes out is checked by ``solver.validation`` before
it is returned.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from solver.appointing import fill_in
from solver.bounds import MOST_VARIABLES, Matching, matching_bound, slotwise_bound
from solver.canonical import problem_sha256
from solver.clock import STEP, Clock, Interrupted
from solver.completion import explain, explain_all, filled
from solver.conflict import find_conflict, hopeless
from solver.construction import construct_board
from solver.demands import broken_promises, unmet_demands
from solver.linear import SECONDS_PER_VARIABLE, LinearEffort
from solver.naming import answered, back, renamed, structural_names
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.repair import Repair
from solver.results import goal_results
from solver.roster import Roster
from solver.schedule import (
    Conflict,
    PlacedMeeting,
    Released,
    Schedule,
    Status,
    Unplaced,
)
from solver.search import Outcome
from solver.settings import Listener, Settings, StopSignal
from solver.stages import MOST_OPTIONS, ModelError, Placed, Stages, by_id
from solver.standing import is_repair
from solver.succession import is_plannable
from solver.turns import improve
from solver.validation import Plan, values_of, violations_in

SHORTEST_SEARCH = 0.3  # seconds; below, the constructive schedule is the answer
SHARE_OF_REPAIRS = 0.4  # of the time, for the constructive start
FINISHING = 7.0  # times as long as to work out the possibilities: places, reasons, check, writing
SHARE_OF_BOUND = 0.3  # of the time, for the slot-wise bound
GRACE = 10.0  # seconds beyond the limit, where published meetings leave no valid schedule at once


def solve(
    problem: Problem,
    settings: Settings | None = None,
    listen: Listener | None = None,
    stop: StopSignal | None = None,
) -> Schedule:
    """Solve the problem within the settings' time.

    ``listen`` is told of every better value and bound; ``stop`` is asked several times a second
    and ends the search with the best schedule so far. Raises :class:`ModelError` where the
    independent check refuses the answer, which is a fault of the engine.

    With steps the problem is solved under names that follow from its structure, so that other ids
    change no value.
    """
    settings = settings or Settings()
    if settings.steps is None:
        return Run(problem, settings, listen, stop).answer()
    names = structural_names(problem)
    found = Run(renamed(problem, names), settings, listen, stop).answer()
    return checked(problem, answered(problem, found, back(names)))


def checked(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule, if the independent check has nothing against it."""
    return accepted(Plan(problem, schedule.meetings), schedule)


def accepted(plan: Plan, schedule: Schedule) -> Schedule:
    if broken := violations_in(plan, schedule):
        raise ModelError("; ".join(violation.text for violation in broken))
    return schedule


@dataclass
class Verdict:
    """What the search found out about the demands."""

    status: Status | None = None
    conflict: Conflict | None = None


class Run:
    def __init__(
        self,
        problem: Problem,
        settings: Settings,
        listen: Listener | None,
        stop: StopSignal | None,
    ) -> None:
        self.problem = problem
        self.settings = settings
        self.clock = Clock(settings, stop)
        begun = time.monotonic()
        self.possibilities = Possibilities(problem)
        finishing = FINISHING * (time.monotonic() - begun)
        self.stages = Stages(self.possibilities, self.clock, settings, listen, {})
        self.repair = Repair(self.stages) if is_repair(problem) else None
        if self.repair is None:
            self.stages.placed = self._construct()
        self.clock.keep_back(max(finishing, time.monotonic() - begun))

    def _construct(self) -> Placed:
        matching = self._bound()
        self.stages.known_bounds["wishes"] = matching.bound
        brief = is_plannable(self.possibilities)
        board = construct_board(
            self.possibilities, matching, self._patience(), self.settings.seed, brief=brief
        )
        placed = board.schedule()
        self.stages.annealed = (placed, board, None)  # annealing need not lay out its own
        return placed

    def _bound(self) -> Matching:
        """The matching bound, and the slot-wise one where it takes a small part of the time."""
        stop = self.clock.cancelled
        matching = matching_bound(self.possibilities, LinearEffort(None, 1, stop))
        seconds = SHARE_OF_BOUND * self.clock.remaining()
        counted = self.clock.steps is not None
        effort = LinearEffort(
            seconds=None if counted else 2 * seconds,
            threads=1 if counted else self.settings.workers,
            stop=self.clock.late,
        )
        most = min(MOST_VARIABLES, int(seconds / SECONDS_PER_VARIABLE))
        slotwise = slotwise_bound(self.possibilities, effort, most)
        if slotwise is None or slotwise.bound > matching.bound:
            return matching
        self.clock.spent += SECONDS_PER_VARIABLE * slotwise.relaxation.size
        return Matching(slotwise.bound, slotwise.chosen(), slotwise)

    def _patience(self) -> Callable[[], bool]:
        """Repairs may take a part of the time; what search needs is kept back.

        None where annealing does better at once.
        """
        published = self.possibilities.published
        options = sum(map(len, self.possibilities.starts.values()))
        if options > MOST_OPTIONS and not published.loose and not published.locked:
            return lambda: True
        until = self.clock.seconds + SHARE_OF_REPAIRS * self.clock.remaining()
        repeatable = self.clock.steps is not None
        return lambda: self.clock.late() or (not repeatable and self.clock.seconds > until)

    def answer(self) -> Schedule:
        verdict = Verdict()
        if broken_promises(self.possibilities, self.stages.placed):
            self.clock.extend(GRACE)
        if self.clock.steps is not None or self.clock.remaining() > SHORTEST_SEARCH:
            self._fill_in()
            if impossible := self._hopeless():
                return self._answer_without(impossible)
            verdict = self._search()
        elif self.repair is not None:
            self.repair.count(self.problem.goals)
        return self._finish(self.stages.placed, verdict)

    def _fill_in(self) -> None:
        """Where only times are open and the first pass could not place all."""
        stages = self.stages
        if self.repair is None and unmet_demands(self.possibilities, stages.placed):
            seed = self.settings.seed
            stages.placed = fill_in(self.possibilities, stages.placed, self.clock, seed)

    def _hopeless(self) -> frozenset[str]:
        """Of the musts that the first pass could not place, those that nothing can place."""
        placed, problem = self.stages.placed, self.problem
        missing = frozenset(
            each.id for each in self.possibilities.meetings if each.must and each.id not in placed
        )
        mends = problem.rules.breaks_per_participant is not None  # then all has to be looked at
        if not missing or self.repair is not None or (mends and self.stages.is_large()):
            return frozenset()
        return hopeless(problem, missing, self.clock, self.settings)

    def _answer_without(self, impossible: frozenset[str]) -> Schedule:
        """The contradiction, and the best schedule of the same problem without these musts."""
        conflict = find_conflict(_demanding(self.problem, impossible), self.clock, self.settings)
        others = frozenset(each.id for each in self.problem.meetings if each.must) - impossible
        rest = Run(
            _demanding(self.problem, others), self._left(), self.stages.listen, self.clock.stop
        )
        found = rest.answer()
        return checked(
            self.problem,
            replace(
                found,
                problem_sha256=problem_sha256(self.problem),
                status=Status.INFEASIBLE,
                conflict=conflict,
                seconds=None if found.seconds is None else round(self.clock.seconds, 3),
            ),
        )

    def _left(self) -> Settings:
        """For a run that goes on on the same clock."""
        steps = self.clock.steps
        left = None if steps is None else max(1, steps - round(self.clock.spent / STEP))
        return replace(self.settings, started=self.clock.started, steps=left)

    def _search(self) -> Verdict:
        if self.repair is not None:
            self.repair.freeze()
        if unmet_demands(self.possibilities, self.stages.placed):
            outcome = self._satisfy()
            if outcome is Outcome.NOTHING:
                return Verdict(Status.INCOMPLETE)
            if outcome is Outcome.IMPOSSIBLE:
                return self._contradiction()
        self._improve()
        return Verdict()

    def _satisfy(self) -> Outcome:
        outcome = self.stages.satisfy()
        if outcome is Outcome.IMPOSSIBLE and self.repair is not None and not self.repair.decisive:
            self._give_up_repair()
            outcome = self.stages.satisfy()
        return outcome

    def _give_up_repair(self) -> None:
        if self.repair is not None:
            self.repair.thaw()
            self.repair = None

    def _improve(self) -> None:
        if self.repair is not None:
            self.repair.improve(self.problem.goals)
        else:
            improve(self.stages, self.problem.goals)

    def _contradiction(self) -> Verdict:
        conflict = self.repair.conflict() if self.repair is not None else None
        if conflict is None:
            conflict = find_conflict(self.problem, self.clock, self.settings)
            self._give_up_repair()
        stages = self.stages
        stages.relaxed, stages.whole = True, None
        if not self.clock.over():
            with suppress(Interrupted):
                stages.meet_most_demands(stages.model())
            self._improve()
        return Verdict(Status.INFEASIBLE, conflict)

    def _finish(self, placed: dict[str, PlacedMeeting], verdict: Verdict) -> Schedule:
        roster = filled(self.stages.possibilities, placed.values())
        meetings = roster.schedule()
        plan = Plan(self.problem, meetings)
        goals = goal_results(self.stages, values_of(plan))
        unmet = unmet_demands(self.possibilities, by_id(meetings))
        status = verdict.status or (Status.INCOMPLETE if unmet else None)
        if status is None:
            proven = all(goal.proven for goal in goals)
            status = Status.OPTIMAL if proven else Status.FEASIBLE
        released = sorted(self.possibilities.published.released.items())
        schedule = Schedule(
            problem_sha256=problem_sha256(self.problem),
            status=status,
            meetings=meetings,
            unplaced=self._reasons(roster),
            released=tuple(Released(meeting=name, rule=rule) for name, rule in released),
            conflict=verdict.conflict,
            goals=goals,
            seconds=None if self.settings.steps is not None else round(self.clock.seconds, 3),
            seed=self.settings.seed,
        )
        return accepted(plan, schedule)

    def _reasons(self, roster: Roster) -> tuple[Unplaced, ...]:
        """What was frozen for a repair does not count as a reason."""
        if roster.possibilities is self.possibilities:
            return explain(roster)
        return explain_all(self.possibilities, roster.placed.values())


def _demanding(problem: Problem, musts: frozenset[str]) -> Problem:
    """The problem with these musts and no others."""
    meetings = (replace(each, must=each.id in musts) for each in problem.meetings)
    return replace(problem, meetings=tuple(meetings))
