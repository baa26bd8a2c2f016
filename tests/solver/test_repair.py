"""A published schedule is repaired with the fewest changes, and that is proven."""

from __future__ import annotations

from typing import Any

import pytest
from solver_cases import small_document, tiny_document, tiny_problem
from solver_enumeration import best_values, cut
from solver_schedules import place

from solver.changes import changes
from solver.checking import check
from solver.engine import Run, solve
from solver.files import problem_from_json, schedule_as_text
from solver.generation import generate
from solver.incidents import no_show, place_closed, publish
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import Schedule, Status
from solver.settings import Settings
from solver.shortage import missing_at_least
from solver.standing import put_back, stand
from solver.validation import changed_meetings

ONE_WORKER = Settings(seconds=60, workers=1)


def small_repair(seed: int) -> Problem:
    """Three slots and at most four meetings, most of them published, all features kept."""
    document = small_document(seed, published=True)
    document["goals"] = None
    slots = [row["id"] for row in document["slots"][1:4]]
    published = [row["meeting"] for row in document["published"]][:3]
    meetings = {*published, *(row["id"] for row in document["meetings"][: 1 + seed % 2])}
    cut(document, set(slots), meetings)
    document["published"] = [row for row in document["published"] if row["meeting"] in meetings]
    for number, row in enumerate(document["published"]):
        if row["slot"] not in slots:
            row["slot"] = slots[(seed + number) % 3]
    return problem_from_json(document)


@pytest.mark.parametrize("seed", [0, 1, 2, 8, 11, 14, 36])
def test_value_and_bound_of_a_repair_are_those_of_full_enumeration(seed: int) -> None:
    problem = small_repair(seed)
    schedule = solve(problem, ONE_WORKER)
    expected = best_values(problem)
    assert check(problem, schedule) == []
    if expected is None:
        assert schedule.status is Status.INFEASIBLE
        return
    assert schedule.status is Status.OPTIMAL
    assert [goal.best for goal in schedule.goals] == expected
    assert [goal.bound for goal in schedule.goals] == expected


def tiny_repair(rows: list[dict[str, Any]], **fields: Any) -> Problem:
    published = [
        {"participants": list(people), **row}
        for row, people in zip(rows, [PEOPLE[row["meeting"]] for row in rows], strict=True)
    ]
    return tiny_problem(published=published, **fields)


PEOPLE = {"ab": ("amal", "bilal"), "ac": ("amal", "chen"), "bc": ("bilal", "chen")}


def stability(schedule: Schedule) -> tuple[Any, Any]:
    (goal,) = [goal for goal in schedule.goals if goal.goal == "stability"]
    return goal.best, goal.bound


def test_of_published_meetings_that_clash_only_as_many_change_as_have_to() -> None:
    """Amal is twice in the first slot, and the second clash is at the one table."""
    rows = [place("ab", "am1", "T1"), place("ac", "am1", "T2"), place("bc", "am2", "T1")]
    problem = tiny_repair(rows, places=[{"id": "T1"}, {"id": "T2", "closed": ["pm1"]}])
    standing = stand(Possibilities(problem), put_back(Possibilities(problem)))
    assert standing.broken == {}
    assert standing.unsettled == {"ab", "ac"}
    schedule = solve(problem, ONE_WORKER)
    assert stability(schedule) == (1, 1)
    assert len(schedule.meetings) == 3
    assert schedule.status is Status.OPTIMAL


def test_which_of_the_clashing_meetings_changes_is_decided_by_the_wishes() -> None:
    """All three are in one slot: one can stay. The lightest two have no other slot."""
    rows = [place(name, "am1", "T1") for name in ("ab", "ac", "bc")]
    lonely = [
        row if row["id"] == "ab" else row | {"slots": ["am1"]}
        for row in tiny_document()["meetings"]
    ]
    schedule = solve(tiny_repair(rows, meetings=lonely), ONE_WORKER)
    assert stability(schedule) == (2, 2)
    assert [(row.meeting, row.slot != "am1") for row in schedule.meetings] == [
        ("ab", True),
        ("ac", False),
    ]


def must_in_the_first_slot(rows: list[dict[str, Any]], **fields: Any) -> Problem:
    document = tiny_document()
    document["meetings"][0] |= {"must": True, "slots": ["am1"]}
    return tiny_repair(rows, meetings=document["meetings"], **fields)


def test_a_must_pushes_out_one_published_meeting_and_no_more() -> None:
    """Amal and Bilal have to meet in the first slot, in which Amal meets Chen."""
    problem = must_in_the_first_slot([place("ac", "am1", "T1"), place("bc", "am2", "T1")])
    schedule = solve(problem, ONE_WORKER)
    assert stability(schedule) == (1, 1)
    assert schedule.status is Status.OPTIMAL
    assert {"ab", "bc"} <= {row.meeting for row in schedule.meetings}


def test_a_must_takes_the_table_of_people_it_has_nothing_to_do_with() -> None:
    people = [{"id": name} for name in ("amal", "bilal", "chen", "dounia")]
    meetings = [
        {"id": "ab", "sides": [["amal"], ["bilal"]], "must": True, "slots": ["am1"]},
        {"id": "cd", "sides": [["chen"], ["dounia"]]},
    ]
    row = {"meeting": "cd", "slot": "am1", "place": "T1", "participants": ["chen", "dounia"]}
    problem = tiny_problem(
        participants=people, meetings=meetings, places=[{"id": "T1"}], published=[row]
    )
    schedule = solve(problem, ONE_WORKER)
    assert stability(schedule) == (1, 1)
    assert len(schedule.meetings) == 2


def test_nobody_is_left_without_a_minimum_that_moving_others_would_give() -> None:
    """``minimum`` comes first: what stands is given up where only that reaches it."""
    document = tiny_document()
    document["meetings"][0] |= {"slots": ["am1"]}
    document["participants"][1] |= {"min_meetings": 1}
    del document["meetings"][2]
    problem = tiny_repair(
        [place("ac", "am1", "T1")],
        meetings=document["meetings"],
        participants=document["participants"],
    )
    possibilities = Possibilities(problem)
    run = Run(problem, ONE_WORKER, None, None)
    assert missing_at_least(possibilities, run.stages.placed, run.clock, ONE_WORKER) == 0
    schedule = run.answer()
    assert [goal.best for goal in schedule.goals[:2]] == [0, 1]
    assert schedule.status is Status.OPTIMAL


def test_a_minimum_that_nobody_can_reach_does_not_hinder_the_proof() -> None:
    """Amal and Chen both need Bilal, who has one slot left: one of them misses a meeting."""
    document = tiny_document()
    for row, least in zip(document["participants"], (1, 0, 1), strict=True):
        row["min_meetings"] = least
    document["participants"][1]["absent"] = ["am2", "am3", "pm1", "pm2", "pm3"]
    document["meetings"] = [document["meetings"][0], document["meetings"][2]]
    problem = tiny_repair(
        [place("ab", "am1", "T1")],
        meetings=document["meetings"],
        participants=document["participants"],
    )
    run = Run(problem, ONE_WORKER, None, None)
    bound = missing_at_least(
        Possibilities(problem), {}, run.clock, ONE_WORKER
    )  # nobody placed: both are looked at
    assert bound == 1
    assert [(goal.best, goal.bound) for goal in run.answer().goals[:2]] == [(1, 1), (0, 0)]


def test_more_changes_than_allowed_are_a_contradiction_with_the_rules_named() -> None:
    rows = [place("ab", "am1", "T1"), place("ac", "am2", "T1"), place("bc", "am3", "T1")]
    document = tiny_document()
    document["participants"][0]["absent"] = ["am1", "am2", "am3"]
    document["places"][0]["closed"] = ["am3"]
    fields = {"participants": document["participants"], "places": document["places"]}
    for most, status in ((1, Status.INFEASIBLE), (2, Status.INFEASIBLE), (3, Status.OPTIMAL)):
        rules = {"pause_within_session": 0, "max_changes": most}
        problem = tiny_repair(rows, rules=rules, **fields)
        schedule = solve(problem, ONE_WORKER)
        assert schedule.status is status
        assert check(problem, schedule) == []
        assert stability(schedule) == (3, 3)
        if schedule.conflict is not None:
            named = {1: ("absent", "changes"), 2: ("absent", "place_closed", "changes")}
            assert schedule.conflict.rules == named[most]
            assert len(schedule.meetings) == 3


def test_started_and_locked_meetings_stay_and_released_ones_are_listed() -> None:
    rows = [
        place("ab", "am1", "T1"),
        place("ac", "am2", "T1", locked=True),
        place("bc", "am3", "T1", locked=True),
    ]
    document = tiny_document()
    document["participants"][0]["absent"] = ["am1"]
    document["places"][0]["closed"] = ["am3"]
    problem = tiny_repair(
        rows,
        rules={"pause_within_session": 0, "now": "2026-10-14T10:00"},
        participants=document["participants"],
        places=document["places"],
    )
    schedule = solve(problem, ONE_WORKER)
    assert [(row.meeting, row.slot, row.place) for row in schedule.meetings][:2] == [
        ("ab", "am1", "T1"),
        ("ac", "am2", "T1"),
    ]
    assert [(row.meeting, row.rule) for row in schedule.released] == [("bc", "place_closed")]
    assert stability(schedule) == (0, 0)
    assert "bc" in {row.meeting for row in schedule.meetings}


def forum_of_sixty() -> Problem:
    problem = generate(60, seed=3, family="everything")
    schedule = solve(problem, Settings(seconds=None, steps=50, workers=1))
    return publish(problem, schedule, now=problem.slots[2].start)


FORUM = forum_of_sixty()


def those_broken(problem: Problem) -> set[str]:
    standing = stand(Possibilities(problem), put_back(Possibilities(problem)))
    assert standing.counted
    return set(standing.broken)


def test_only_the_meetings_of_whoever_does_not_come_change() -> None:
    person = max(
        FORUM.participant_by_id,
        key=lambda name: sum(name in r.participants for r in FORUM.published),
    )
    problem = no_show(FORUM, person)
    touched = those_broken(problem)
    mine = {row.meeting for row in problem.published if person in row.participants}
    assert touched <= mine
    schedule = solve(problem, ONE_WORKER)
    assert set(changed_meetings(problem, schedule.meetings)) == touched
    assert stability(schedule) == (len(touched), len(touched))
    told = changes(problem, schedule).participants
    assert person in told


def test_without_time_what_can_stay_stays_and_so_few_changes_are_proven() -> None:
    place_in_use = FORUM.published[-1].place
    assert place_in_use is not None
    problem = place_closed(FORUM, place_in_use)
    schedule = solve(problem, Settings(seconds=0))
    least = len(those_broken(problem))
    assert stability(schedule) == (least, least)
    assert check(problem, schedule) == []


def test_what_is_counted_without_time_is_never_beaten_with_time() -> None:
    problem = no_show(FORUM, FORUM.published[-1].participants[0])
    counted = solve(problem, Settings(seconds=0)).goals
    searched = solve(problem, ONE_WORKER).goals
    assert searched[1].proven
    for before, after in zip(counted[1:], searched[1:], strict=True):
        if before.goal == "wishes":
            assert before.bound >= after.best
        elif before.goal in ("stability", "breaks", "moves"):
            assert before.bound <= after.best
    assert [goal.bound for goal in counted if goal.goal == "breaks"] != [0]


def test_a_repair_repeats_with_steps() -> None:
    problem = place_closed(FORUM, FORUM.published[-1].place or "")
    few = Settings(seconds=None, steps=20, workers=1)
    assert schedule_as_text(solve(problem, few)) == schedule_as_text(solve(problem, few))


def test_few_changes_that_do_not_come_first_are_no_repair() -> None:
    """Wishes first: the published meeting gives way to one that weighs more."""
    slots = tiny_document()["slots"][:1]
    problem = tiny_repair([place("ac", "am1", "T1")], slots=slots, goals=["wishes", "stability"])
    schedule = solve(problem, ONE_WORKER)
    assert [row.meeting for row in schedule.meetings] == ["ab"]
    assert schedule.status is Status.OPTIMAL


def test_slack_on_stability_may_change_what_stands() -> None:
    """Three of six changes' worth of slack: later goals may use it, and they do."""
    slots = tiny_document()["slots"][:3]
    rows = [place("ab", "am1", "T1"), place("ac", "am2", "T1")]
    document = tiny_document()
    document["participants"][2]["absent"] = ["am2"]
    goals = [{"goal": "stability", "slack": 1.0}, "wishes", "moves"]
    problem = tiny_repair(rows, slots=slots, participants=document["participants"], goals=goals)
    schedule = solve(problem, ONE_WORKER)
    assert stability(schedule) == (1, 1)
    assert schedule.status is Status.OPTIMAL
    assert schedule.goals[1].best == 15


def test_time_before_now_is_never_used() -> None:
    problem = no_show(FORUM, FORUM.published[0].participants[0])
    now = problem.rules.now
    assert now is not None
    past = {slot.id for slot in problem.slots if slot.start < now}
    begun = {row.meeting for row in problem.published if row.slot in past}
    schedule = solve(problem, Settings(seconds=0))
    assert {row.meeting for row in schedule.meetings if row.slot in past} == begun
    assert begun
