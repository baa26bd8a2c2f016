"""The compiled kernel judges as the rules do, and what it makes is a valid schedule."""

from __future__ import annotations

import random

import numpy as np
import pytest
from solver_cases import small_problem

from solver.construction import place_published
from solver.kernel.arrays import OF_COUNTS, START, view
from solver.kernel.board import Board
from solver.kernel.entries import breaks_of_all, place_all, swap_all
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.validation import goal_values, violations

SEEDS = range(60)


def broken(board: Board) -> set[str]:
    """The rules that the board's schedule breaks; a schedule in the making may miss musts."""
    placed = tuple(board.schedule().values())
    schedule = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=placed)
    return {each.rule for each in violations(board.problem, schedule)} - {"kept"}


def published(seed: int) -> Board:
    """A random problem with what stays of its published schedule."""
    possibilities = Possibilities(small_problem(seed))
    roster = Roster(possibilities)
    place_published(Openings(roster))
    board = Board(possibilities)
    board.load(roster.placed.values())
    return board


def filled(seed: int) -> Board:
    """With as many meetings as go in at random."""
    board = published(seed)
    draw = random.Random(seed)
    tries = [(m, t) for m in range(len(board.meetings)) for t in range(len(board.problem.slots))]
    draw.shuffle(tries)
    rows = np.array([(*each, 0) for each in tries], dtype=np.int64)
    place_all(board.block, rows)
    return board


def place_in(board: Board, meeting: int, start: int) -> bool:
    row = np.array([(meeting, start, 0)], dtype=np.int64)
    place_all(board.block, row)
    return int(row[0, 2]) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_kernel_places_breaks_no_rule(seed: int) -> None:
    assert broken(filled(seed)) <= broken(published(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_kernel_refuses_nothing_that_the_rules_allow(seed: int) -> None:
    board = published(seed)
    openings = Openings(Roster(board.possibilities).load(board.schedule().values()))
    draw = random.Random(seed)
    locked = board.possibilities.published.locked
    for row in draw.sample(range(len(board.meetings)), len(board.meetings)):
        meeting = board.possibilities.meetings[row]
        if meeting.id in openings.roster.placed or meeting.id in locked:
            continue
        for start in range(len(board.problem.slots)):
            answer = openings.find(meeting, start)
            taken = place_in(board, row, start)
            if isinstance(answer, PlacedMeeting):
                assert taken
                openings.roster.add(answer)
            if taken:
                break
        if taken != (meeting.id in openings.roster.placed):
            assert any(each.length > 1 for each in board.possibilities.meetings)
            return  # a long meeting fits only if others change tables: from here on they differ


@pytest.mark.parametrize("seed", SEEDS)
def test_swaps_keep_every_rule_and_everybodys_load(seed: int) -> None:
    board = filled(seed)
    before = broken(board)
    numbers = view(board.block, OF_COUNTS).copy()
    draw = random.Random(seed)
    placed = np.flatnonzero(board.placed[:, START] >= 0).tolist()
    slots = range(len(board.problem.slots))
    rows = [(meeting, draw.choice(slots), 0) for meeting in placed for _ in range(5)]
    draw.shuffle(rows)
    swap_all(board.block, np.array(rows, dtype=np.int64).reshape(-1, 3))
    assert broken(board) <= before
    assert np.array_equal(numbers, view(board.block, OF_COUNTS))


@pytest.mark.parametrize("seed", SEEDS)
def test_breaks_are_counted_as_the_check_counts_them(seed: int) -> None:
    board = filled(seed)
    found = np.zeros(len(board.names), dtype=np.int64)
    breaks_of_all(board.block, found)
    people = board.possibilities.participants.values()
    mine = sum(int(found[board.resources[each.id]]) for each in people if each.seats == 1)
    assert mine == goal_values(board.problem, board.schedule().values())["breaks"]
