"""Compiling everything once, so that no later run has to wait for it."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from solver.kernel.annealing import fill, tighten
from solver.kernel.arrays import OF_STARTS
from solver.kernel.board import Board
from solver.kernel.cache import note_prepared
from solver.kernel.directory import directory
from solver.kernel.entries import breaks_of_all, eject_all, insert_all, place_all, swap_all
from solver.possibilities import Possibilities
from solver.problem import Meeting, Participant, Problem, Slot


def prepare() -> None:
    """Call every function that Python calls, on a problem of one meeting."""
    time = datetime(2026, 1, 1)
    problem = Problem(
        slots=(Slot(id="s", start=time, end=time, session="s"),),
        participants=(Participant(id="p"), Participant(id="q")),
        meetings=(Meeting(id="m", sides=(("p",), ("q",))),),
    )
    board = Board(Possibilities(problem))
    wanted = np.zeros((1, 3), dtype=np.int64)
    place_all(board.block, wanted)
    swap_all(board.block, wanted)
    insert_all(board.block, wanted[0, :1], OF_STARTS, 1)
    eject_all(board.block, wanted[0, :1], 1, 1)
    breaks_of_all(board.block, np.zeros(len(board.names), dtype=np.int64))
    nobody_waits, one_level = np.zeros((3, 4), dtype=np.int64), np.zeros((2, 1), dtype=np.int64)
    fill(board.block, directory(board.block), one_level, nobody_waits, wanted[0], 1.0)
    tighten(board.block, np.zeros(len(board.names) + 1, dtype=np.int64), 1, 1.0)
    board.schedule()
    note_prepared()
