"""Rows that follow from the rules and that CP-SAT does not see by itself (engine notes)."""

from __future__ import annotations

from solver.networks import sort_literals
from solver.variables import Variables

LONGEST_NETWORK = 200  # people counted with clauses; beyond, with a sum


def add_implied(v: Variables) -> None:
    """The b-matching: what people and places can take over all slots."""
    _people_take(v)
    _places_take(v)


def _people_take(v: Variables) -> None:
    if not v.possibilities.enforces("busy") or not v.possibilities.enforces("absent"):
        return
    future = v.possibilities.future
    for person, literals in v.sending.items():
        known = v.possibilities.participants[person]
        slots = (future - v.possibilities.absent[person]) - set(v.fixed.held.get(person, ()))
        if known.seats == 1 and len(literals) > len(slots):
            v.model.add(sum(literals) <= len(slots))


def _places_take(v: Variables) -> None:
    if not v.possibilities.enforces("place_taken") or v.fixed.placed:
        return
    pools = [pool for pool in v.possibilities.pools.all if pool.kind == "on site"]
    room = sum(pool.capacity[slot] for pool in pools for slot in v.possibilities.future)
    placed = [
        decisions.placed
        for decisions in v.meetings.values()
        if decisions.casts and all(cast.pools and not cast.online for cast, _ in decisions.casts)
    ]
    if len(placed) > room:
        v.model.add(sum(placed) <= room)


def add_implied_days(v: Variables) -> None:
    """For breaks: slots used by a person are that person's meetings; people <= 2 x tables."""
    if v.days_implied:
        return
    v.days_implied = True
    if not all(v.possibilities.enforces(rule) for rule in ("busy", "place_taken")):
        return
    for person in v.sending:
        _slots_are_meetings(v, person)
    _two_per_table(v)


def _slots_are_meetings(v: Variables, person: str) -> None:
    if v.possibilities.participants[person].seats > 1:
        return
    fixed = v.fixed.held.get(person, {})
    slots = [slot for slot in range(len(v.problem.slots)) if slot not in fixed]
    held = [v.busy(person, slot) for slot in slots if (person, slot) in v.holding]
    v.model.add(sum(held) == sum(v.lengths[person]))


def _two_per_table(v: Variables) -> None:
    pairs = all(
        len(decisions.meeting.sides) == 2
        and all(cast.pools and not cast.online for cast, _ in decisions.casts)
        for decisions in v.meetings.values()
    )
    seats = all(person.seats == 1 for person in v.problem.participants)
    if not pairs or not seats or v.fixed.placed:
        return
    pools = [pool for pool in v.possibilities.pools.all if pool.kind == "on site"]
    for slot in range(len(v.problem.slots)):
        held = [v.busy(person, slot) for person in v.sending if (person, slot) in v.holding]
        most = 2 * sum(pool.capacity[slot] for pool in pools)
        literals = [each for each in held if not isinstance(each, int)]
        if len(literals) <= most:
            continue
        if len(literals) > LONGEST_NETWORK:
            v.model.add(sum(literals) <= most)
        else:
            for output in sort_literals(v, literals)[most:]:
                v.model.add_bool_or([~output])
