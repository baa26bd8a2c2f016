"""The table of rules, and the judgement of a whole schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from solver.problem import Problem
from solver.schedule import Schedule, Status
from solver.validation import languages, loads, meetings, people, places, publication
from solver.validation.plan import Plan
from solver.validation.violation import Violation

Rule = Callable[[Plan], Iterator[Violation]]

RULES: dict[str, Rule] = {
    "once": meetings.once,
    "must": meetings.must,
    "length": meetings.length,
    "side": people.side,
    "busy": people.busy,
    "absent": people.absent,
    "max_meetings": people.max_meetings,
    "max_in_a_row": people.max_in_a_row,
    "place_taken": places.place_taken,
    "place_closed": places.place_closed,
    "place_kind": places.place_kind,
    "own_place": places.own_place,
    "online": places.online,
    "start_slot": meetings.start_slot,
    "after": meetings.after,
    "language": languages.language,
    "interpreter": languages.interpreter,
    "travel": places.travel,
    "limits": loads.limits,
    "exclusive": meetings.exclusive,
    "breaks": loads.breaks,
    "kept": publication.kept,
    "changes": publication.changes,
}


def violations(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Every rule that the schedule breaks, as far as its status claims to keep it.

    What has to be in a schedule (a ``must``, locked meetings, few changes) is judged only where
    the status claims that it is: optimal or feasible. The rules that an infeasible schedule's
    conflict names are not judged either. Everything else holds in every schedule.
    """
    return violations_in(Plan(problem, schedule.meetings), schedule)


def violations_in(plan: Plan, schedule: Schedule) -> list[Violation]:
    """The same for a schedule that is laid out already."""
    found = (violation for rule in RULES.values() for violation in rule(plan))
    return [violation for violation in found if _is_judged(plan, schedule, violation)]


def _is_judged(plan: Plan, schedule: Schedule, violation: Violation) -> bool:
    if schedule.status in (Status.OPTIMAL, Status.FEASIBLE):
        return True
    if violation.rule in _excused(schedule):
        return False
    return not (violation.rule == "kept" and _is_dropped_lock(plan, violation))


def _excused(schedule: Schedule) -> tuple[str, ...]:
    if schedule.status is Status.INCOMPLETE:
        return ("must", "changes")
    return ("must", *(schedule.conflict.rules if schedule.conflict is not None else ()))


def _is_dropped_lock(plan: Plan, violation: Violation) -> bool:
    (name,) = violation.meetings
    return name not in plan.by_meeting and name not in plan.started
