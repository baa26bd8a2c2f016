"""Tables handed out anew: fewer moves, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, permutations, product

import pytest
from solver_cases import slot, small_problem, tiny_problem

from solver.bounds import matching_bound
from solver.clock import Clock
from solver.construction import construct
from solver.moving import Tables, with_fewer_moves
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.settings import Progress, Settings
from solver.stages import Stages
from solver.staying import fewest_moves
from solver.turns import Turn, told
from solver.validation import goal_values, violations

SEEDS = range(60)
Placed = dict[str, PlacedMeeting]


def first_schedule(problem: Problem) -> tuple[Possibilities, Placed]:
    possibilities = Possibilities(problem)
    return possibilities, construct(possibilities, matching_bound(possibilities), lambda: True)


def broken(problem: Problem, placed: Placed) -> list[str]:
    meetings = tuple(placed.values())
    drawn = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=meetings)
    return sorted(each.text for each in violations(problem, drawn))


def moves(problem: Problem, placed: Placed) -> int:
    value = goal_values(problem, placed.values())["moves"]
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize("seed", SEEDS)
def test_only_tables_change_no_rule_is_broken_and_moves_are_no_more(seed: int) -> None:
    possibilities, before = first_schedule(small_problem(seed))
    problem = possibilities.problem
    after = with_fewer_moves(possibilities, before, lambda: False)
    assert broken(problem, after) == broken(problem, before)
    assert moves(problem, after) <= moves(problem, before)
    for name, row in before.items():
        assert after[name].slot == row.slot
        assert (after[name].participants, after[name].interpreter) == (
            row.participants,
            row.interpreter,
        )
    assert goal_values(problem, after.values()) | {"moves": 0} == goal_values(
        problem, before.values()
    ) | {"moves": 0}


def round_robin(tables: dict[str, str]) -> tuple[Possibilities, Placed]:
    """Four people who all meet in three slots, two tables; who sits where is given."""
    people = ["a", "b", "c", "d"]
    rounds = (("ab", "cd"), ("ac", "bd"), ("ad", "bc"))
    slots = [slot(f"s{n}", f"2026-10-14T{9 + n:02}:00", "am") for n in range(3)]
    problem = tiny_problem(
        slots=slots,
        participants=[{"id": each} for each in people],
        meetings=[
            {"id": name, "sides": [[name[0]], [name[1]]]} for both in rounds for name in both
        ],
    )
    placed = {
        name: PlacedMeeting(
            meeting=name, slot=f"s{n}", place=tables[name], participants=(name[0], name[1])
        )
        for n, both in enumerate(rounds)
        for name in both
    }
    return Possibilities(problem), placed


def test_people_stay_where_they_can() -> None:
    """From round to round two of the four can stay; every round has two who cannot."""
    tables = {"ab": "T1", "cd": "T2", "ac": "T1", "bd": "T2", "ad": "T1", "bc": "T2"}
    possibilities, placed = round_robin(tables)
    after = with_fewer_moves(possibilities, placed, lambda: False)
    assert moves(possibilities.problem, after) == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_tables_of_one_slot_would_be_better(seed: int) -> None:
    """The tables of one slot are the best ones, found again by trying all orders of them."""
    possibilities, before = first_schedule(small_problem(seed))
    after = with_fewer_moves(possibilities, before, lambda: False)
    tables = Tables(possibilities, after)
    fewest = moves(possibilities.problem, after)
    for groups in tables.meetings_in.values():
        for names in groups.values():
            held = [after[name].place for name in names]
            for order in permutations(held) if len(held) < 5 else ():
                other = dict(after)
                for name, place in zip(names, order, strict=True):
                    row = after[name]
                    other[name] = PlacedMeeting(
                        meeting=name,
                        slot=row.slot,
                        place=place,
                        room=row.room,
                        participants=row.participants,
                        interpreter=row.interpreter,
                    )
                if Counter(order) == Counter(held):
                    assert moves(possibilities.problem, other) >= fewest


def test_the_bound_of_moves_knows_that_a_table_is_taken_over_once() -> None:
    tables = {"ab": "T1", "cd": "T2", "ac": "T1", "bd": "T2", "ad": "T1", "bc": "T2"}
    possibilities, placed = round_robin(tables)
    assert fewest_moves(possibilities, placed.values()) == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_tables_have_fewer_moves_than_the_bound(seed: int) -> None:
    """All ways to hand out the tables of a small problem's halls, slot by slot, are tried."""
    possibilities, before = first_schedule(small_problem(seed))
    least = fewest_moves(possibilities, before.values())
    assert least <= moves(possibilities.problem, before)
    allowed = broken(possibilities.problem, before)
    for other in islice(other_tables(possibilities, before), 300):
        if broken(possibilities.problem, other) == allowed:
            assert moves(possibilities.problem, other) >= least


def other_tables(possibilities: Possibilities, placed: Placed) -> Iterator[Placed]:
    """The same slots, with tables of the same halls."""
    tables = Tables(possibilities, placed)
    free = [name for name in placed if tables.group(name)]
    choices = [[p.id for pool in tables.group(n) for p in pool.places] for n in free]
    for chosen in product(*choices):
        moved = {n: replace(placed[n], place=p) for n, p in zip(free, chosen, strict=True)}
        yield placed | moved


def test_a_value_is_told_only_by_a_model_that_tells_tables_apart() -> None:
    """A model of pools does not see who changes tables within one: what it counts is too few."""
    heard: list[Progress] = []
    tables = {"ab": "T1", "cd": "T2", "ac": "T1", "bd": "T2", "ad": "T1", "bc": "T2"}
    possibilities, placed = round_robin(tables)
    settings = Settings(seconds=60)
    stages = Stages(possibilities, Clock(settings, None), settings, heard.append, placed)
    (target,) = GOALS["moves"]
    told(stages, stages.model(), target, 0)(0, None)
    assert heard == []
    told(stages, stages.model(), target, 0)(0, 1)
    assert [(each.value, each.bound) for each in heard] == [(stages.value_of(target), 1)]
    apart = stages.build(possibilities.tell_apart(stages.free_meetings()))
    told(stages, apart, target, 1)(3, None)
    assert heard[-1].value == 3


@pytest.mark.parametrize(
    ("quickly", "seconds", "stopped", "asked"),
    [(10_000, 0.0, False, 1), (0, 60.0, False, 1), (0, 0.0, False, 0), (10_000, 60.0, True, 0)],
)
def test_late_only_few_meetings_are_looked_at_and_stopped_none(
    monkeypatch: pytest.MonkeyPatch, quickly: int, seconds: float, stopped: bool, asked: int
) -> None:
    seed = next(seed for seed in SEEDS if moves(*_drawn(seed)) > 0)
    possibilities, placed = first_schedule(small_problem(seed))
    looked: list[int] = []

    def fewer(_possibilities: object, before: Placed, _stop: object) -> Placed:
        looked.append(len(before))
        return before

    monkeypatch.setattr("solver.turns.with_fewer_moves", fewer)
    monkeypatch.setattr("solver.turns.QUICKLY_MOVED", quickly)
    settings = Settings(seconds=seconds)
    stages = Stages(possibilities, Clock(settings, lambda: stopped), settings, None, placed)
    (target,) = GOALS["moves"]
    Turn(stages, target, bound=0, until=seconds).take()
    assert len(looked) == asked


def _drawn(seed: int) -> tuple[Problem, Placed]:
    possibilities, placed = first_schedule(small_problem(seed))
    return possibilities.problem, placed
