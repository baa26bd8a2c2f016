"""The independent check: every rule and goal again, in plain Python, by its code.

It knows the problem and the schedule and nothing of how one comes from the other.
"""

from solver.validation.goals import goal_values, values_of
from solver.validation.plan import Plan
from solver.validation.publication import changed_meetings, released_meetings
from solver.validation.rules import RULES, violations, violations_in
from solver.validation.violation import Violation

__all__ = [
    "RULES",
    "Plan",
    "Violation",
    "changed_meetings",
    "goal_values",
    "released_meetings",
    "values_of",
    "violations",
    "violations_in",
]
