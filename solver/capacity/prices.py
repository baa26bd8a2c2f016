"""What is scarce: the dual prices of the linear bound, as the bottlenecks of an event.

The programme is the b-matching of ``solver.bounds`` with one row for each participant's time,
for plain tables and for interpreters. A row's dual price is what one more slot of it gives to the
linear optimum, for a little of it (sensitivity of linear programmes; Dantzig 1963, chapter 12).
Prices rank; they are no bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

from solver.capacity.findings import Bottleneck
from solver.capacity.tables import plain_tables
from solver.possibilities import Cast, Possibilities
from solver.problem import Meeting

MOST_PEOPLE = 10
SMALLEST = 1e-6

Resource = tuple[str, str]  # kind and id


@dataclass
class Row:
    limit: int
    terms: dict[str, int] = field(default_factory=dict)


def bottlenecks(possibilities: Possibilities) -> tuple[Bottleneck, ...]:
    """Everything with a price: sessions, tables and interpreters, and the ten dearest people."""
    meetings = [each for each in possibilities.meetings if possibilities.starts[each.id]]
    rows = {key: row for key, row in _rows(possibilities, meetings).items() if _is_tight(row)}
    prices = _solve(meetings, rows)
    people = [_participant(possibilities, name, price, rows) for (kind, name), price in
              prices.items() if kind == "participant"]  # fmt: skip
    people.sort(key=lambda each: (-each.price, each.id))
    others = [_shared(kind, name, price) for (kind, name), price in prices.items()
              if kind != "participant"]  # fmt: skip
    sessions = list(_sessions(possibilities, prices))
    shared = sorted([*sessions, *others], key=lambda each: (each.kind, -each.price, each.id))
    return (*people[:MOST_PEOPLE], *shared)


def _is_tight(row: Row) -> bool:
    return sum(row.terms.values()) > row.limit


def _rows(possibilities: Possibilities, meetings: list[Meeting]) -> dict[Resource, Row]:
    rows: dict[Resource, Row] = {}
    slots = range(len(possibilities.problem.slots))
    plain = {place.id for place in plain_tables(possibilities.problem)}
    pools = [p for p in possibilities.pools.all if any(place.id in plain for place in p.places)]
    rows["tables", ""] = Row(sum(pool.capacity[slot] for pool in pools for slot in slots))
    names = {pool.name for pool in pools}
    absent = possibilities.interpreter_absent
    able = {each.id: len(slots) - len(absent[each.id]) for each in possibilities.interpreters}
    for meeting in meetings:
        casts = possibilities.casts[meeting.id]
        for person in _sure_people(meeting):
            if ("participant", person) not in rows:
                rows["participant", person] = Row(_time_of(possibilities, person))
            rows["participant", person].terms[meeting.id] = meeting.length
        if all(_needs_table(cast, names) for cast in casts):
            rows["tables", ""].terms[meeting.id] = meeting.length
        helpers = {each.id for cast in casts for each in cast.interpreters}
        if helpers and all(cast.interpreters for cast in casts):
            key = "interpreters", ", ".join(sorted(helpers))
            rows.setdefault(key, Row(sum(able[name] for name in helpers)))
            rows[key].terms[meeting.id] = meeting.length
    return rows


def _sure_people(meeting: Meeting) -> Iterator[str]:
    for side in meeting.sides:
        if len(side) == 1:
            yield side[0]


def _time_of(possibilities: Possibilities, person: str) -> int:
    known = possibilities.participants[person]
    return (len(possibilities.problem.slots) - len(possibilities.absent[person])) * known.seats


def _needs_table(cast: Cast, names: set[str]) -> bool:
    return bool(cast.pools) and all(pool.name in names for pool in cast.pools)


def _solve(meetings: list[Meeting], rows: dict[Resource, Row]) -> dict[Resource, float]:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    taken = {meeting.id: solver.NumVar(0, 1, "") for meeting in meetings}
    constraints = {}
    for key, row in rows.items():
        constraints[key] = solver.Constraint(-solver.infinity(), row.limit)
        for name, factor in row.terms.items():
            constraints[key].SetCoefficient(taken[name], factor)
    objective = solver.Objective()
    for meeting in meetings:
        objective.SetCoefficient(taken[meeting.id], meeting.weight)
    objective.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return {}
    prices = {key: round(each.dual_value(), 3) for key, each in constraints.items()}
    return {key: price for key, price in prices.items() if price > SMALLEST}


def _participant(
    possibilities: Possibilities, name: str, price: float, rows: dict[Resource, Row]
) -> Bottleneck:
    known = possibilities.participants[name]
    row = rows["participant", name]
    text = (
        f"{known.name or name}: {len(row.terms)} wishes for a time of {row.limit} slots; "
        f"one slot more would give about {price:g}."
    )
    return Bottleneck(kind="participant", id=name, price=price, text=text)


def _shared(kind: str, name: str, price: float) -> Bottleneck:
    what = "One table more" if kind == "tables" else f"One more interpreter like {name}"
    text = f"{what} would give about {price:g} in each slot."
    return Bottleneck(kind=kind, id=name, price=price, text=text)


def _sessions(possibilities: Possibilities, prices: dict[Resource, float]) -> Iterator[Bottleneck]:
    """One more slot at a session's end: time for all who are there in its last slot."""
    absent = possibilities.absent
    tables = prices.get(("tables", ""), 0.0)
    gains: dict[str, float] = defaultdict(float)
    for session, slots in possibilities.problem.sessions.items():
        last = possibilities.problem.slot_position[slots[-1]]
        gains[session] += tables * _tables_in(possibilities, last)
        for (kind, name), price in prices.items():
            if kind == "participant" and last not in absent[name]:
                gains[session] += price * possibilities.participants[name].seats
    for session, price in gains.items():
        if price > SMALLEST:
            text = f"One slot more at the end of {session} would give about {price:g}."
            yield Bottleneck(kind="session", id=session, price=round(price, 3), text=text)


def _tables_in(possibilities: Possibilities, slot: int) -> int:
    here = possibilities.problem.slots[slot].id
    plain = plain_tables(possibilities.problem)
    return sum(place.capacity for place in plain if here not in place.closed)
