"""Sessions planned together: one hall per session where there is no time to walk."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import slot, tiny_document

import solver.succession
from solver.clock import Clock
from solver.cp_sat import cp_model
from solver.engine import solve
from solver.files import problem_from_json
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.search import Effort, Found, News, search
from solver.settings import Settings
from solver.stages import Stages
from solver.succession import Succession, is_plannable
from solver.validation import goal_values, violations

SETTINGS = Settings(seconds=30, workers=1)
STANDS = {"bilal": "north", "chen": "north", "driss": "south", "emna": "south"}


def visits_with_interpreter(sessions: int = 2, **changes: Any) -> Problem:
    """Amal goes to two stands in each hall; one interpreter goes along. In a session of two slots
    nobody gets from one hall to the other.
    """
    slots = [
        slot(f"{name}{number}", f"2026-10-14T{hour + number:02}:00", name)
        for name, hour in (("am", 9), ("pm", 14))[:sessions]
        for number in (0, 1)
    ]
    people: list[dict[str, Any]] = [{"id": "amal", "languages": ["ar"]}]
    people += [{"id": name, "place": "S" + name, "languages": ["fr"]} for name in STANDS]
    document = tiny_document(
        slots=slots,
        places=[{"id": "S" + name, "kind": "stand", "zone": z} for name, z in STANDS.items()],
        participants=people,
        interpreters=[{"id": "ines", "languages": ["ar", "fr"]}],
        meetings=[{"id": "a" + name, "sides": [["amal"], [name]]} for name in STANDS],
        travel=[{"from": "north", "to": "south", "slots": 1}],
    )
    return problem_from_json(document | changes)


def succeed(problem: Problem, settings: Settings = SETTINGS) -> tuple[Stages, int]:
    """The sessions solved by plan alone, from an empty schedule, and the bound."""
    possibilities = Possibilities(problem)
    stages = Stages(possibilities, Clock(settings, None), settings, None, {})
    bound = len(problem.meetings)
    return stages, Succession(stages, GOALS["wishes"][0], 20.0, bound).improve()


def test_each_session_stays_in_one_hall() -> None:
    problem = visits_with_interpreter()
    stages, bound = succeed(problem)
    assert goal_values(problem, stages.placed.values())["wishes"] == bound == 4
    halls = {
        session: {
            STANDS[row.participants[1]]
            for row in stages.placed.values()
            if row.slot.startswith(session)
        }
        for session in ("am", "pm")
    }
    assert sorted(map(sorted, halls.values())) == [["north"], ["south"]]


def test_what_has_no_time_to_walk_to_is_proven_to_stay_out() -> None:
    """Bilal and Driss have only the morning, in two halls: one of them waits in vain."""
    meetings = [
        {"id": "a" + name, "sides": [["amal"], [name]], "slots": slots}
        for name, slots in (
            ("bilal", ["am0", "am1"]),
            ("driss", ["am0", "am1"]),
            ("emna", ["pm0", "pm1"]),
        )
    ]
    problem = visits_with_interpreter(meetings=meetings)
    stages, bound = succeed(problem)
    assert goal_values(problem, stages.placed.values())["wishes"] == bound == 2
    schedule = solve(problem, SETTINGS)
    assert not violations(problem, schedule)
    assert schedule.goals[0].proven


def test_one_session_and_published_schedules_are_not_planned() -> None:
    assert is_plannable(Possibilities(visits_with_interpreter()))
    assert not is_plannable(Possibilities(visits_with_interpreter(sessions=1)))
    row = {"meeting": "abilal", "slot": "am0", "place": "Sbilal", "interpreter": "ines"}
    published = [row | {"participants": ["amal", "bilal"]}]
    assert not is_plannable(Possibilities(visits_with_interpreter(published=published)))


@pytest.mark.parametrize(
    ("settings", "workers"),
    [
        (Settings(seconds=30, workers=1), [1]),
        (Settings(seconds=30, workers=5), [1, 4]),
        (Settings(seconds=None, steps=3000, workers=5), [1]),
    ],
)
def test_the_plan_and_the_proof_share_all_workers(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, workers: list[int]
) -> None:
    told: list[int] = []

    def note(
        model: cp_model.CpModel, clock: Clock, given: Settings, effort: Effort, news: News
    ) -> Found:
        told.extend([effort.workers] if effort.workers is not None else [])
        return search(model, clock, given, effort, news)

    monkeypatch.setattr(solver.succession, "search", note)
    stages, bound = succeed(visits_with_interpreter(), settings)
    assert goal_values(stages.problem, stages.placed.values())["wishes"] == bound == 4
    assert sorted(set(told)) == workers
