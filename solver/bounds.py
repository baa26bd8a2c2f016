"""What no schedule can beat, known before any search: a b-matching without slots.

Forget the slots and keep the sums: each participant takes at most as many slot-long meetings
as seats and attended slots allow, all meetings together at most what the places hold. The
linear programme over these sums is small and nearly always integral. Its dual prices are
rounded to fractions of a power of two and the bound is counted from them in whole numbers, so
that it is true whatever the solver's floating point did (weak duality).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

from solver.places import Pool
from solver.possibilities import Cast, Possibilities
from solver.problem import Meeting

SCALE = 1 << 20
MOST_UNIONS = 200


@dataclass
class Row:
    """``sum of factor x meeting <= limit``."""

    limit: int
    terms: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Matching:
    """``bound`` on the sum of weights; ``chosen``: how much of each meeting the optimum takes."""

    bound: int
    chosen: dict[str, float]


def matching_bound(possibilities: Possibilities) -> Matching:
    """Upper bound of ``wishes`` that holds for every schedule of the problem."""
    kept = possibilities.published.kept
    weights = {m.id: m.weight for m in possibilities.meetings if m.id not in kept}
    fixed = sum(possibilities.problem.meeting_by_id[name].weight for name in kept)
    candidates = [
        meeting
        for meeting in possibilities.meetings
        if meeting.id in weights and possibilities.starts[meeting.id]
    ]
    rows = [
        *_people_rows(possibilities, candidates),
        *_place_rows(possibilities, candidates),
        *_interpreter_rows(possibilities, candidates),
    ]
    rows = [row for row in rows if sum(row.terms.values()) > row.limit]
    prices, chosen = _solve(candidates, rows)
    return Matching(fixed + _dual_bound(candidates, rows, prices), chosen)


def reach(possibilities: Possibilities) -> dict[str, int]:
    """How many meetings each participant can have at most, looking at nobody else."""
    kept = possibilities.published.kept
    own = dict.fromkeys(possibilities.participants, 0)
    for meeting in possibilities.meetings:
        if meeting.id not in kept and possibilities.starts[meeting.id]:
            for person in meeting.people():
                own[person] += 1
    begun = dict.fromkeys(possibilities.participants, 0)
    for entry in kept.values():
        for name in entry.participants:
            begun[name] += 1
    for name, known in possibilities.participants.items():
        own[name] = min(own[name], _slots_of(possibilities, name) * known.seats)
        if known.max_meetings is not None:
            own[name] = min(own[name], max(0, known.max_meetings - begun[name]))
    return {name: own[name] + begun[name] for name in own}


def missing_for_sure(possibilities: Possibilities) -> int:
    """Lower bound of ``minimum``."""
    most = reach(possibilities)
    people = possibilities.participants
    return sum(max(0, person.min_meetings - most[name]) for name, person in people.items())


def worse_off_for_sure(possibilities: Possibilities, level: int) -> int:
    """Lower bound of one level of ``worst_off``: those who cannot have more meetings."""
    most = reach(possibilities)
    return sum(1 for name, wanted in possibilities.degree.items() if wanted > level >= most[name])


def _people_rows(possibilities: Possibilities, meetings: list[Meeting]) -> list[Row]:
    """Of sides with one person only: whom a larger side sends is not known."""
    time: dict[str, Row] = {}
    number: dict[str, Row] = {}
    for meeting in meetings:
        for side in meeting.sides:
            if len(side) != 1:
                continue
            person = possibilities.participants[side[0]]
            if person.id not in time:
                time[person.id] = Row(_slots_of(possibilities, person.id) * person.seats)
                most = person.max_meetings
                number[person.id] = Row(len(meetings) if most is None else max(0, most))
            time[person.id].terms[meeting.id] += meeting.length
            number[person.id].terms[meeting.id] += 1
    return [*time.values(), *number.values()]


def _slots_of(possibilities: Possibilities, person: str) -> int:
    """Slots in which something may still be placed for the participant."""
    return len(possibilities.future - possibilities.absent[person])


def _place_rows(possibilities: Possibilities, meetings: list[Meeting]) -> list[Row]:
    """What sets of pools hold together, for the meetings that are confined to them."""
    future = possibilities.future
    capacity = {p.name: sum(p.capacity[s] for s in future) for p in possibilities.pools.all}
    return _confined_rows(possibilities, meetings, capacity, lambda cast: _names(cast.pools))


def _interpreter_rows(possibilities: Possibilities, meetings: list[Meeting]) -> list[Row]:
    """What sets of interpreters serve together, for the meetings that need one of them."""
    future = possibilities.future
    absent = possibilities.interpreter_absent
    capacity = {each.id: len(future - absent[each.id]) for each in possibilities.interpreters}
    return _confined_rows(
        possibilities, meetings, capacity, lambda cast: frozenset(i.id for i in cast.interpreters)
    )


def _names(pools: tuple[Pool, ...]) -> frozenset[str]:
    return frozenset(pool.name for pool in pools)


def _confined_rows(
    possibilities: Possibilities,
    meetings: list[Meeting],
    capacity: dict[str, int],
    wanted: Callable[[Cast], frozenset[str]],
) -> list[Row]:
    confined: dict[frozenset[str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        options = [wanted(cast) for cast in possibilities.casts[meeting.id]]
        if options and all(options):
            confined[frozenset().union(*options)].append(meeting)
    rows = []
    for names in _unions(list(confined)):
        row = Row(sum(capacity[name] for name in names))
        for others, inside in confined.items():
            for meeting in inside if others <= names else ():
                row.terms[meeting.id] = meeting.length
        rows.append(row)
    return rows


def _unions(sets: list[frozenset[str]]) -> list[frozenset[str]]:
    """The sets themselves, and unions of them as long as there are few."""
    found = dict.fromkeys(sets)
    for each in sets:
        if len(found) > MOST_UNIONS:
            break
        found.update(dict.fromkeys(each | other for other in list(found)))
    return list(found)


def _solve(meetings: list[Meeting], rows: list[Row]) -> tuple[list[float], dict[str, float]]:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    variables = {meeting.id: solver.NumVar(0, 1, "") for meeting in meetings}
    constraints = []
    for row in rows:
        constraint = solver.Constraint(-solver.infinity(), row.limit)
        for name, factor in row.terms.items():
            constraint.SetCoefficient(variables[name], factor)
        constraints.append(constraint)
    objective = solver.Objective()
    for meeting in meetings:
        objective.SetCoefficient(variables[meeting.id], meeting.weight)
    objective.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0.0] * len(rows), {}
    prices = [constraint.dual_value() for constraint in constraints]
    return prices, {name: variable.solution_value() for name, variable in variables.items()}


def _dual_bound(meetings: list[Meeting], rows: list[Row], prices: list[float]) -> int:
    """Any prices >= 0 give a true bound: what the rows cost plus what meetings earn above."""
    scaled = [max(0, round(price * SCALE)) for price in prices]
    cost = dict.fromkeys((meeting.id for meeting in meetings), 0)
    total = 0
    for row, price in zip(rows, scaled, strict=True):
        total += row.limit * price
        for name, factor in row.terms.items():
            cost[name] += factor * price
    total += sum(max(0, meeting.weight * SCALE - cost[meeting.id]) for meeting in meetings)
    return total // SCALE
