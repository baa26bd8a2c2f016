"""What whoever calls ``solve`` may rely on, whatever the problem and the time."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from solver_cases import slot, small_document, small_problem, tiny_document, tiny_problem

from solver.engine import solve
from solver.files import problem_from_json, schedule_as_text
from solver.generation import generate
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.settings import Progress, Settings
from solver.validation import goal_values, violations

ONE_WORKER = Settings(seconds=60, workers=1)


def values_of(schedule: Schedule) -> list[Any]:
    return [(goal.goal, goal.value, goal.bound) for goal in schedule.goals]


@hypothesis_settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.integers(1000, 100_000), st.sampled_from([0.0, 0.05, 20.0]))
def test_every_answer_passes_the_check_at_any_time_limit(seed: int, seconds: float) -> None:
    problem = small_problem(seed)
    schedule = solve(problem, Settings(seconds=seconds, workers=1))
    assert violations(problem, schedule) == []
    assert {row.meeting for row in schedule.meetings} | {
        row.meeting for row in schedule.unplaced
    } == {meeting.id for meeting in problem.meetings}
    values = goal_values(problem, schedule.meetings)
    assert [goal.value for goal in schedule.goals] == [values[goal.goal] for goal in problem.goals]


def test_no_time_at_all_gives_the_constructive_schedule() -> None:
    problem = generate(60, seed=1)
    schedule = solve(problem, Settings(seconds=0))
    assert violations(problem, schedule) == []
    assert schedule.status is Status.FEASIBLE
    assert len(schedule.meetings) > len(problem.meetings) / 2


def test_stopping_keeps_the_best_schedule_so_far() -> None:
    problem = generate(120, seed=2)
    stop = threading.Event()
    heard: list[Progress] = []

    def listen(progress: Progress) -> None:
        heard.append(progress)
        stop.set()

    schedule = solve(problem, Settings(seconds=3600), listen, stop.is_set)
    assert heard
    assert violations(problem, schedule) == []
    assert schedule.meetings


def test_progress_only_gets_better_and_ends_at_the_answer() -> None:
    heard: list[Progress] = []
    schedule = solve(tiny_problem(goals=["wishes"]), ONE_WORKER, heard.append)
    values = [progress.value for progress in heard if progress.goal == "wishes"]
    assert values == sorted(values, key=lambda value: value or 0)
    assert values[-1] == schedule.goals[0].value == 15


@pytest.mark.parametrize("seed", [3, 8, 30])
def test_same_steps_and_seed_give_the_same_bytes_for_shuffled_rows(seed: int) -> None:
    document = small_document(seed)
    repeatable = Settings(seconds=None, steps=100, seed=seed)
    texts = set()
    for _ in range(3):
        schedule = solve(problem_from_json(document), repeatable)
        assert schedule.seconds is None
        texts.add(schedule_as_text(schedule))
        document = shuffled(document, random.Random(seed))
    assert len(texts) == 1


def test_steps_that_end_before_the_proof_still_repeat() -> None:
    problem = generate(60, seed=4)
    few = Settings(seconds=None, steps=20, seed=5)
    assert schedule_as_text(solve(problem, few)) == schedule_as_text(solve(problem, few))


def shuffled(document: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    document = dict(document)
    for kind in ("participants", "meetings", "places", "interpreters", "published", "limits"):
        if kind in document:
            document[kind] = draw.sample(document[kind], len(document[kind]))
    return document


def one_or_the_other(goals: list[Any]) -> Problem:
    """Either the heavy meeting of two people, or two light ones that reach four."""
    people = [{"id": name} for name in ("amal", "bilal", "chen", "dounia")]
    meetings = [
        {"id": "heavy", "sides": [["amal"], ["bilal"]], "weight": 100},
        {"id": "one", "sides": [["amal"], ["chen"]], "weight": 50},
        {"id": "other", "sides": [["bilal"], ["dounia"]], "weight": 49},
    ]
    slots = [slot("am1", "2026-10-14T09:00", "am")]
    return problem_from_json(
        tiny_document(participants=people, meetings=meetings, slots=slots, goals=goals)
    )


def test_without_slack_most_wishes_win() -> None:
    schedule = solve(one_or_the_other(["wishes", "worst_off"]), ONE_WORKER)
    assert [row.meeting for row in schedule.meetings] == ["heavy"]


def test_slack_gives_wishes_back_so_that_nobody_is_left_without_a_meeting() -> None:
    goals = [{"goal": "wishes", "slack": 0.01}, "worst_off"]
    schedule = solve(one_or_the_other(goals), ONE_WORKER)
    assert [row.meeting for row in schedule.meetings] == ["one", "other"]
    wishes = schedule.goals[0]
    assert (wishes.best, wishes.value, wishes.bound, wishes.proven) == (100, 99, 100, True)
    assert schedule.status is Status.OPTIMAL


def test_a_published_meeting_keeps_its_table() -> None:
    row = {"meeting": "ab", "slot": "am2", "place": "T2", "participants": ["amal", "bilal"]}
    schedule = solve(tiny_problem(published=[row]), ONE_WORKER)
    kept = PlacedMeeting(meeting="ab", slot="am2", place="T2", participants=("amal", "bilal"))
    assert kept in schedule.meetings
    assert schedule.goals[1].goal == "stability"
    assert schedule.goals[1].value == 0


def many_want_a_star(count: int = 200) -> dict[str, Any]:
    guests = [f"g{number:04}" for number in range(count)]
    return tiny_document(
        participants=[{"id": "star"}, *({"id": guest} for guest in guests)],
        meetings=[{"id": f"m{guest}", "sides": [["star"], [guest]]} for guest in guests],
        goals=["wishes"],
    )


def chain_of_precedences() -> dict[str, Any]:
    names = ["ab", "ac", "bc"]
    after = dict(zip(names[1:], names, strict=False))
    rows = [
        row | {"after": [after[row["id"]]] if row["id"] in after else []}
        for row in tiny_document()["meetings"]
    ]
    return tiny_document(meetings=rows)


def slots_of(count: int) -> list[dict[str, Any]]:
    return [
        slot(
            f"s{number:03}",
            f"2026-{10 + number // 200}-{10 + number // 10 % 20}T{8 + number % 10:02}:00",
            f"d{number // 10:02}",
        )
        for number in range(count)
    ]


def long_chain(count: int, slots: int) -> dict[str, Any]:
    """Each of so many couples meets after the couple before it."""
    couples = [(f"a{number:03}", f"b{number:03}") for number in range(count)]
    names = [f"m{number:03}" for number in range(count)]
    return tiny_document(
        participants=[{"id": name} for couple in couples for name in couple],
        meetings=[
            {"id": name, "sides": [[one], [other]], "after": names[number - 1 : number]}
            for number, (name, (one, other)) in enumerate(zip(names, couples, strict=True))
        ],
        slots=slots_of(slots),
        places=None,
        goals=["wishes"],
    )


ODD = [
    (tiny_document(participants=[], meetings=[]), 0, 0),
    (tiny_document(meetings=[]), 0, 0),
    (tiny_document(slots=[]), 0, 0),
    (tiny_document(places=[]), 0, 0),
    (
        tiny_document(
            participants=[
                {"id": name, "absent": ["am1", "am2", "am3", "pm1", "pm2", "pm3"]}
                for name in ("amal", "bilal", "chen")
            ]
        ),
        0,
        0,
    ),
    (many_want_a_star(), 6, 6),
    (tiny_document(places=[{"id": "T1"}]), 3, 15),
    (tiny_document(slots=slots_of(64)), 3, 15),
    (tiny_document(slots=slots_of(200)), 3, 15),
    (long_chain(300, 300), 300, 300),
    (
        tiny_document(
            meetings=[
                row | {"weight": 0 if row["id"] == "ab" else 10**9}
                for row in tiny_document()["meetings"]
            ]
        ),
        3,
        2 * 10**9,
    ),
    (many_want_a_star(2000), 6, 6),
    (chain_of_precedences(), 3, 15),
    (tiny_document(meetings=[row | {"weight": 0} for row in tiny_document()["meetings"]]), 3, 0),
    (
        tiny_document(meetings=[row | {"weight": 10**9} for row in tiny_document()["meetings"]]),
        3,
        3 * 10**9,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("document", "placed", "wishes"), ODD)
def test_odd_problems_are_solved_to_the_proof(
    document: dict[str, Any], placed: int, wishes: int
) -> None:
    schedule = solve(problem_from_json(document), ONE_WORKER)
    assert len(schedule.meetings) == placed
    assert [(g.value, g.bound) for g in schedule.goals if g.goal == "wishes"] == [(wishes, wishes)]
    assert schedule.status is Status.OPTIMAL


def test_the_progress_of_those_worst_off_has_five_levels_at_most() -> None:
    """Each level in its turn, with those before it."""
    told: list[Progress] = []
    problem = small_problem(12, published=False)
    solve(problem, Settings(seconds=5, workers=1), listen=told.append)
    lines = [line for line in told if line.goal == "worst_off"]
    assert {len(line.value) for line in lines if isinstance(line.value, tuple)} == {1, 2, 3, 4, 5}
    assert all(isinstance(line.value, tuple) for line in lines)
