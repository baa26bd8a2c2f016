"""A choice of meetings on an empty board, differently each time."""

from __future__ import annotations

from collections import Counter

from solver_cases import tiny_problem

from solver.fresh_starts import FreshStarts
from solver.generation import generate
from solver.kernel.arrays import OF_PLACED, OF_STARTS, START, Block, view
from solver.kernel.board import Board
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import Schedule, Status
from solver.validation import violations


def starts(problem: Problem, *chosen: str) -> tuple[Board, FreshStarts]:
    board = Board(Possibilities(problem), seed=1)
    out = [row for name, row in board.meetings.items() if name not in chosen]
    view(board.block, OF_STARTS)[out] = 0
    return board, FreshStarts(board, chosen, Counter())


def slots_of(block: Block) -> list[int]:
    return [int(each) for each in view(block, OF_PLACED)[:, START]]


def test_what_is_chosen_is_placed_and_nothing_else() -> None:
    board, fresh = starts(tiny_problem(), "ac", "bc")
    placed = slots_of(fresh.draw(0))
    assert {name for name, row in board.meetings.items() if placed[row] >= 0} == {"ac", "bc"}


def test_no_start_breaks_a_rule_and_hardly_two_are_alike() -> None:
    problem = generate(60, seed=2, family="everything")
    names = [meeting.id for meeting in problem.meetings]
    board, fresh = starts(problem, *names)
    seen = set()
    for chain in (0, 1, 0, 1):
        board.block[:] = fresh.draw(chain)
        rows = tuple(board.schedule().values())
        found = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=rows)
        assert violations(problem, found) == []
        seen.add(tuple(slots_of(board.block)))
    assert len(seen) == 4


def test_each_chain_draws_the_same_starts_whatever_others_draw() -> None:
    problem = generate(40, seed=2, family="everything")
    names = [meeting.id for meeting in problem.meetings]
    alone, beside = (starts(problem, *names)[1] for _ in range(2))
    beside.draw(1)
    for _ in range(2):
        assert slots_of(alone.draw(0)) == slots_of(beside.draw(0))
