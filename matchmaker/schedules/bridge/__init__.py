"""The only door to the engine.

Problems and schedules leave it as text in the form of their files, so that what is stored,
downloaded and checked is one and the same.
"""

from matchmaker.schedules.bridge.amendments import (
    amended,
    other_times,
    still_fitting,
    taken_out,
)
from matchmaker.schedules.bridge.answers import (
    Broken,
    broken_now,
    objections,
    size_of,
    solve,
    write_problem,
)
from matchmaker.schedules.bridge.capacities import expect_demand, study_capacity
from matchmaker.schedules.bridge.problems import WANTED, make_problem
from solver.files import InvalidProblem

__all__ = [
    "WANTED",
    "Broken",
    "InvalidProblem",
    "amended",
    "broken_now",
    "expect_demand",
    "make_problem",
    "objections",
    "other_times",
    "size_of",
    "solve",
    "still_fitting",
    "study_capacity",
    "taken_out",
    "write_problem",
]
