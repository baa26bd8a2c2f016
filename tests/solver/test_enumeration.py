"""The engine's value and bound are those found by trying every schedule: 500 random problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from solver_enumeration import best_values, rich_problem

from solver.engine import solve
from solver.problem import Meeting, Participant, Problem
from solver.schedule import Status
from solver.settings import Settings

PROBLEMS = 500


@pytest.mark.parametrize("seed", range(PROBLEMS))
def test_best_value_and_bound_are_those_of_full_enumeration(seed: int) -> None:
    problem = rich_problem(seed)
    schedule = solve(problem, Settings(seconds=60, workers=1))
    expected = best_values(problem)
    if expected is None:
        assert schedule.status is Status.INFEASIBLE
        return
    assert schedule.status is Status.OPTIMAL
    assert [goal.best for goal in schedule.goals] == expected
    assert [goal.bound for goal in schedule.goals] == expected


def any_meeting(has: Callable[[Meeting], object]) -> Callable[[Problem], bool]:
    return lambda problem: any(has(meeting) for meeting in problem.meetings)


def anybody(has: Callable[[Participant], object]) -> Callable[[Problem], bool]:
    def found(problem: Problem) -> bool:
        names = {name for meeting in problem.meetings for name in meeting.people()}
        return any(has(problem.participant_by_id[name]) for name in names)

    return found


def a_place(kind: str) -> Callable[[Problem], bool]:
    return lambda problem: any(place.kind == kind for place in problem.places or ())


def a_way(problem: Problem) -> bool:
    zones = {place.zone for place in problem.places or ()}
    return any({road.origin, road.destination} <= zones for road in problem.travel)


FEATURES: dict[str, Callable[[Problem], object]] = {
    "published": lambda problem: problem.published,
    "locked": lambda problem: any(row.locked for row in problem.published),
    "now": lambda problem: problem.rules.now,
    "max_changes": lambda problem: problem.rules.max_changes is not None,
    "limits": lambda problem: problem.limits,
    "limits together": lambda problem: any(limit.together for limit in problem.limits),
    "free_slots": lambda problem: any(limit.free_slots for limit in problem.limits),
    "exclusive": lambda problem: problem.exclusive,
    "travel": a_way,
    "interpreters": lambda problem: problem.interpreters,
    "breaks_per_participant": lambda problem: problem.rules.breaks_per_participant is not None,
    "absence_is_idle": lambda problem: problem.rules.absence_is_idle,
    "slack": lambda problem: any(goal.slack for goal in problem.goals),
    "no places": lambda problem: problem.places is None,
    "closed": lambda problem: any(place.closed for place in problem.places or ()),
    **{kind: a_place(kind) for kind in ("table", "stand", "online", "quiet")},
    "must": any_meeting(lambda meeting: meeting.must),
    "long": any_meeting(lambda meeting: meeting.length > 1),
    "after": any_meeting(lambda meeting: meeting.after),
    "slots": any_meeting(lambda meeting: meeting.slots is not None),
    "fixed_slot": any_meeting(lambda meeting: meeting.fixed_slot),
    "place": any_meeting(lambda meeting: meeting.place),
    "three sides": any_meeting(lambda meeting: len(meeting.sides) > 2),
    "one of several": any_meeting(lambda meeting: any(len(side) > 1 for side in meeting.sides)),
    "remote": anybody(lambda person: person.remote),
    "seats": anybody(lambda person: person.seats > 1),
    "absent": anybody(lambda person: person.absent),
    "owner": anybody(lambda person: person.place),
    "languages": anybody(lambda person: person.languages),
    "max_meetings": anybody(lambda person: person.max_meetings),
    "min_meetings": anybody(lambda person: person.min_meetings),
    "max_in_a_row": anybody(lambda person: person.max_in_a_row),
}


def test_every_feature_is_in_many_of_the_problems() -> None:
    counts: Counter[str] = Counter()
    for seed in range(PROBLEMS):
        problem = rich_problem(seed)
        counts.update(name for name, has in FEATURES.items() if has(problem))
    assert {name: counts[name] for name in FEATURES if counts[name] < PROBLEMS // 20} == {}
