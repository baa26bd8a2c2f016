"""What happens on the day, as a problem: each incident changes exactly what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from solver_cases import tiny_document, tiny_problem
from solver_schedules import place, schedule_of

from solver.engine import solve
from solver.files import problem_from_json, problem_to_json
from solver.incidents import (
    IncidentError,
    interpreter_ill,
    late_arrival,
    left_early,
    no_show,
    place_closed,
    publish,
    walk_in,
)
from solver.lost_slots import slot_lost
from solver.problem import Meeting, Participant, Problem
from solver.schedule import Schedule, Status
from solver.settings import Settings
from solver.validation import changed_meetings

AT_TEN = datetime(2026, 10, 14, 10)
LATER = frozenset({"am2", "am3", "pm1", "pm2", "pm3"})
FORUM = tiny_document(
    participants=[
        {"id": "amal", "languages": ["fr"]},
        {"id": "bilal", "languages": ["ar"]},
        {"id": "chen"},
    ],
    interpreters=[{"id": "ines", "languages": ["fr", "ar"]}],
)
ROWS = [
    place("ab", "am1", "T1", interpreter="ines"),
    place("ac", "am2", "T1"),
    place("bc", "pm3", "T2"),
]


def morning() -> Problem:
    """Three meetings published; it is ten o'clock, and the first has begun."""
    problem = problem_from_json(FORUM)
    return publish(problem, schedule_of(problem, ROWS), now=AT_TEN)


def repaired(problem: Problem) -> Schedule:
    """What the engine makes of it; the problem as a file has no fault either."""
    again = problem_from_json(problem_to_json(problem))
    schedule = solve(again, Settings(seconds=60, workers=1))
    assert schedule.status is Status.OPTIMAL
    return schedule


def fallen_or_moved(problem: Problem) -> tuple[str, ...]:
    return changed_meetings(problem, repaired(problem).meetings)


def test_publishing_keeps_every_row_and_ranks_few_changes_after_the_minimum() -> None:
    problem = morning()
    assert [(row.meeting, row.slot) for row in problem.published] == [
        ("ab", "am1"),
        ("ac", "am2"),
        ("bc", "pm3"),
    ]
    assert [goal.goal for goal in problem.goals][:3] == ["minimum", "stability", "wishes"]
    assert problem.rules.now == AT_TEN
    assert fallen_or_moved(problem) == ()


def test_few_changes_come_first_where_there_is_no_minimum_and_stay_where_they_are() -> None:
    for goals, expected in (
        (["wishes", "breaks"], ["stability", "wishes", "breaks"]),
        (["wishes", "stability"], ["wishes", "stability"]),
    ):
        problem = tiny_problem(goals=goals)
        told = publish(problem, schedule_of(problem, []))
        assert [goal.goal for goal in told.goals] == expected


def test_publishing_keeps_a_lock_only_where_the_meeting_was_kept() -> None:
    locked = {"meeting": "ab", "slot": "am1", "place": "T1", "participants": ["amal", "bilal"]}
    problem = tiny_problem(published=[locked | {"locked": True}])
    for slot, is_locked in (("am1", True), ("am2", False)):
        told = publish(problem, schedule_of(problem, [place("ab", slot, "T1")]), max_changes=2)
        assert [row.locked for row in told.published] == [is_locked]
        assert told.rules.max_changes == 2


def test_a_no_show_is_absent_from_now_on() -> None:
    problem = no_show(morning(), "chen")
    assert problem.participant_by_id["chen"].absent == LATER
    assert fallen_or_moved(problem) == ("ac", "bc")


def test_a_late_arrival_misses_what_lies_before() -> None:
    problem = late_arrival(morning(), "chen", until="pm1")
    assert problem.participant_by_id["chen"].absent == {"am2", "am3"}
    assert fallen_or_moved(problem) == ("ac",)


def test_whoever_leaves_early_misses_that_slot_and_all_after_it() -> None:
    problem = left_early(morning(), "chen", since="pm2")
    assert problem.participant_by_id["chen"].absent == {"pm2", "pm3"}
    assert fallen_or_moved(problem) == ("bc",)


def test_a_closed_table_is_closed_from_now_on_or_in_the_slots_named() -> None:
    assert place_closed(morning(), "T1").place_by_id["T1"].closed == LATER
    problem = place_closed(morning(), "T1", ["am2"])
    assert problem.place_by_id["T1"].closed == {"am2"}
    assert fallen_or_moved(problem) == ("ac",)


def test_an_interpreter_who_is_ill_is_absent() -> None:
    problem = problem_from_json(FORUM)
    rows = [place("ab", "pm1", "T1", interpreter="ines")]
    told = publish(problem, schedule_of(problem, rows), now=AT_TEN)
    assert interpreter_ill(told, "ines").interpreter_by_id["ines"].absent == LATER
    assert fallen_or_moved(interpreter_ill(told, "ines", ["pm1"])) == ("ab",)


def test_a_walk_in_gets_meetings_and_nobody_else_moves() -> None:
    problem = walk_in(
        morning(),
        Participant(id="dounia", absent=frozenset({"pm1"})),
        [Meeting(id="ad", sides=(("amal",), ("dounia",)), weight=7)],
    )
    assert fallen_or_moved(problem) == ()
    assert "ad" in {row.meeting for row in repaired(problem).meetings}


def test_a_lost_slot_is_gone_and_tears_its_session_where_the_pause_is_too_long() -> None:
    problem = slot_lost(morning(), "am2")
    assert [(slot.id, slot.session) for slot in problem.slots][:3] == [
        ("am1", "am"),
        ("am3", "am-2"),
        ("pm1", "pm"),
    ]
    assert fallen_or_moved(problem) == ("ac",)


def test_no_rule_mentions_a_lost_slot_any_more() -> None:
    limits = [
        {"participants": ["amal"], "slots": ["am2", "am3"], "free_slots": 1},
        {"participants": ["amal"], "slots": ["am2"], "max_meetings": 1},
        {"participants": ["bilal"], "slots": ["am1", "am2"], "max_meetings": 1},
    ]
    rows = [{"fixed_slot": "am2"}, {"slots": ["am2", "pm1"]}, {}]
    document = tiny_document(
        limits=limits,
        places=[{"id": "T1", "closed": ["am2"]}],
        meetings=[a | b for a, b in zip(tiny_document()["meetings"], rows, strict=True)],
    )
    document["participants"][0]["absent"] = ["am2", "pm3"]
    problem = slot_lost(problem_from_json(document), "am2")
    assert problem_from_json(problem_to_json(problem)) == problem
    assert problem.meeting_by_id["ab"].slots == frozenset()
    assert problem.meeting_by_id["ac"].slots == {"pm1"}
    assert [limit.slots for limit in problem.limits] == [{"am1"}]


Incident = Callable[[Problem], Any]
FAULTS: list[tuple[str, Incident]] = [
    ('no participant "nobody"', lambda told: no_show(told, "nobody")),
    ('no slot "noon"', lambda told: late_arrival(told, "chen", until="noon")),
    ('no slot "noon"', lambda told: left_early(told, "chen", since="noon")),
    ('slot "am1" has begun', lambda told: left_early(told, "chen", since="am1")),
    ('no place "T9"', lambda told: place_closed(told, "T9")),
    ('no slot "noon"', lambda told: place_closed(told, "T1", ["noon"])),
    ('slot "am1" has begun', lambda told: place_closed(told, "T1", ["am1"])),
    ('no interpreter "ida"', lambda told: interpreter_ill(told, "ida")),
    ('no slot "noon"', lambda told: slot_lost(told, "noon")),
    ('slot "am1" has begun', lambda told: slot_lost(told, "am1")),
    ('participant "chen" is there already', lambda t: walk_in(t, Participant(id="chen"), [])),
    ('no place "T9"', lambda t: walk_in(t, Participant(id="d", place="T9"), [])),
    (
        'no slot "noon"',
        lambda t: walk_in(t, Participant(id="d", absent=frozenset({"noon"})), []),
    ),
    (
        'meeting "ab" is there already',
        lambda t: walk_in(
            t, Participant(id="d"), [Meeting(id="ab", sides=(("amal",), ("d",)))]
        ),
    ),
    (
        'no participant "e"',
        lambda t: walk_in(t, Participant(id="d"), [Meeting(id="x", sides=(("d",), ("e",)))]),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "incident"), FAULTS)
def test_what_is_unknown_or_over_is_refused_in_a_sentence(
    sentence: str, incident: Incident
) -> None:
    with pytest.raises(IncidentError) as told:
        incident(morning())
    assert str(told.value) == sentence
