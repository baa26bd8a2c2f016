"""A cure that is applied places the meeting, breaks nothing and costs exactly what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from solver_cases import small_problem

from solver.amendments import apply_patch
from solver.bounds import matching_bound
from solver.canonical import problem_to_json
from solver.construction import construct
from solver.engine import solve
from solver.explanation import Explainer
from solver.files import problem_from_json
from solver.possibilities import Possibilities
from solver.problem import Problem, PublishedMeeting
from solver.schedule import Cure, GoalValue, PlacedMeeting, Schedule, Status
from solver.settings import Settings
from solver.validation import goal_values, violations

Placed = tuple[PlacedMeeting, ...]


def first_schedule(problem: Problem) -> Placed:
    possibilities = Possibilities(problem)
    return tuple(construct(possibilities, matching_bound(possibilities), lambda: True).values())


def patched(problem: Problem, cure: Cure) -> Problem:
    """By the file alone: the canonical document with the patch applied, read again."""
    return problem_from_json(apply_patch(problem_to_json(problem), cure.patch))


def moved(before: Placed, cure: Cure) -> Placed:
    rows = {row.meeting: row for row in before}
    for move in cure.moves:
        rows.pop(move["meeting"], None)
        if move["slot"] is not None:
            people = tuple(move["participants"])
            rows[move["meeting"]] = PlacedMeeting(**(move | {"participants": people}))
    return tuple(rows.values())


def broken(problem: Problem, meetings: Placed) -> set[str]:
    schedule = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=meetings)
    return {row.text for row in violations(problem, schedule)}


def worse(
    problem: Problem, before: Placed, changed: Problem, after: Placed
) -> dict[str, GoalValue]:
    old, new = goal_values(problem, before), goal_values(changed, after)
    return {goal.goal: _worse(goal.goal, old[goal.goal], new[goal.goal]) for goal in problem.goals}


def _worse(goal: str, old: GoalValue, new: GoalValue) -> GoalValue:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return tuple(after - before for before, after in zip(old, new, strict=True))
    assert isinstance(old, int)
    assert isinstance(new, int)
    return old - new if goal == "wishes" else new - old


def locked(problem: Problem, meeting: str, rows: Placed) -> Problem:
    """The meeting has to be, the placed ones stay as they are, nothing else may be placed."""
    fixed = tuple(
        PublishedMeeting(
            meeting=row.meeting,
            slot=row.slot,
            place=row.place,
            room=row.room,
            participants=row.participants,
            interpreter=row.interpreter,
            locked=True,
        )
        for row in rows
        if row.meeting != meeting
    )
    there = {row.meeting for row in rows}
    meetings = tuple(
        replace(each, must=each.id == meeting)
        if each.id in there
        else replace(each, must=False, slots=frozenset())
        for each in problem.meetings
    )
    goals = tuple(goal for goal in problem.goals if goal.goal != "stability")
    return replace(problem, meetings=meetings, published=fixed, goals=goals)


def cures_of(seed: int, *, published: bool) -> Iterator[tuple[Problem, Placed, str, Cure]]:
    problem = small_problem(seed, musts=False, published=published)
    before = first_schedule(problem)
    explainer = Explainer(problem, before)
    taken = {row.meeting for row in before}
    for meeting in [each.id for each in problem.meetings if each.id not in taken][:4]:
        for cure in explainer.explain(meeting).cures:
            yield problem, before, meeting, cure


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("seed", range(800, 830))
def test_a_cure_gives_a_valid_schedule_at_exactly_the_stated_cost(
    seed: int, published: bool
) -> None:
    for problem, before, meeting, cure in cures_of(seed, published=published):
        changed, after = patched(problem, cure), moved(before, cure)
        assert meeting in {row.meeting for row in after}
        assert broken(changed, after) <= broken(problem, before), cure.text
        assert dict(cure.cost) == worse(problem, before, changed, after), cure.text


@pytest.mark.parametrize("seed", range(840, 850))
def test_with_the_rest_locked_the_engine_finds_the_same_cost(seed: int) -> None:
    for problem, before, meeting, cure in cures_of(seed, published=False):
        changed, after = patched(problem, cure), moved(before, cure)
        schedule = solve(locked(changed, meeting, after), Settings(seconds=20, workers=1))
        assert schedule.status is Status.OPTIMAL
        found = {row.meeting for row in schedule.meetings}
        assert found == {row.meeting for row in after}
        cost = worse(problem, before, changed, schedule.meetings)
        assert dict(cure.cost) == cost, cure.text
