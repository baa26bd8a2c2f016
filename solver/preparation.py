"""Compiling all inner loops once, so that no later run has to wait for them."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from solver.kernel.preparing import prepare as prepare_kernel
from solver.possibilities import Possibilities
from solver.problem import Meeting, Participant, Problem, Slot
from solver.tightening import anneal
from solver.timetable import timetable_of


def prepare() -> None:
    """Call every compiled function once on a problem of one meeting; about a minute."""
    prepare_timetables()
    prepare_kernel()


def prepare_timetables() -> None:
    time = datetime(2026, 1, 1)
    problem = Problem(
        slots=(Slot(id="s", start=time, end=time, session="s"),),
        participants=(Participant(id="p"), Participant(id="q")),
        meetings=(Meeting(id="m", sides=(("p",), ("q",)), must=True),),
    )
    timetable = timetable_of(Possibilities(problem))
    assert timetable is not None  # one must meeting of two people: only its time is open
    anneal(timetable, np.zeros(1, dtype=np.int64), 1, 1, np.zeros(2, dtype=np.int64))
