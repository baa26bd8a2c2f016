"""Wishes, session by session: a plan says which meetings go where, then each session is solved.

A session alone is a small problem, found feasible or refuted in a moment. What does not go into
its session waits for the next ones. The plan's model also gives the bound (see apportionment).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from solver.apportionment import Apportionment, ways
from solver.clock import Interrupted
from solver.cp_sat import cp_model
from solver.demands import unmet_demands
from solver.model import build, read
from solver.objective import Target, set_objective
from solver.problem import Meeting
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.search import Effort, Found, News, Outcome, search

if TYPE_CHECKING:
    from solver.possibilities import Possibilities
    from solver.stages import Stages

MOST_SHARES = 30_000  # variables of a plan; beyond, planning takes too long
SHARE_OF_PLAN = 0.8  # of the time that is given, for a plan to carry out
SHARE_OF_PROOF = 0.8  # of what is left then, for the bound
NEAR = 0.001  # of the bound: a plan so good is carried out without looking for a better one
SHARE_OF_SESSION = 0.3  # of what is left, for one session
STRONG = 2  # linearization of a plan: without its linear programme CP-SAT does not prove it

Plan = dict[str, int]
Placed = dict[str, PlacedMeeting]


def _effort(
    seconds: float,
    *,
    workers: int = 1,
    gap: float = 0.0,
    enough: Callable[[], bool] = lambda: False,
) -> Effort:
    return Effort(
        seconds, linearization=STRONG, workers=workers, probing=False, gap=gap, enough=enough
    )


def no_news(_value: int | None, _bound: int | None) -> None:
    """Nothing that is found on the way is of use to others."""


def is_plannable(possibilities: Possibilities) -> bool:
    """Several sessions, nothing published that has to stay, and not too large."""
    published = possibilities.published
    if len(possibilities.sessions) < 2 or published.loose or published.locked:
        return False
    return len(list(islice(ways(possibilities), MOST_SHARES + 1))) <= MOST_SHARES


class Succession:
    def __init__(self, stages: Stages, target: Target, seconds: float, bound: int) -> None:
        self.stages = stages
        self.possibilities = stages.possibilities
        self.target = target
        self.bound = self.announced = bound
        self.until = stages.clock.remaining() - seconds

    def improve(self) -> int:
        """Plan evenly and carry it out; the bound, and what a plan without evenness adds."""
        plan, freely = self._plans()
        if self.worth(freely) > max(self.worth(plan), self.stages.value_of(self.target)):
            self._carry_out(freely)
        return self.bound

    def _plans(self) -> tuple[Plan, Plan]:
        """The even plan, carried out, and the free one: at once where there are several workers."""
        workers = self.stages.settings.workers
        if workers == 1 or self.stages.clock.steps is not None:
            plan = self._plan_evenly()
            return plan, {} if self._done() else self._plan_freely(plan, workers=1)
        with ThreadPoolExecutor(1) as beside:
            freely = beside.submit(self._plan_freely, {}, workers=workers - 1)
            plan = self._plan_evenly()
            return plan, freely.result()

    def _plan_evenly(self) -> Plan:
        whole = Apportionment(self.possibilities, balanced=True)
        found = self._solve_plan(whole, _effort(SHARE_OF_PLAN * self._left(), gap=NEAR), no_news)
        plan = {} if found is None else whole.plan(found)
        self._carry_out(plan)
        return plan

    def _plan_freely(self, hint: Plan, *, workers: int) -> Plan:
        """What is proven of this one holds for every schedule."""
        whole = Apportionment(self.possibilities, balanced=False)
        whole.suggest(hint)
        seconds = SHARE_OF_PROOF * self._left()
        effort = _effort(seconds, workers=workers, enough=self._is_reached)
        found = self._solve_plan(whole, effort, lambda _, bound: self._announce(bound))
        if found is None:
            return {}
        self.bound = min(self.bound, self.bound if found.bound is None else found.bound)
        return whole.plan(found)

    def _solve_plan(self, whole: Apportionment, effort: Effort, news: News) -> Found | None:
        whole.model.add(whole.weight <= self.bound)
        found = self._search(whole.model, replace(effort, good_enough=self.bound), news)
        return found if found.outcome in (Outcome.FOUND, Outcome.PROVEN) else None

    def worth(self, plan: Plan) -> int:
        by_id = self.possibilities.problem.meeting_by_id
        kept = self.possibilities.published.kept
        return sum(by_id[name].weight for name in (*plan, *kept))

    def _left(self) -> float:
        return max(0.0, self.stages.clock.remaining() - max(0.0, self.until))

    def _done(self) -> bool:
        return self._left() <= 0.0 or self.stages.value_of(self.target) == self.bound

    def _announce(self, bound: int | None) -> None:
        """What CP-SAT says while it works; it counts once CP-SAT has come to an end."""
        if bound is not None and bound < self.announced:
            self.announced = bound
            self.stages.tell(self.target, self.stages.value_of(self.target), bound)

    def _is_reached(self) -> bool:
        return self._done() or self.stages.value_of(self.target) >= self.announced

    def _carry_out(self, plan: Plan) -> None:
        """Solve the sessions in turn and keep the schedule if it is better."""
        placed: Placed = {}
        planned = dict.fromkeys(plan.values()) if plan else {}
        for session in sorted(planned):
            if self._left() <= 0.0:
                return
            placed = self._fill(session, plan, placed)
        if placed and unmet_demands(self.possibilities, placed) == 0:
            self.stages.adopt(placed, self.target)
            self.stages.tell(self.target, self.stages.value_of(self.target), self.bound)

    def _fill(self, session: int, plan: Plan, placed: Placed) -> Placed:
        """All that was planned, if it fits; else as much as fits, also of what was left before."""
        due = self._meetings(plan, placed, lambda planned: planned == session)
        whole = self._solve(session, due, placed, must=True)
        if whole is not None:
            return whole
        waiting = self._meetings(
            plan, placed, lambda planned: planned is None or planned <= session
        )
        return self._solve(session, waiting, placed, must=False) or placed

    def _meetings(
        self, plan: Plan, placed: Placed, wanted: Callable[[int | None], bool]
    ) -> list[Meeting]:
        free = self.stages.free_meetings()
        return [each for each in free if each.id not in placed and wanted(plan.get(each.id))]

    def _solve(
        self, session: int, meetings: list[Meeting], placed: Placed, *, must: bool
    ) -> Placed | None:
        fixed = Roster(self.possibilities).load(placed.values())
        slots = frozenset(self.possibilities.sessions[session])
        stop = self.stages.clock.late
        try:
            v = build(self.possibilities, fixed, meetings, slots=slots, relaxed=True, stop=stop)
        except Interrupted:
            return None
        if must:
            for decisions in v.meetings.values():
                v.model.add_bool_or([decisions.placed])
        else:
            set_objective(v, self.target)
        effort = Effort(SHARE_OF_SESSION * self._left())
        found = self._search(v.model, effort, lambda value, bound: None)
        if found.outcome not in (Outcome.FOUND, Outcome.PROVEN):
            return None
        return {each.meeting: each for each in read(v, found, placed)}

    def _search(self, model: cp_model.CpModel, effort: Effort, news: News) -> Found:
        return search(model, self.stages.clock, self.stages.settings, effort, news)
