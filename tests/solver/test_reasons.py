"""Every unplaced meeting has a reason that is true, and nothing is left out that could be in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from solver_cases import small_problem, tiny_document, tiny_problem
from solver_enumeration import _ways
from solver_relief import relieved

from solver.engine import solve
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.reasons import explain_unplaced
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason, Schedule, Status
from solver.settings import Settings
from solver.validation import violations

ONE_WORKER = Settings(seconds=60, workers=1)
COSTS = ("breaks", "moves")  # a goal may leave a meeting out too


def can_be_added(problem: Problem, schedule: Schedule, meeting: str) -> bool:
    """By the check alone: some way to add it breaks no rule that is not broken already."""
    before = _broken(problem, schedule.meetings)
    ways = _ways(problem, problem.meeting_by_id[meeting])
    return any(_broken(problem, (*schedule.meetings, way)) <= before for way in ways)


def _broken(problem: Problem, placed: tuple[PlacedMeeting, ...]) -> set[str]:
    schedule = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=placed)
    return {row.text for row in violations(problem, schedule)}


@pytest.mark.parametrize("seconds", [0.0, 60.0])
@pytest.mark.parametrize("seed", [500, *range(502, 507), *range(508, 514)])
def test_no_unplaced_meeting_could_just_be_added(seed: int, seconds: float) -> None:
    problem = small_problem(seed, musts=False, published=False)
    schedule = solve(problem, Settings(seconds=seconds, workers=1))
    for row in schedule.unplaced:
        if row.reason.rule not in COSTS:
            assert not can_be_added(problem, schedule, row.meeting), row


def reason_for(problem: Problem, meeting: str) -> tuple[str, tuple[str, ...]]:
    schedule = solve(problem, ONE_WORKER)
    reasons = {row.meeting: row.reason for row in schedule.unplaced}
    assert reasons[meeting] == explain_unplaced(problem, schedule.meetings, meeting)
    assert reasons[meeting].text
    return reasons[meeting].rule, reasons[meeting].participants


def test_bilal_who_left_at_noon_is_absent_all_afternoon() -> None:
    document = tiny_document()
    people = [
        row | {"absent": ["pm1", "pm2", "pm3"] if row["id"] == "bilal" else []}
        for row in document["participants"]
    ]
    meetings = [
        row | {"slots": ["pm1"] if row["id"] == "ab" else None} for row in document["meetings"]
    ]
    problem = tiny_problem(participants=people, meetings=meetings)
    rule, _ = reason_for(problem, "ab")
    assert rule in ("absent", "start_slot")


def test_a_full_day_is_told_as_busy() -> None:
    slots = tiny_document()["slots"][:1]
    assert reason_for(tiny_problem(slots=slots), "ac") == ("busy", ("amal",))


def test_one_table_is_told_as_taken() -> None:
    document = tiny_document()
    problem = tiny_problem(
        slots=document["slots"][:1],
        places=[{"id": "T1"}],
        participants=[*document["participants"], {"id": "dounia"}],
        meetings=[
            {"id": "ab", "sides": [["amal"], ["bilal"]], "weight": 10},
            {"id": "cd", "sides": [["chen"], ["dounia"]]},
        ],
    )
    assert reason_for(problem, "cd") == ("place_taken", ())


def test_no_interpreter_is_told_as_language() -> None:
    people = [
        {"id": "amal", "languages": ["fr"]},
        {"id": "bilal", "languages": ["ar"]},
        {"id": "chen"},
    ]
    assert reason_for(tiny_problem(participants=people), "ab")[0] == "language"


def test_an_exclusive_list_names_the_meeting_that_is_placed() -> None:
    problem = tiny_problem(exclusive=[["ab", "ac"]])
    schedule = solve(problem, ONE_WORKER)
    (row,) = schedule.unplaced
    assert (row.meeting, row.reason.rule, row.reason.meetings) == ("ac", "exclusive", ("ab",))


@pytest.mark.parametrize("seed", range(600, 640))
def test_without_what_a_reason_names_another_rule_or_nothing_blocks_its_slots(seed: int) -> None:
    """The claim of every reason: its rule and its people, in each of its slots."""
    problem = small_problem(seed, musts=False, published=False)
    schedule = solve(problem, Settings(seconds=0))
    for row in schedule.unplaced:
        if row.reason.rule not in COSTS and row.reason.slots:
            assert_true(problem, schedule.meetings, row.meeting, row.reason)


def assert_true(
    problem: Problem, placed: tuple[PlacedMeeting, ...], meeting: str, reason: Reason
) -> None:
    blocked = {slot: reason_in(problem, placed, meeting, slot) for slot in reason.slots}
    assert all(each is not None and each.rule == reason.rule for each in blocked.values())
    named = {person for each in blocked.values() if each for person in each.participants}
    assert named == set(reason.participants)
    for slot, claim in blocked.items():
        without = relieved(problem, placed, replace(claim, slots=(slot,))) if claim else None
        if without is not None:
            left = reason_in(*without, meeting, slot)
            assert left is None or (left.rule, left.participants, left.meetings) != (
                (claim.rule, claim.participants, claim.meetings)
            )


def reason_in(
    problem: Problem, placed: tuple[PlacedMeeting, ...], meeting: str, slot: str
) -> Reason | None:
    """The obstacle to a start in this slot, found anew; None where it could start."""
    roster = Roster(Possibilities(problem)).load(placed)
    start = problem.slot_position[slot]
    answer = Openings(roster).find(problem.meeting_by_id[meeting], start)
    return answer if isinstance(answer, Reason) else None
