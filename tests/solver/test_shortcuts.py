"""Reasons and openings by masks of slots are those of asking slot by slot."""

from __future__ import annotations

import pytest
from solver_cases import small_problem

from solver.bounds import matching_bound
from solver.construction import construct
from solver.free_time import FreeTime
from solver.generation import generate
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.reasons import Reasons
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.shortcuts import Shortcuts

PROBLEMS = [
    *(generate(40, seed=3, family=family) for family in ("scarce", "half-absent", "everything")),
    *(small_problem(seed) for seed in range(8)),
]


def half_placed(problem: Problem) -> Openings:
    possibilities = Possibilities(problem)
    placed = construct(possibilities, matching_bound(possibilities), lambda: True)
    some = list(placed.values())[::2]
    return Openings(Roster(possibilities).load(some))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_masks_give_the_same_reasons(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    openings = half_placed(problem)
    unplaced = [each.id for each in problem.meetings if each.id not in openings.roster.placed]
    quick = [Reasons(openings).of(name) for name in unplaced]
    monkeypatch.setattr(Shortcuts, "_is_simple", lambda self, meeting: False)
    assert quick == [Reasons(openings).of(name) for name in unplaced]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_no_opening_is_missed(problem: Problem) -> None:
    openings = half_placed(problem)
    free_time = FreeTime(openings)
    for meeting in problem.meetings:
        if meeting.id in openings.roster.placed:
            continue
        likely = set(free_time.likely_starts(meeting))
        for start in openings.possibilities.starts[meeting.id]:
            if start not in likely:
                assert not isinstance(openings.find(meeting, start), PlacedMeeting)
