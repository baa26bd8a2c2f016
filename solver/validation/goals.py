"""Every goal counted again, from the meetings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

from solver.problem import Problem
from solver.schedule import GoalValue, PlacedMeeting
from solver.validation.loads import break_counter
from solver.validation.plan import Entry, Plan
from solver.validation.publication import changed_meetings

WORST_OFF_STEPS = range(5)


def goal_values(problem: Problem, meetings: Iterable[PlacedMeeting]) -> dict[str, GoalValue]:
    """The value of every goal, whether the problem asks for it or not.

    ``minimum``, ``stability``, ``breaks`` and ``moves`` are counts (less is better), ``wishes``
    a sum of weights (more is better), ``worst_off`` five counts compared from the left (less).
    """
    return values_of(Plan(problem, meetings))


def values_of(plan: Plan) -> dict[str, GoalValue]:
    """The same for a schedule that is laid out already."""
    return {
        "minimum": _minimum(plan),
        "stability": len(changed_meetings(plan.problem, plan.meetings)),
        "wishes": sum(entry.meeting.weight for entry in plan.entries),
        "worst_off": _worst_off(plan),
        "breaks": _breaks(plan),
        "moves": _moves(plan),
    }


def _placed_meetings(plan: Plan, person: str) -> int:
    return len(plan.by_person.get(person, []))


def _minimum(plan: Plan) -> int:
    people = plan.problem.participants
    return sum(max(0, p.min_meetings - _placed_meetings(plan, p.id)) for p in people)


def _worst_off(plan: Plan) -> tuple[int, ...]:
    wanted = Counter(chain.from_iterable(each.people() for each in plan.problem.meetings))
    counts = [(_placed_meetings(plan, person), total) for person, total in wanted.items()]
    return tuple(
        sum(placed <= step < total for placed, total in counts) for step in WORST_OFF_STEPS
    )


def _breaks(plan: Plan) -> int:
    count_breaks = break_counter(plan.problem)
    return sum(count_breaks(p, plan.by_person.get(p.id, [])) for p in plan.problem.participants)


def _moves(plan: Plan) -> int:
    one_seated = (person for person in plan.problem.participants if person.seats == 1)
    return sum(_moves_of(plan, plan.by_person.get(person.id, [])) for person in one_seated)


def _moves_of(plan: Plan, entries: list[Entry]) -> int:
    """``entries`` come in the order of time."""
    on_site = [e for e in entries if e.placed.place is not None and not e.is_online]
    return sum(
        earlier.session == later.session and earlier.placed.place != later.placed.place
        for earlier, later in pairwise(on_site)
    )
