"""The model that anybody would write first: one Boolean per meeting and slot, given to CP-SAT.

For fairs with two single sides, one seat and tables only; the yardstick of ``benchmarks.fairs``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from solver.cp_sat import cp_model
from solver.possibilities import Possibilities
from solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` None: no schedule was found in time."""

    value: int | None
    bound: int


def solve_plainly(problem: Problem, seconds: float, workers: int) -> Answer:
    """The heaviest meetings that fit: each once, each person once a slot, tables as there are."""
    model = cp_model.CpModel()
    starts = Possibilities(problem).starts
    by_person: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    by_slot: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    literals: list[cp_model.IntVar] = []
    weights: list[int] = []
    for meeting in problem.meetings:
        mine = {slot: model.new_bool_var("") for slot in starts[meeting.id]}
        model.add_at_most_one(mine.values())
        for slot, literal in mine.items():
            by_slot[slot].append(literal)
            for person in meeting.people():
                by_person[person, slot].append(literal)
        literals += mine.values()
        weights += [meeting.weight] * len(mine)
    for group in by_person.values():
        model.add_at_most_one(group)
    tables = sum(place.capacity for place in problem.places or ())
    for group in by_slot.values():
        model.add(sum(group) <= tables)
    model.maximize(cp_model.LinearExpr.weighted_sum(literals, weights))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = round(solver.best_objective_bound)
    return Answer(round(solver.objective_value) if found else None, bound)
