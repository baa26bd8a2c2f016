"""The door of the engine: what comes through it has no fault left."""

from solver.reading.problem import problem_from_json
from solver.reading.schedule import schedule_from_json

__all__ = ["problem_from_json", "schedule_from_json"]
