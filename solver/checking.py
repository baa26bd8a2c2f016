"""The check of a schedule file: its hash, its lists and its claims, besides every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from solver.canonical import problem_sha256
from solver.faults import shown
from solver.problem import Goal, Problem
from solver.schedule import GoalResult, GoalValue, Schedule, Status
from solver.validation import Plan, Violation, released_meetings, values_of, violations_in

MORE_IS_BETTER = frozenset({"wishes"})


def check(problem: Problem, schedule: Schedule) -> list[Violation]:
    """Everything that is wrong with a schedule of this problem; empty where it holds.

    Beside the rules' codes: ``hash``, ``listed`` (placed, unplaced and released meetings),
    ``status``, ``goals`` (which are given), ``value``, ``bound`` and ``proven``.
    """
    plan = Plan(problem, schedule.meetings)
    return [
        *_hash(problem, schedule),
        *violations_in(plan, schedule),
        *_listed(problem, schedule),
        *_released(problem, schedule),
        *_status(schedule),
        *_goals(plan, schedule),
    ]


def _hash(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    if schedule.problem_sha256 != problem_sha256(problem):
        yield Violation(rule="hash", text="the schedule was made for another problem")


def _listed(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    placed = {row.meeting for row in schedule.meetings}
    unplaced = Counter(row.meeting for row in schedule.unplaced)
    for meeting in problem.meetings:
        if meeting.id not in placed and meeting.id not in unplaced:
            yield _about(meeting.id, "is neither placed nor unplaced")
    for name, count in unplaced.items():
        if name in placed:
            yield _about(name, "is both placed and unplaced")
        if name not in problem.meeting_by_id:
            yield _about(name, "is listed as unplaced, but the problem does not have it")
        if count > 1:
            yield _about(name, "is listed as unplaced more than once")


def _released(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    listed = [(row.meeting, row.rule) for row in schedule.released]
    expected = {(row.meeting, row.rule) for row in released_meetings(problem)}
    for name, rule in sorted(expected.difference(listed)):
        yield _about(name, f"is released by the rule {rule} and not listed so")
    for (name, rule), count in Counter(listed).items():
        if (name, rule) not in expected or count > 1:
            yield _about(name, f"is listed as released by {shown(rule)}, wrongly or twice")


def _about(meeting: str, text: str) -> Violation:
    return Violation(rule="listed", text=f"meeting {shown(meeting)} {text}", meetings=(meeting,))


def _status(schedule: Schedule) -> Iterator[Violation]:
    is_infeasible = schedule.status is Status.INFEASIBLE
    if is_infeasible != (schedule.conflict is not None):
        text = f"the status is {schedule.status} and there is "
        text += "a conflict" if schedule.conflict is not None else "no conflict"
        yield Violation(rule="status", text=text)
    if schedule.status is Status.OPTIMAL and not all(row.proven for row in schedule.goals):
        yield Violation(rule="status", text="the status is optimal, but not every goal is proven")


def _goals(plan: Plan, schedule: Schedule) -> Iterator[Violation]:
    if schedule.status is Status.INFEASIBLE and not schedule.goals:
        return
    names = tuple(row.goal for row in schedule.goals)
    asked = tuple(goal.goal for goal in plan.problem.goals)
    if names != asked:
        text = f"the goals are {_text(names)}, the problem asks for {_text(asked)}"
        yield Violation(rule="goals", text=text)
    values = values_of(plan)
    entries = {goal.goal: goal for goal in plan.problem.goals}
    for row in schedule.goals:
        yield from _goal(entries.get(row.goal, Goal(goal=row.goal)), row, values[row.goal])


def _goal(entry: Goal, row: GoalResult, value: GoalValue) -> Iterator[Violation]:
    if not _same_form(row, value):
        yield Violation(rule="value", text=f"{row.goal} has values of another form than {value}")
        return
    if row.value != value:
        text = f"{row.goal} is said to be {row.value}, but is {value}"
        yield Violation(rule="value", text=text)
    if _is_better(row.goal, row.value, row.best) or not _keeps_slack(entry, row):
        text = f"{row.goal} has value {row.value}, which does not fit its best, {row.best}"
        yield Violation(rule="value", text=text)
    if _is_better(row.goal, row.best, row.bound) or _is_better(row.goal, value, row.bound):
        text = f"{row.goal} is {value} (best {row.best}), beyond its bound {row.bound}"
        yield Violation(rule="bound", text=text)
    if row.proven and row.best != row.bound:
        text = f"{row.goal} is called proven, but its best {row.best} is not its bound {row.bound}"
        yield Violation(rule="proven", text=text)


def _same_form(row: GoalResult, value: GoalValue) -> bool:
    given = (row.best, row.value, row.bound)
    if isinstance(value, int):
        return all(isinstance(each, int) for each in given)
    return all(isinstance(each, tuple) and len(each) == len(value) for each in given)


def _is_better(goal: str, value: GoalValue, other: GoalValue) -> bool:
    """Lists compare from the left, as the goal improves them."""
    first, second = _as_tuple(value), _as_tuple(other)
    return first > second if goal in MORE_IS_BETTER else first < second


def _keeps_slack(entry: Goal, row: GoalResult) -> bool:
    sign = -1 if entry.goal in MORE_IS_BETTER else 1
    pairs = zip(_as_tuple(row.value), _as_tuple(row.best), strict=True)
    return all(sign * (value - best) <= entry.allowance(best) for value, best in pairs)


def _as_tuple(value: GoalValue) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else value


def _text(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
