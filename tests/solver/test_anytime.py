"""The best so far is valid at every moment, and never worse than before."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from solver.canonical import problem_to_json
from solver.clock import Interrupted
from solver.engine import solve
from solver.files import problem_from_json, schedule_as_text
from solver.generation import generate
from solver.model import build
from solver.moving import Placed
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import Schedule
from solver.settings import Progress, Settings
from solver.validation import violations

MINIMISED = ("minimum", "worst_off", "breaks", "moves")
STEPS = 30


@pytest.fixture(scope="module")
def forum() -> Problem:
    """Every rule, and large enough for plans, annealing and parts."""
    return generate(45, seed=2, family="all-rules")


def lexicographic(schedule: Schedule) -> list[object]:
    """Values in the order of the goals, so that less is better."""
    return [
        each.value if each.goal in MINIMISED else -each.value  # type: ignore[operator]
        for each in schedule.goals
    ]


def stopping_after(polls: int) -> Callable[[], bool]:
    left = [polls]

    def stop() -> bool:
        left[0] -= 1
        return left[0] < 0

    return stop


def test_news_of_a_goal_never_gets_worse(forum: Problem) -> None:
    heard: list[Progress] = []
    solve(forum, Settings(seconds=None, steps=STEPS), heard.append)
    by_goal: dict[str, list[Progress]] = {}
    for each in heard:
        by_goal.setdefault(each.goal, []).append(each)
    assert len(heard) > len(by_goal)
    for goal, news in by_goal.items():
        for earlier, later in pairwise(news):
            one, two = earlier.value, later.value
            if isinstance(one, tuple) and isinstance(two, tuple):
                assert two[: len(one)] <= one
            elif isinstance(one, int) and isinstance(two, int):
                assert two <= one if goal in MINIMISED else two >= one


def test_the_last_news_of_each_goal_is_what_the_schedule_has() -> None:
    heard: list[Progress] = []
    forum = generate(60, seed=1, family="halls")
    schedule = solve(forum, Settings(seconds=None, steps=STEPS), heard.append)
    last = {each.goal: each.value for each in heard}
    assert last["moves"] != 0
    assert last == {each.goal: each.best for each in schedule.goals}


@pytest.mark.parametrize("polls", [0, 3, 20, 120])
def test_stopped_at_any_moment_the_answer_is_valid(forum: Problem, polls: int) -> None:
    settings = Settings(seconds=None, steps=STEPS)
    stopped = solve(forum, settings, stop=stopping_after(polls))
    assert violations(forum, stopped) == []


def test_who_waits_for_the_answer_does_not_wait_for_tables(
    forum: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def fewer(_possibilities: object, placed: Placed, stop: Callable[[], bool]) -> Placed:
        asked.append(stop())
        return placed

    monkeypatch.setattr("solver.turns.with_fewer_moves", fewer)
    begun: list[bool] = []
    solve(
        forum, Settings(seconds=None, steps=STEPS), lambda _: begun.append(True), lambda: any(begun)
    )
    assert asked == []
    solve(forum, Settings(seconds=None, steps=STEPS))
    assert len(asked) == 1


@pytest.mark.parametrize("polls", range(0, 700, 50))
def test_a_model_that_takes_too_long_is_not_built(forum: Problem, polls: int) -> None:
    possibilities = Possibilities(forum)
    with pytest.raises(Interrupted):
        build(
            possibilities, Roster(possibilities), possibilities.meetings, stop=stopping_after(polls)
        )


def test_an_answer_is_never_worse_than_one_of_an_earlier_moment(forum: Problem) -> None:
    """Counted from the first news on: before, there is no schedule that could be given."""
    answers = []
    for polls in (0, 4, 40):
        begun = [False]
        late = stopping_after(polls)

        def listen(news: Progress, begun: list[bool] = begun) -> None:
            begun[0] = True

        def stop(begun: list[bool] = begun, late: Callable[[], bool] = late) -> bool:
            return begun[0] and late()

        answers.append(solve(forum, Settings(seconds=None, steps=STEPS), listen, stop))
    assert all(lexicographic(two) <= lexicographic(one) for one, two in pairwise(answers))


def test_the_same_steps_give_the_same_bytes_also_for_shuffled_rows(forum: Problem) -> None:
    document = problem_to_json(forum)
    draw = random.Random(4)
    for rows in ("participants", "meetings", "places", "slots", "interpreters", "limits"):
        draw.shuffle(document[rows])
    settings = Settings(seconds=None, steps=STEPS // 2)
    texts = [
        schedule_as_text(solve(problem, settings))
        for problem in (forum, problem_from_json(document))
    ]
    assert texts[0] == texts[1]
