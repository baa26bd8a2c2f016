"""Room for all of a choice of meetings: those that wait get heavier until all are in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from solver_cases import slot, tiny_problem

import solver.insisting
from solver.clock import Clock
from solver.generation import generate
from solver.insisting import EQUAL, InsistentChain, Insisting, luby
from solver.kernel.arrays import OF_MEETINGS, OF_PLACED, START, WEIGHT, view
from solver.kernel.entries import place_all
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.selection import Selection
from solver.settings import Settings
from solver.stages import Result, Stages
from solver.validation import violations


def begun(possibilities: Possibilities, steps: int) -> Stages:
    settings = Settings(steps=steps, seconds=None)
    return Stages(possibilities, Clock(settings, None), settings, None, {})


def placed(stages: Stages, worth: int, chosen: frozenset[str]) -> dict[str, PlacedMeeting]:
    Insisting(stages, stages.clock.remaining(), worth, chosen).explore()
    return stages.placed


def test_only_what_was_chosen_takes_place() -> None:
    stages = begun(Possibilities(tiny_problem()), steps=4)
    assert set(placed(stages, 5, frozenset(("ac", "bc")))) == {"ac", "bc"}
    assert stages.annealed is None  # its board knows nothing of the other meeting


def test_what_was_placed_and_is_not_chosen_leaves() -> None:
    stages = begun(Possibilities(tiny_problem()), steps=8)
    assert set(placed(stages, 1, frozenset(("bc",)))) == {"bc"}
    assert set(placed(stages, 10, frozenset(("ab",)))) == {"ab"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_choice_finds_room_where_tables_are_as_few_as_sums_allow(seed: int) -> None:
    possibilities = Possibilities(generate(60, seed=seed, family="everything"))
    stages = begun(possibilities, steps=1_000)
    selection = Selection(stages, 10**9)
    selection.choose(10.0)
    found = placed(stages, selection.worth, selection.chosen)
    assert found.keys() == selection.chosen
    rows = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=tuple(found.values()))
    assert violations(possibilities.problem, rows) == []


def one_or_two() -> Problem:
    """In one slot either two people meet, or each of them somebody else."""
    pairs = {"ab": 10, "ac": 1, "bd": 1}
    return tiny_problem(
        slots=[slot("am1", "2026-10-14T09:00", "am")],
        places=[{"id": f"T{number}"} for number in range(3)],
        participants=[{"id": name} for name in "abcd"],
        meetings=[
            {"id": pair, "sides": [[pair[0]], [pair[1]]], "weight": weight}
            for pair, weight in pairs.items()
        ],
    )


def chain_of(problem: Problem, *chosen: str) -> tuple[InsistentChain, float]:
    stages = begun(Possibilities(problem), steps=8)
    insisting = Insisting(stages, stages.clock.remaining(), 10**6, frozenset(chosen))
    return insisting._chain(0), insisting._temperature(0.0)


def test_who_is_turned_away_in_vain_insists_until_two_others_make_room() -> None:
    chain, temperature = chain_of(one_or_two(), "ab", "ac", "bd")
    weights = view(chain.block, OF_MEETINGS)[:, WEIGHT]
    starts = view(chain.block, OF_PLACED)[:, START]
    seen = set()
    for _ in range(5_000):
        chain.go(1, temperature)
        seen.add(tuple(starts.tolist()))
    assert weights[0] > EQUAL
    assert len({each for each in seen if each[0] == 0}) == 1  # the one in place of both


def test_what_is_not_chosen_does_not_insist() -> None:
    chain, temperature = chain_of(one_or_two(), "ac", "bd")
    chain.go(500, temperature)
    assert set(view(chain.block, OF_MEETINGS)[:, WEIGHT].tolist()) == {EQUAL}


def test_the_best_on_the_way_is_kept_by_what_meetings_really_weigh() -> None:
    chain, temperature = chain_of(one_or_two(), "ab", "ac", "bd")
    while chain.best < 10:
        chain.go(1, temperature)
    for _ in range(500):
        chain.go(1, temperature)
    assert chain.best == 10
    assert chain.found is not None
    assert view(chain.found, OF_PLACED)[:, START].tolist() == [0, -1, -1]


def chains_of(problem: Problem, *chosen: str) -> tuple[Insisting, list[InsistentChain]]:
    stages = begun(Possibilities(problem), steps=8)
    insisting = Insisting(stages, stages.clock.remaining(), 10**6, frozenset(chosen))
    return insisting, [insisting._chain(number) for number in range(2)]


def weights_of(chain: InsistentChain) -> list[int]:
    return [int(each) for each in view(chain.block, OF_MEETINGS)[:, WEIGHT]]


def test_only_when_the_first_chain_was_stuck_and_another_start_in_vain_the_search_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver.insisting, "STUCK", EQUAL + 3)
    insisting, (first, other) = chains_of(one_or_two(), "ab", "ac", "bd")
    assert not insisting._reached([first, other])
    for _ in range(2):
        first.go(20, insisting._temperature(0.0))
    assert max(weights_of(first)) == EQUAL  # it has begun anew
    assert not insisting._reached([first, other])
    for _ in range(2):
        other.go(500, insisting._temperature(0.0))
    assert insisting._reached([first, other])


def test_whoever_tries_in_vain_for_long_begins_anew_and_keeps_the_best() -> None:
    insisting, (first, other) = chains_of(one_or_two(), "ab", "ac", "bd")
    other.block[:] = insisting.fresh.empty
    for chain in (first, other):
        while chain.best < 10:
            chain.go(1, insisting._temperature(0.0))
        for _ in range(2):
            chain.go(100, insisting._temperature(0.0))
    assert max(weights_of(first)) > EQUAL  # not stuck yet
    assert weights_of(other) == [EQUAL] * 3
    assert other.best == 10
    assert other.found is not None


def with_a_must(failed: int, *, results: bool = False) -> int:
    """What is kept of a start in which ab, worth 10, has taken the place of ac, a must."""
    problem = one_or_two()
    musts = tuple(replace(each, must=each.id == "ac") for each in problem.meetings)
    stages = begun(Possibilities(replace(problem, meetings=musts)), steps=8)
    stages.placed = {
        "ac": PlacedMeeting(meeting="ac", slot="am1", place="T0", participants=("a", "c"))
    }
    if results:
        stages.results = [Result(GOALS["minimum"][0], 0, 0, 0)]
    insisting = Insisting(stages, stages.clock.remaining(), 12, frozenset(("ab", "ac", "bd")))
    chain = insisting._chain(1)
    chain.failed = failed
    if not results:
        chain.block[:] = insisting.fresh.empty
        place_all(chain.block, np.array([[insisting.board.meetings["ab"], 0, 0]]))
    chain.go(0, 0.0)
    return chain.best


def test_a_start_without_a_must_that_was_there_is_not_kept() -> None:
    assert with_a_must(failed=1) == 0


def test_where_other_goals_come_first_a_new_start_is_kept_only_with_all_of_the_choice() -> None:
    assert with_a_must(failed=0, results=True) == 1
    assert with_a_must(failed=1, results=True) == 0


def test_rounds_do_not_begin_with_the_same_starts_again() -> None:
    problem = generate(40, seed=2, family="everything")
    chosen = frozenset(meeting.id for meeting in problem.meetings)
    stages = begun(Possibilities(problem), steps=8)
    one, other = (Insisting(stages, 1.0, 10**9, chosen).fresh.draw(0) for _ in range(2))
    starts = [view(block, OF_PLACED)[:, START].tolist() for block in (one, other)]
    assert starts[0] != starts[1]


def test_a_fresh_start_is_charged_where_steps_are_counted() -> None:
    insisting, (first, _) = chains_of(one_or_two(), "ab", "ac", "bd")
    clock = insisting.stages.clock
    assert clock.spent == 0.0
    first.begin_anew()
    assert clock.spent == insisting.fresh.seconds > 0.0


def test_where_a_start_would_take_long_every_chain_goes_on_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Stages, "is_large", lambda _: True)
    monkeypatch.setattr(solver.insisting, "STUCK", EQUAL + 50)
    insisting, chains = chains_of(one_or_two(), "ab", "ac", "bd")
    monkeypatch.setattr(insisting.fresh, "draw", lambda _: pytest.fail("begun anew"))
    for chain in chains:
        while max(weights_of(chain)) < EQUAL + 50:
            assert not insisting._reached(chains)
            chain.go(5, insisting._temperature(0.0))
    assert insisting._reached(chains)


def test_times_until_the_next_start_are_those_of_luby() -> None:
    assert [luby(number) for number in range(1, 16)] == [
        1,
        1,
        2,
        1,
        1,
        2,
        4,
        1,
        1,
        2,
        1,
        1,
        2,
        4,
        8,
    ]


def test_the_search_ends_when_all_are_in() -> None:
    stages = begun(Possibilities(one_or_two()), steps=10_000)
    placed(stages, 2, frozenset(("ac", "bd")))
    assert set(stages.placed) == {"ac", "bd"}
    assert not stages.clock.over()


def test_the_same_seed_gives_the_same_schedule() -> None:
    problem = generate(40, seed=3, family="everything")
    chosen = frozenset(meeting.id for meeting in problem.meetings)
    one, two = (placed(begun(Possibilities(problem), 60), 10**9, chosen) for _ in range(2))
    assert one == two


def test_whoever_insists_most_is_named_once_the_search_is_stuck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Either two meet each other, or each of them somebody else: never all of it."""

    def strained() -> set[str]:
        stages = begun(Possibilities(one_or_two()), steps=50)
        chosen = frozenset(("ab", "ac", "bd"))
        insisting = Insisting(stages, stages.clock.remaining(), 12, chosen)
        insisting.explore()
        return set(insisting.strained)

    assert strained() == set()  # the time was over before
    monkeypatch.setattr(solver.insisting, "STUCK", EQUAL + 3)
    assert {"a", "b"} <= strained()
    monkeypatch.setattr(solver.insisting, "STRAINED", 1.0)
    assert strained() <= {"a", "b"}
