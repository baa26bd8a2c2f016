"""Which meetings take place, in whole numbers: a true bound, and a choice that rules allow."""

from __future__ import annotations

import threading
import time

import pytest
from solver_cases import slot, small_problem, tiny_document, tiny_problem
from solver_enumeration import all_schedules, very_small_problem

import solver.selection
import solver.turns
from solver import linear
from solver.bounds import AT_ONCE, matching_bound
from solver.clock import Clock
from solver.engine import solve
from solver.files import problem_from_json
from solver.linear import Least, LinearEffort, solve_whole
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Goal, Problem
from solver.relaxed_rules import relax
from solver.selection import Selection, is_decided_by_sums
from solver.settings import Settings
from solver.slot_classes import one_class
from solver.stages import Result, Stages
from solver.validation import goal_values

SETTINGS = Settings(seconds=30, workers=1)
NAMES = [f"p{number}" for number in range(5)]


def selected(problem: Problem) -> Selection:
    """What is chosen and proven from the matching bound on, with nothing placed."""
    possibilities = Possibilities(problem)
    stages = Stages(possibilities, Clock(SETTINGS, None), SETTINGS, None, {})
    selection = Selection(stages, matching_bound(possibilities).bound)
    selection.choose(10.0)
    selection.prove(10.0)
    return selection


def ring(**changes: object) -> Problem:
    """Five people around a table who each want to meet their two neighbours in one slot: half a
    meeting each would be worth 24.5, in whole numbers there are two.
    """
    pairs = zip(NAMES, [*NAMES[1:], NAMES[0]], [10, 10, 10, 10, 9], strict=True)
    document = tiny_document(
        slots=[slot("am1", "2026-10-14T09:00", "am")],
        places=[{"id": f"T{number}"} for number in range(5)],
        participants=[{"id": name} for name in NAMES],
        meetings=[{"id": f"{a}{b}", "sides": [[a], [b]], "weight": w} for a, b, w in pairs],
    )
    return problem_from_json(document | changes)


def test_halves_of_meetings_are_worth_nothing() -> None:
    possibilities = Possibilities(ring())
    assert matching_bound(possibilities).bound == 24
    selection = selected(ring())
    assert selection.bound == selection.worth == 20
    assert len(selection.chosen) == 2


def spared(problem: Problem, *strained: str) -> Selection:
    stages = Stages(Possibilities(problem), Clock(SETTINGS, None), SETTINGS, None, {})
    selection = Selection(stages, 10**6, strained)
    selection.choose(10.0)
    return selection


@pytest.mark.parametrize("name", ["p0", "p1", "p2", "p3", "p4"])
def test_of_choices_worth_the_same_one_that_spares_the_strained_is_taken(name: str) -> None:
    even = ring(
        meetings=[
            {"id": f"{a}{b}", "sides": [[a], [b]]}
            for a, b in zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True)
        ]
    )
    selection = spared(even, name)
    assert selection.worth == 2
    assert not any(name in meeting for meeting in selection.chosen)


def test_nobody_is_spared_where_that_would_cost_anything() -> None:
    """Without p1 it would be 19."""
    selection = spared(ring(), "p1")
    assert selection.worth == 20
    assert any("p1" in meeting for meeting in selection.chosen)


@pytest.mark.parametrize("seed", range(219, 231))
def test_no_schedule_beats_the_bound(seed: int) -> None:
    problem = very_small_problem(seed)
    selection = selected(problem)
    for placed in all_schedules(problem):
        wishes = goal_values(problem, placed)["wishes"]
        assert isinstance(wishes, int)
        assert wishes <= selection.bound


@pytest.mark.parametrize("seed", range(12))
def test_the_choice_is_worth_what_it_says_and_has_every_must(seed: int) -> None:
    problem = small_problem(seed, published=False)
    selection = selected(problem)
    if not selection.chosen:
        return
    starts = Possibilities(problem).starts
    musts = {each.id for each in problem.meetings if each.must and starts[each.id]}
    weights = {each.id: each.weight for each in problem.meetings}
    assert musts <= selection.chosen
    assert selection.worth == sum(weights[name] for name in selection.chosen) <= selection.bound


def test_a_light_must_is_chosen_before_heavier_wishes() -> None:
    known = tiny_document()
    last = known["meetings"][-1] | {"must": True}
    problem = tiny_problem(
        slots=[slot("am1", "2026-10-14T09:00", "am")], meetings=[*known["meetings"][:-1], last]
    )
    assert selected(problem).chosen == {"bc"}


def test_everybody_keeps_the_fewest_meetings_that_all_can_have() -> None:
    people = [{"id": name, "min_meetings": 1} for name in ("amal", "bilal", "chen", "driss")]
    meetings = [
        {"id": "ab", "sides": [["amal"], ["bilal"]], "weight": 10},
        {"id": "ac", "sides": [["amal"], ["chen"]]},
        {"id": "bd", "sides": [["bilal"], ["driss"]]},
    ]
    one = [slot("am1", "2026-10-14T09:00", "am")]
    problem = tiny_problem(slots=one, participants=people, meetings=meetings)
    stages = Stages(Possibilities(problem), Clock(SETTINGS, None), SETTINGS, None, {})
    freely = Selection(stages, 10)
    freely.choose(10.0)
    stages.results.append(Result(GOALS["minimum"][0], 0, 0, 0))
    selection = Selection(stages, 10)
    selection.choose(10.0)
    assert freely.chosen == {"ab"}
    assert selection.chosen == {"ac", "bd"}
    assert selection.prove(10.0) == 2


def test_absences_are_not_decided_by_sums_over_all_slots() -> None:
    problem = tiny_problem()
    possibilities = Possibilities(problem)
    known = matching_bound(possibilities).bound
    assert is_decided_by_sums(possibilities, known)
    assert not is_decided_by_sums(possibilities, known - 1)


def test_a_solved_ring_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any model of the whole, nor of its parts."""
    monkeypatch.setattr(solver.turns, "FEW_OPTIONS", 0)

    monkeypatch.setattr(solver.turns.Turn, "_improve_parts_and_whole", lambda turn: None)
    monkeypatch.setattr(solver.turns.Turn, "_plan", lambda turn: None)
    schedule = solve(ring(goals=[{"goal": "wishes"}]), SETTINGS)
    (wishes,) = schedule.goals
    assert (wishes.value, wishes.bound, wishes.proven) == (20, 20, True)


def test_without_a_choice_all_meetings_are_annealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver.turns, "FEW_OPTIONS", 0)
    monkeypatch.setattr(solver.selection, "solve_whole", lambda *_: None)
    monkeypatch.setattr(solver.turns.Turn, "_improve_parts_and_whole", lambda turn: None)
    monkeypatch.setattr(solver.turns.Turn, "_plan", lambda turn: None)
    steps = Settings(steps=30, seconds=None)
    possibilities = Possibilities(ring())
    stages = Stages(possibilities, Clock(steps, None), steps, None, {})
    stages.known_bounds["wishes"] = matching_bound(possibilities).bound
    solver.turns.improve(stages, [Goal(goal="wishes")])
    assert goal_values(stages.problem, stages.placed.values())["wishes"] == 20


def test_who_stops_does_not_wait_for_scip(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def endless(*_: object) -> None:
        ended.wait(60.0)

    monkeypatch.setattr(linear, "_call", endless)
    possibilities = Possibilities(ring())
    relaxation = relax(possibilities, one_class(possibilities))
    begun = time.monotonic()
    stop = LinearEffort(None, 1, lambda: time.monotonic() - begun > 0.2)
    try:
        assert solve_whole(relaxation, [], stop) is None
    finally:
        ended.set()


def test_least_rows_are_kept() -> None:
    possibilities = Possibilities(ring())
    relaxation = relax(possibilities, one_class(possibilities))
    everything = Least(list(range(relaxation.size)), relaxation.size)
    assert solve_whole(relaxation, [everything], AT_ONCE) is None
    taken = solve_whole(relaxation, [Least([0], 1)], AT_ONCE)
    assert taken is not None
    assert taken[0] == 1.0
