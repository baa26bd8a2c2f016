"""Annealing keeps every rule and everything that earlier goals reached."""

from __future__ import annotations

import pytest
from solver_cases import small_problem, tiny_document, tiny_problem

from solver.annealing import Annealing, can_anneal
from solver.bounds import matching_bound
from solver.clock import Clock
from solver.construction import construct
from solver.kernel.arrays import OF_TALLY, PLACED_WEIGHT, view
from solver.objective import GOALS, Target, level_of
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.settings import Settings
from solver.stages import Result, Stages
from solver.validation import goal_values, violations

SEEDS = range(40)
STEPS = 4


def begun(problem: Problem, seed: int = 1) -> Stages:
    """The search as it stands after the first pass."""
    possibilities = Possibilities(problem)
    settings = Settings(steps=STEPS, seconds=None, seed=seed)
    placed = construct(possibilities, matching_bound(possibilities), lambda: True)
    return Stages(possibilities, Clock(settings, None), settings, None, placed)


def anneal(stages: Stages, target: Target) -> None:
    worst = 10**9 if target.maximise else -1
    stages.clock.spent = 0.0
    Annealing(stages, target, stages.clock.remaining(), worst).explore()


def values(stages: Stages) -> dict[str, int | tuple[int, ...]]:
    return goal_values(stages.problem, stages.placed.values())


def broken(problem: Problem, placed: dict[str, PlacedMeeting]) -> set[str]:
    schedule = Schedule(
        problem_sha256="", status=Status.INCOMPLETE, meetings=tuple(placed.values())
    )
    return {each.rule for each in violations(problem, schedule)}


def annealed(seed: int, *goals: str) -> tuple[list[dict[str, int | tuple[int, ...]]], Stages]:
    """The goals' values before and after each goal in turn."""
    stages = begun(small_problem(seed, published=False))
    seen = [values(stages)]
    for goal in goals:
        for target in GOALS[goal]:
            assert can_anneal(stages, target)
            anneal(stages, target)
            value = stages.value_of(target)
            stages.results.append(Result(target, value, value, value))
        seen.append(values(stages))
    return seen, stages


@pytest.mark.parametrize("seed", SEEDS)
def test_all_rules_hold_after_annealing(seed: int) -> None:
    _, stages = annealed(seed, "minimum", "wishes", "worst_off", "breaks")
    assert broken(stages.problem, stages.placed) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_each_goal_gets_no_worse_and_keeps_those_before_it(seed: int) -> None:
    goals = ("minimum", "wishes", "worst_off", "breaks")
    seen, _ = annealed(seed, *goals)
    for turn, goal in enumerate(goals):
        before, after = seen[turn], seen[turn + 1]
        for earlier in goals[:turn]:
            for target in GOALS[earlier]:
                level = level_of(after[earlier], target), level_of(before[earlier], target)
                assert not target.better(level[1], level[0])
        first = GOALS[goal][0]
        assert not first.better(level_of(before[goal], first), level_of(after[goal], first))


@pytest.mark.parametrize("seed", SEEDS)
def test_breaks_go_without_a_change_in_what_takes_place(seed: int) -> None:
    stages = begun(small_problem(seed, published=False))
    before = dict(stages.placed)
    anneal(stages, GOALS["breaks"][0])
    assert stages.placed.keys() == before.keys()
    for name, row in stages.placed.items():
        assert row.participants == before[name].participants


@pytest.mark.parametrize(("within", "fewest"), [("session", 0), ("day", 1), ("event", 1)])
def test_breaks_are_counted_within_what_the_rules_say(within: str, fewest: int) -> None:
    """Three people who all meet: in one run of slots somebody has to wait between two meetings."""
    document = tiny_document()
    document["rules"]["breaks_within"] = within
    problem = tiny_problem(rules=document["rules"])
    stages = begun(problem)
    assert len(stages.placed) == 3
    anneal(stages, GOALS["breaks"][0])
    assert values(stages)["breaks"] == fewest


def test_a_heavy_meeting_pushes_out_a_light_one_and_not_the_other_way() -> None:
    problem = tiny_problem(
        places=[{"id": "T1", "closed": ["am2", "am3", "pm1", "pm2", "pm3"]}],
    )
    stages = begun(problem)
    light = next(m for m in problem.meetings if m.id == "bc")
    row = PlacedMeeting(meeting="bc", slot="am1", place="T1", participants=("bilal", "chen"))
    stages.placed = {light.id: row}
    anneal(stages, GOALS["wishes"][0])
    assert set(stages.placed) == {"ab"}


def test_the_same_seed_gives_the_same_schedule() -> None:
    one, two = (annealed(3, "wishes", "breaks")[1].placed for _ in range(2))
    assert one == two


@pytest.mark.parametrize("seed", SEEDS)
def test_what_annealing_counts_is_what_is_there(seed: int) -> None:
    """The sum kept up with every change is the sum of what is placed, and nothing is refused."""
    _, stages = annealed(seed, "minimum", "wishes")
    assert stages.annealed is not None
    placed, board, _ = stages.annealed
    weights = {meeting.id: meeting.weight for meeting in stages.problem.meetings}
    counted = int(view(board.block, OF_TALLY).reshape(-1)[PLACED_WEIGHT])
    assert counted == sum(weights[name] for name in placed)
    assert sorted(placed) == sorted(board.schedule())
