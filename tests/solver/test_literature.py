"""Instances of the literature: imported, solved and checked, up to their known optima."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from solver.dzn import read_dzn
from solver.engine import solve
from solver.schedule import Status
from solver.settings import Settings

FOLDER = os.environ.get("MATCHMAKER_INSTANCES", "")
KNOWN = {"tic-12.original": 0, "tic-13.original": 0, "forumt-14.original": 5}

pytestmark = [
    pytest.mark.literature,
    pytest.mark.skipif(not FOLDER, reason="MATCHMAKER_INSTANCES names no folder of instances"),
]


@pytest.mark.parametrize(("name", "optimum"), list(KNOWN.items()))
def test_instance_reaches_its_known_optimum(name: str, optimum: int) -> None:
    (path,) = Path(FOLDER).rglob(f"{name}.dzn")
    schedule = solve(read_dzn(path), Settings(seconds=60))
    (goal,) = schedule.goals
    assert (schedule.status, goal.value, goal.bound) == (Status.OPTIMAL, optimum, optimum)
