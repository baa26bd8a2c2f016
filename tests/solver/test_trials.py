"""Attempts at sizes of an event: what is known of one size is moved into another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from solver_cases import couples, tiny_problem
from solver_halls import Guest, wanting

import solver.capacity.resettling
import solver.capacity.trials
from solver.bounds import matching_bound
from solver.capacity.resettling import ROUNDS, Choice, Settled, Settling, resettle
from solver.capacity.trials import Trials
from solver.capacity.variants import Variants
from solver.clock import Clock
from solver.completion import fill_up
from solver.engine import solve
from solver.generation import generate
from solver.possibilities import Possibilities
from solver.schedule import Schedule, Status
from solver.selection import Selection
from solver.settings import Settings
from solver.validation import violations

QUICK = Settings(seconds=None, steps=300, workers=1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_meetings_that_a_hall_with_plenty_of_tables_holds_are_moved_into_the_least(
    seed: int,
) -> None:
    variants = Variants(generate(30, seed=seed, family="half-absent"))
    plenty = replace(variants.now, tables=variants.most_tables())
    large = solve(variants.problem_of(plenty), QUICK)
    small = variants.problem_of(replace(variants.now, tables=(6,)))
    chosen = frozenset(row.meeting for row in large.meetings)
    left = tuple(row for row in large.meetings if row.place in small.place_by_id)
    assert {row.meeting for row in fill_up(Possibilities(small), left)} != chosen
    moved = resettle(Possibilities(small), Choice(chosen), left, 10**6, QUICK).meetings
    weight = {meeting.id: meeting.weight for meeting in small.meetings}
    assert sum(weight[row.meeting] for row in moved) == sum(weight[name] for name in chosen)
    kept = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=moved)
    assert violations(small, kept) == []


def test_where_nothing_is_known_sums_say_what_to_place_and_prove_it() -> None:
    """In whole numbers less than in fractions, as ``everything`` has interpreters and lengths."""
    problem = Variants(generate(60, seed=1, family="everything")).problem
    bound = matching_bound(Possibilities(problem)).bound
    settled = resettle(
        Possibilities(problem), Choice(), (), bound, Settings(seconds=30.0, workers=1)
    )
    weight = {meeting.id: meeting.weight for meeting in problem.meetings}
    value = sum(weight[row.meeting] for row in settled.meetings)
    assert value == settled.bound < bound
    kept = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=settled.meetings)
    assert violations(problem, kept) == []


def test_no_bound_is_reckoned_of_a_size_whose_schedule_is_known_to_be_the_best() -> None:
    variants = Variants(couples(4))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    trials.attempt(replace(variants.now, tables=(9,)), 1.0)
    smaller = replace(variants.now, tables=(8,))
    assert trials.is_settled(smaller)
    assert not trials.knows(smaller)
    assert trials.bound(smaller) == 4
    assert trials.bound(replace(variants.now, tables=(0,))) == 0


def test_once_stopped_only_what_remains_of_another_size_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variants = Variants(couples(13))
    stopped: list[bool] = []
    trials = Trials(variants, QUICK, Clock(QUICK, lambda: bool(stopped)))
    trials.attempt(replace(variants.now, slots=(0, 3)), 1.0)
    assert trials.best(variants.now).value == 0
    stopped.append(True)
    monkeypatch.setattr(solver.capacity.trials, "fill_up", pytest.fail)
    trials.attempt(variants.now, 1.0)
    assert 0 < trials.best(variants.now).value < 13


def test_with_steps_no_attempt_gives_time_back() -> None:
    variants = Variants(generate(30, seed=1, family="everything"))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    for seconds in (0.05, 0.0, 0.5):
        before = trials.clock.spent
        trials.attempt(variants.now, seconds)
        assert trials.clock.spent >= before


def one_table(absent: list[str]) -> Variants:
    """Four couples, of whom one partner each is ``absent``."""
    people = [{"id": f"{side}{n}"} for n in range(4) for side in "ab"]
    there = [each | ({"absent": absent} if each["id"][0] == "a" else {}) for each in people]
    meetings = [{"id": f"m{n}", "sides": [[f"a{n}"], [f"b{n}"]]} for n in range(4)]
    return Variants(tiny_problem(participants=there, meetings=meetings, places=[{"id": "T1"}]))


AFTERNOON = ["pm1", "pm2", "pm3"]


@pytest.mark.parametrize(("absent", "decide"), [([], True), (["pm3"], True), (AFTERNOON, False)])
def test_sums_over_the_day_decide_unless_one_part_of_it_is_short(
    absent: list[str], decide: bool
) -> None:
    """A table holds six meetings in a day, but three in a morning."""
    assert Trials(one_table(absent), QUICK, Clock(QUICK, None)).sums_decide == decide


def test_where_sums_do_not_decide_a_first_schedule_is_solved_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("resettled")

    monkeypatch.setattr(solver.capacity.trials, "resettle", refuse)
    trials = Trials(one_table(AFTERNOON), QUICK, Clock(QUICK, None))
    trials.attempt(trials.variants.now, 1.0)
    assert trials.best(trials.variants.now).value == 3


def test_where_sums_decide_they_say_more_than_a_schedule_of_another_size() -> None:
    """Which holds less than this size can."""
    variants = Variants(generate(60, seed=1, family="everything"))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    fewer = replace(variants.now, tables=tuple(n // 3 for n in variants.now.tables))
    trials.attempt(fewer, 1.0)
    trials.attempt(variants.now, 1.0)
    assert trials.best(variants.now).value > trials.best(fewer).value
    assert trials.is_settled(variants.now)


def test_who_has_no_room_gets_less_in_the_next_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    spared: list[tuple[str, ...]] = []
    exchanged: list[int] = []
    stuck = iter([("a0",), ("a1", "b1"), ("a0",)])

    class Recorded(Selection):
        def choose(self, seconds: float) -> None:
            spared.append(tuple(self.strained))
            super().choose(seconds)

    monkeypatch.setattr(solver.capacity.resettling, "Selection", Recorded)
    monkeypatch.setattr(Settling, "_place", lambda _: next(stuck, ()))
    monkeypatch.setattr(Settling, "_exchange", lambda _: exchanged.append(1))
    settled = resettle(Possibilities(couples(3)), Choice(), (), 3, QUICK)
    assert settled.meetings == ()
    assert spared == [(), ("a0",), ("a1", "b1", "a0")]
    assert settled.strained == ("a0", "a1", "b1")  # the last first
    assert len(exchanged) == ROUNDS - 2  # once nobody else is stuck


def test_a_choice_that_nobody_can_walk_gives_way_to_one_that_is_worth_less() -> None:
    """Two halls; sums over the day do not see that one stand far away costs a way."""
    east, west = Guest("east", weight=2), Guest("west", weight=2)
    possibilities = Possibilities(wanting([*[east] * 5, west, *[Guest("west")] * 2]))
    settled = resettle(possibilities, Choice(), (), 12, Settings(seconds=20.0, workers=1))
    assert settled.bound == 10
    meetings = possibilities.problem.meeting_by_id
    assert sum(meetings[row.meeting].weight for row in settled.meetings) == 10
    assert settled.strained == ("hero",)


def test_who_was_left_out_is_spared_in_the_next_size_from_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choices: list[Choice] = []

    def remember(possibilities: Possibilities, choice: Choice, *_: object) -> Settled:
        choices.append(choice)
        return Settled((), 10**6, 0.0, ("a0",))

    monkeypatch.setattr(solver.capacity.trials, "resettle", remember)
    monkeypatch.setattr(Trials, "_solve", lambda *_: 0.0)
    variants = Variants(couples(3))
    trials = Trials(variants, QUICK, Clock(QUICK, None))
    for tables in (2, 1):
        trials.attempt(replace(variants.now, tables=(tables,)), 1.0)
    assert [choice.strained for choice in choices] == [(), ("a0",)]


def test_a_choice_that_came_to_nothing_in_time_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Selection, "choose", lambda *_: None)
    monkeypatch.setattr(Selection, "prove", pytest.fail)
    assert resettle(Possibilities(couples(3)), Choice(), (), 3, QUICK).bound == 3


def test_what_can_never_start_is_not_waited_for() -> None:
    """In seconds, of which there would be plenty."""
    problem = couples(2)
    never, other = problem.meetings
    shut = replace(problem, meetings=(replace(never, slots=frozenset()), other))
    settings = Settings(seconds=60.0, workers=1)
    chosen = frozenset(each.id for each in problem.meetings)
    begun = Clock(settings, None)
    settled = resettle(Possibilities(shut), Choice(chosen), (), 2, settings)
    assert [row.meeting for row in settled.meetings] == [other.id]
    assert begun.remaining() > 30.0
