"""Demands that contradict each other are refuted, and the contradiction is irreducible."""

from __future__ import annotations

from dataclasses import replace

import pytest
from solver_cases import small_problem, tiny_document, tiny_problem

from solver.clock import Clock
from solver.conflict import OPTIONAL_RULES, Demands, Trial, hopeless
from solver.engine import Run, solve
from solver.generation import generate
from solver.problem import Problem
from solver.schedule import Conflict, Schedule, Status
from solver.settings import Settings
from solver.validation import violations

ONE_WORKER = Settings(seconds=60, workers=1)


def contradictory() -> Problem:
    """Three musts in one slot: Amal cannot be in two of them. The third pair is not concerned."""
    musts = [row | {"must": True, "slots": ["am1"]} for row in tiny_document()["meetings"][:2]]
    free = [row | {"must": True} for row in tiny_document()["meetings"][2:]]
    return tiny_problem(meetings=[*musts, *free])


def conflict_of(problem: Problem) -> tuple[Schedule, Conflict]:
    schedule = solve(problem, ONE_WORKER)
    assert schedule.status is Status.INFEASIBLE
    assert schedule.conflict is not None
    return schedule, schedule.conflict


def test_two_musts_of_one_person_in_one_slot_are_named_with_the_rules() -> None:
    schedule, conflict = conflict_of(contradictory())
    assert conflict.musts == ("ab", "ac")
    assert conflict.rules == ("busy", "start_slot")
    assert [row.meeting for row in schedule.meetings] == ["ab", "bc"]
    assert conflict.text == (
        "These cannot all be: ab (amal with bilal) must take place; ac (amal with chen) must take "
        "place; nobody is in more meetings at once than they have seats (amal: one at a time); "
        "a meeting starts only where it may (ab: only at 09:00 and ac: only at 09:00). "
        "Leaving out any one of them resolves it."
    )


def two_locked_at_one_table() -> Problem:
    rows = [
        {"meeting": name, "slot": "am1", "place": "T1", "participants": people, "locked": True}
        for name, people in (("ab", ["amal", "bilal"]), ("cd", ["chen", "dounia"]))
    ]
    document = tiny_document()
    return tiny_problem(
        participants=[*document["participants"], {"id": "dounia"}],
        meetings=[*document["meetings"], {"id": "cd", "sides": [["chen"], ["dounia"]]}],
        published=rows,
    )


def test_two_locked_meetings_at_one_table_are_named() -> None:
    problem = two_locked_at_one_table()
    _, conflict = conflict_of(problem)
    assert conflict.published == ("ab", "cd")
    assert conflict.rules == ("place_taken",)
    assert conflict.text == (
        "These cannot all be: ab (amal with bilal) is locked at 09:00 in T1; cd (chen with dounia) "
        "is locked at 09:00 in T1; a place holds so many meetings at once (T1: 1 and T2: 1). "
        "Leaving out any one of them resolves it."
    )


def test_locked_meetings_that_clash_are_told_even_without_time() -> None:
    schedule = solve(two_locked_at_one_table(), Settings(seconds=0))
    assert schedule.status is Status.INFEASIBLE
    assert len([row for row in schedule.meetings if row.meeting in ("ab", "cd")]) == 1


INFEASIBLE_SEEDS = [9, 15, 20, 28, 36, 43, 431]


@pytest.mark.parametrize("seed", INFEASIBLE_SEEDS)
def test_leaving_out_any_one_entry_resolves_the_conflict(seed: int) -> None:
    problem = small_problem(seed)
    schedule, conflict = conflict_of(problem)
    assert violations(problem, schedule) == []
    entries = [*conflict.musts, *conflict.published, *conflict.rules]
    assert conflict.text.count("; ") + 1 >= len(entries)  # a part for each
    assert all(name in conflict.text for name in (*conflict.musts, *conflict.published))
    trial = Trial(problem, Clock(ONE_WORKER, None), ONE_WORKER)
    demands = demands_of(conflict)
    assert trial.contradicts(demands)
    for fewer in one_less(demands):
        assert not trial.contradicts(fewer)


def demands_of(conflict: Conflict) -> Demands:
    return Demands(
        frozenset(conflict.musts),
        frozenset(conflict.published),
        "changes" in conflict.rules,
        frozenset(OPTIONAL_RULES) - frozenset(conflict.rules),
    )


def one_less(demands: Demands) -> list[Demands]:
    fewer = [replace(demands, musts=demands.musts - {name}) for name in demands.musts]
    fewer += [replace(demands, locked=demands.locked - {name}) for name in demands.locked]
    fewer += [
        replace(demands, without=demands.without | {rule})
        for rule in frozenset(OPTIONAL_RULES) - demands.without
    ]
    return [*fewer, replace(demands, changes=False)] if demands.changes else fewer


def with_a_hopeless_must(problem: Problem) -> tuple[Problem, str]:
    """The first meeting must be, while one of its people is always away."""
    meeting = problem.meetings[0]
    person = meeting.sides[0][0]
    slots = frozenset(slot.id for slot in problem.slots)
    people = tuple(
        replace(each, absent=slots) if each.id == person else each for each in problem.participants
    )
    meetings = (replace(meeting, sides=((person,), *meeting.sides[1:]), must=True),)
    rest = (each for each in problem.meetings[1:] if person not in each.people())
    return replace(problem, participants=people, meetings=(*meetings, *rest)), meeting.id


def test_a_must_that_nothing_can_place_takes_nothing_from_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is named before any model of everything, and the rest is solved as if it had only been
    wished for.
    """
    problem, name = with_a_hopeless_must(generate(12, seed=3, family="all-rules"))
    settings = Settings(seconds=None, steps=100, workers=1)
    wished = tuple(replace(each, must=each.must and each.id != name) for each in problem.meetings)
    other = solve(replace(problem, meetings=wished), settings)

    def refuse(self: Run) -> None:
        raise AssertionError("all meetings were looked at for the contradiction")

    monkeypatch.setattr(Run, "_contradiction", refuse)
    schedule = solve(problem, settings)
    assert schedule.status is Status.INFEASIBLE
    assert schedule.conflict is not None
    assert (schedule.conflict.musts, schedule.conflict.rules) == ((name,), ("absent",))
    assert other.status is not Status.INFEASIBLE
    assert wishes_of(schedule) == wishes_of(other)


def wishes_of(schedule: Schedule) -> list[tuple[object, object]]:
    return [(row.value, row.bound) for row in schedule.goals if row.goal == "wishes"]


def test_only_the_musts_that_nothing_can_place_are_hopeless() -> None:
    """Two that exclude each other are both possible."""
    clock = Clock(ONE_WORKER, None)
    assert (
        hopeless(contradictory(), frozenset(["ab", "ac", "bc"]), clock, ONE_WORKER) == frozenset()
    )
    problem, name = with_a_hopeless_must(contradictory())
    musts = frozenset(each.id for each in problem.meetings if each.must)
    assert hopeless(problem, musts, clock, ONE_WORKER) == {name}
