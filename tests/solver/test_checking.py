"""The check meets anything that is a schedule in form: it judges and never crashes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from solver_cases import small_problem
from solver_schedules import schedule_of

from solver.checking import check
from solver.files import schedule_from_json, schedule_to_json
from solver.problem import Problem
from solver.schedule import Status


def random_rows(problem: Problem, draw: random.Random) -> list[dict[str, Any]]:
    """Placed meetings drawn from the problem's ids and from ids that it does not have."""
    slots = [slot.id for slot in problem.slots] + ["no-slot"]
    places = [place.id for place in problem.places or ()] + [None, "no-place"]
    people = [person.id for person in problem.participants] + ["nobody"]
    interpreters = [each.id for each in problem.interpreters] + [None, None, "no-interpreter"]
    return [
        {
            "meeting": draw.choice([meeting.id, meeting.id, meeting.id, "no-meeting"]),
            "slot": draw.choice(slots),
            "place": draw.choice(places),
            "room": draw.choice([None, None, *places]),
            "people": draw.choices(people, k=draw.choice([0, 1, 2, 2, 2, 3])),
            "interpreter": draw.choice(interpreters),
        }
        for meeting in draw.choices(problem.meetings, k=len(problem.meetings))
    ]


@pytest.mark.parametrize("seed", range(60))
def test_any_schedule_in_form_is_judged(seed: int) -> None:
    draw = random.Random(seed)
    problem = small_problem(seed)
    schedule = schedule_of(problem, random_rows(problem, draw), status=draw.choice(list(Status)))
    faults = check(problem, schedule_from_json(schedule_to_json(schedule)))
    assert "once" in {fault.rule for fault in faults}
    assert [fault for fault in faults if "\n" in str(fault) or not fault.text] == []


@pytest.mark.parametrize("seed", range(20))
def test_the_empty_schedule_of_a_problem_without_demands_is_right(seed: int) -> None:
    problem = small_problem(seed, musts=False, published=False)
    assert check(problem, schedule_of(problem, [])) == []
