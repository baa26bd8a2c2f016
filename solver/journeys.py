"""Where people are: travel between zones as a rule, moves between places as a goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from solver.moves import moves_of
from solver.places import Pool
from solver.variables import Decisions, Literal, Truth, Variables


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody is in this pool in these slots, under these conditions (none: fixed)."""

    person: str
    pool: Pool
    span: tuple[int, ...]
    conditions: tuple[Literal, ...]
    on_site: bool = True


def _one_seated(v: Variables, person: str) -> bool:
    return v.possibilities.participants[person].seats == 1


def visits(v: Variables) -> Iterator[Visit]:
    """Visits of participants with one seat who are there in person."""
    for decisions in v.meetings.values():
        v.look_up()
        yield from _visits_of_people(v, decisions)
    for placed in v.fixed.placed.values():
        if placed.place is not None:
            pool = v.possibilities.pools.pool_at(placed.place)
            span = v.fixed.span[placed.meeting]
            known = v.possibilities.participants
            on_site = not any(known[person].remote for person in placed.participants)
            for person in placed.participants:
                if _travels(v, person):
                    yield Visit(person, pool, span, (), on_site)


def _travels(v: Variables, person: str) -> bool:
    known = v.possibilities.participants[person]
    return known.seats == 1 and not known.remote


def _visits_of_people(v: Variables, decisions: Decisions) -> Iterator[Visit]:
    choices: dict[tuple[int, int], list[tuple[str, Literal]]] = defaultdict(list)
    for side, person, start, literal in decisions.attends:
        choices[side, start].append((person, literal))
    sides = range(len(decisions.meeting.sides))
    for pool, start, there in decisions.pools:
        span = v.span(decisions.meeting, start)
        for side in sides:
            people = choices[side, start]
            for person, literal in people:
                if _travels(v, person):
                    conditions = (there,) if len(people) == 1 else (there, literal)
                    yield Visit(person, pool, span, conditions, pool.kind == "on site")


def _interpreter_visits(v: Variables) -> Iterator[Visit]:
    for decisions in v.meetings.values():
        v.look_up()
        for each, start, serves in decisions.interpreters:
            span = v.span(decisions.meeting, start)
            here = [(pool, there) for pool, begin, there in decisions.pools if begin == start]
            for pool, there in here:
                conditions = (
                    (serves,) if len(here) == 1 and _always_placed(decisions) else (serves, there)
                )
                yield Visit("interpreter " + each.id, pool, span, conditions)
    for placed in v.fixed.placed.values():
        if placed.place is not None and placed.interpreter is not None:
            pool = v.possibilities.pools.pool_at(placed.place)
            span = v.fixed.span[placed.meeting]
            yield Visit("interpreter " + placed.interpreter, pool, span, ())


def _always_placed(decisions: Decisions) -> bool:
    return all(cast.pools for cast, _ in decisions.casts)


def travel(v: Variables) -> None:
    roads: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for road in v.problem.travel:
        if road.slots:
            roads[road.origin].append((road.destination, road.slots))
            if road.origin != road.destination:
                roads[road.destination].append((road.origin, road.slots))
    if not roads:
        return
    present, beginning = _whereabouts(v, set(roads))
    for (person, zone, slot), begins in sorted(beginning.items(), key=lambda item: item[0]):
        session = v.possibilities.session_of[slot]
        index = session.index(slot)
        for there, slots in roads[zone]:
            for other in session[max(0, index - slots) : index]:
                _exclude(v, begins, present.get((person, there, other), []))


Whereabouts = dict[tuple[str, str, int], list[Truth]]


def _whereabouts(v: Variables, zones: set[str]) -> tuple[Whereabouts, Whereabouts]:
    """Who may be in which zone in which slot, and who may begin a meeting there then."""
    present: Whereabouts = {}
    beginning: Whereabouts = {}
    joint: dict[tuple[str, str, int], Literal] = {}
    for visit in (*visits(v), *_interpreter_visits(v)):
        zone = visit.pool.zone
        if zone not in zones or zone is None:
            continue
        for slot in visit.span:
            key = (visit.person, zone, slot)
            _note(v, visit.conditions, present.setdefault(key, []), joint, key)
        key = (visit.person, zone, visit.span[0])
        start_key = (visit.person, "from " + zone, visit.span[0])
        _note(v, visit.conditions, beginning.setdefault(key, []), joint, start_key)
    return present, beginning


def _note(
    v: Variables,
    conditions: tuple[Literal, ...],
    truths: list[Truth],
    joint: dict[tuple[str, str, int], Literal],
    key: tuple[str, str, int],
) -> None:
    """One literal where one is enough; visits under several conditions share an implied one."""
    if len(conditions) <= 1:
        truths.append(conditions[0] if conditions else 1)
        return
    if key not in joint:
        joint[key] = v.new()
        truths.append(joint[key])
    v.model.add_bool_or([*(~each for each in conditions), joint[key]])


def _exclude(v: Variables, some: list[Truth], others: list[Truth]) -> None:
    """None of these with one of those. Nobody is in two meetings at once, so it is one clique."""
    for these, those in ((some, others), (others, some)):
        if any(isinstance(each, int) for each in these):
            for each in those:
                if not isinstance(each, int):
                    v.model.add_bool_or([~each])
            return
    one = [each for each in some if not isinstance(each, int)]
    two = [each for each in others if not isinstance(each, int)]
    if v.possibilities.enforces("busy") and v.possibilities.enforces("interpreter"):
        if one and two:
            v.model.add_at_most_one([*one, *two])
        return
    for each, other in product(one, two):
        v.model.add_bool_or([~each, ~other])


def moves(v: Variables) -> tuple[list[Literal], int]:
    """Literals of which each true one is a move between pools, and how many moves are fixed.

    Exact where every pool is one place; else it misses the moves between places of a pool.
    """
    here: dict[str, dict[int, dict[Pool, list[Truth]]]] = {}
    for visit in (each for each in visits(v) if each.on_site and each.person in v.sending):
        by_slot = here.setdefault(visit.person, {})
        for slot in visit.span:
            pools = by_slot.setdefault(slot, {})
            pools.setdefault(visit.pool, []).append(_conjunction(v, visit.conditions))
    literals: list[Literal] = []
    settled = [person for person in v.possibilities.participants if person not in v.sending]
    fixed = sum(moves_of(v.fixed, person) for person in settled if _one_seated(v, person))
    for by_slot in here.values():
        for session in v.possibilities.sessions:
            found = _moves_in(v, [by_slot.get(slot, {}) for slot in session])
            literals += [each for each in found if not isinstance(each, int)]
            fixed += sum(each for each in found if isinstance(each, int))
    return literals, fixed


def _conjunction(v: Variables, conditions: tuple[Literal, ...]) -> Truth:
    if len(conditions) <= 1:
        return conditions[0] if conditions else 1
    both = v.new()
    v.model.add_bool_and(conditions).only_enforce_if(both)
    v.model.add_bool_or([*(~each for each in conditions), both])
    return both


def _any(v: Variables, truths: list[Truth]) -> Truth:
    if any(isinstance(each, int) and each for each in truths):
        return 1
    literals = [each for each in truths if not isinstance(each, int)]
    if len(literals) <= 1:
        return literals[0] if literals else 0
    return v.disjunction(literals)


def _moves_in(v: Variables, slots: list[dict[Pool, list[Truth]]]) -> list[Truth]:
    """Carry the last place along the session; arriving elsewhere is a move."""
    found: list[Truth] = []
    last: dict[Pool, Truth] = {}
    somewhere: Truth = 0
    for visited in slots:
        at = {pool: _any(v, truths) for pool, truths in visited.items()}
        onsite = _any(v, list(at.values()))
        arrivals = [
            _all(v, [(truth, True), (somewhere, True), (last.get(pool, 0), False)])
            for pool, truth in at.items()
        ]
        found.append(_any(v, arrivals))
        last = {
            pool: _carry(v, at.get(pool, 0), onsite, last.get(pool, 0))
            for pool in dict.fromkeys([*last, *at])
        }
        somewhere = _any(v, [somewhere, onsite])
    return found


def _carry(v: Variables, at: Truth, onsite: Truth, before: Truth) -> Truth:
    return _any(v, [at, _all(v, [(before, True), (onsite, False)])])


def _all(v: Variables, parts: list[tuple[Truth, bool]]) -> Truth:
    """A literal that is true exactly where every truth has the value wanted."""
    if any(isinstance(truth, int) and bool(truth) != wanted for truth, wanted in parts):
        return 0
    literals = [
        truth if wanted else ~truth for truth, wanted in parts if not isinstance(truth, int)
    ]
    if not literals:
        return 1
    every = v.new()
    v.model.add_bool_and(literals).only_enforce_if(every)
    v.model.add_bool_or([*(~each for each in literals), every])
    return every
