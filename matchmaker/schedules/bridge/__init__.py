"""The only door to the engine.

Problems and schedules leave it as text in the form of their files, so that what is stored,
downloaded and checked is one and the same.
"""

from matchmaker.schedules.bridge.amendments import (
    amended,
    at_the_same_time,
    brought_up_to_date,
    nothing_yet,
    other_times,
    still_fitting,
    taken_out,
    ways_for,
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
from matchmaker.schedules.bridge.curing import Cure, Explained, Step, explained
from matchmaker.schedules.bridge.handwriting import (
    asked_now,
    framed_now,
    to_be_solved,
    written_by_hand,
)
from matchmaker.schedules.bridge.joining import joined
from matchmaker.schedules.bridge.judging import Judge, Meeting, Placed, asked_meetings
from matchmaker.schedules.bridge.keeping import booked_ids, booked_ways, lost_bookings
from matchmaker.schedules.bridge.limiting import organisations_once
from matchmaker.schedules.bridge.problems import make_problem
from matchmaker.schedules.bridge.trying import outcome_of, renamed
from solver.files import InvalidProblem

__all__ = [
    "Broken",
    "Cure",
    "Explained",
    "InvalidProblem",
    "Judge",
    "Meeting",
    "Placed",
    "Step",
    "amended",
    "asked_meetings",
    "asked_now",
    "at_the_same_time",
    "booked_ids",
    "booked_ways",
    "broken_now",
    "brought_up_to_date",
    "expect_demand",
    "explained",
    "framed_now",
    "joined",
    "lost_bookings",
    "make_problem",
    "nothing_yet",
    "objections",
    "organisations_once",
    "other_times",
    "outcome_of",
    "renamed",
    "size_of",
    "solve",
    "still_fitting",
    "study_capacity",
    "taken_out",
    "to_be_solved",
    "ways_for",
    "write_problem",
    "written_by_hand",
]
