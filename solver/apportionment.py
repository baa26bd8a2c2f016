"""Which session each meeting goes to: the rules' sums over whole sessions, slots forgotten.

A session is a world of its own: who walks, who interprets and which tables are taken in one says
nothing about the next. What holds them together is small enough to be solved at once: each
meeting goes to one session, to a pool of places and an interpreter, and nobody takes more than
fits into theirs. Walking counts: whoever is in two zones within one session loses slots.

Every valid schedule is a solution of this model, so its bound is true of all schedules; CP-SAT
proves it in whole numbers. ``balanced`` adds wishes for an even load, which are no rules: then
the model is a plan that is easy to carry out, and its bound says nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from solver.cp_sat import cp_model
from solver.places import Pool
from solver.possibilities import Possibilities
from solver.problem import Interpreter, Meeting
from solver.relaxed_travel import most_in_two_zones
from solver.search import Found

ROOM = 1.05  # how much more than its share of meetings a balanced session takes
Load = list[tuple[int, cp_model.IntVar]]  # slots, and the literal under which they are taken


@dataclass(frozen=True, slots=True)
class Share:
    """One way to put a meeting into a session."""

    meeting: Meeting
    session: int
    pool: Pool | None
    interpreter: Interpreter | None
    taken: cp_model.IntVar


@dataclass(slots=True)
class Visitor:
    """A participant or interpreter in one session: the slots there and what may fill them."""

    slots: tuple[int, ...]
    most: int  # slots with meetings, times seats
    walks: bool = True
    load: Load = field(default_factory=list)
    by_zone: dict[str, Load] = field(default_factory=lambda: defaultdict(list))


class Apportionment:
    def __init__(self, possibilities: Possibilities, *, balanced: bool) -> None:
        self.possibilities = possibilities
        self.model = cp_model.CpModel()
        future = possibilities.future
        self.sessions = [
            tuple(slot for slot in session if slot in future) for session in possibilities.sessions
        ]
        self.visitors: dict[tuple[str, int], Visitor] = {}
        self.roads = {
            pair: road.slots
            for road in possibilities.problem.travel
            for pair in ((road.origin, road.destination), (road.destination, road.origin))
        }
        self.shares = list(self._all_shares())
        self._take_once()
        self._fill_places()
        self._fill_people()
        if balanced:
            self._balance()
        kept = possibilities.published.kept
        begun = sum(possibilities.problem.meeting_by_id[name].weight for name in kept)
        self.weight = begun + cp_model.LinearExpr.weighted_sum(
            [share.taken for share in self.shares], [share.meeting.weight for share in self.shares]
        )
        self.model.maximize(self.weight)

    def plan(self, found: Found) -> dict[str, int]:
        """The session of each meeting that the solution takes."""
        true = found.solver.boolean_value
        return {each.meeting.id: each.session for each in self.shares if true(each.taken)}

    def suggest(self, plan: dict[str, int]) -> None:
        """Hint at a plan made by another model."""
        for share in self.shares:
            self.model.add_hint(share.taken, plan.get(share.meeting.id) == share.session)

    def _all_shares(self) -> Iterator[Share]:
        for meeting, session, pool, interpreter in ways(self.possibilities):
            yield Share(meeting, session, pool, interpreter, self.model.new_bool_var(""))

    def _take_once(self) -> None:
        by_meeting: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for share in self.shares:
            by_meeting[share.meeting.id].append(share.taken)
        for name, literals in by_meeting.items():
            if self.possibilities.problem.meeting_by_id[name].must:
                self.model.add_exactly_one(literals)
            else:
                self.model.add_at_most_one(literals)
        for group in self.possibilities.problem.exclusive:
            self.model.add_at_most_one(
                literal for name in sorted(set(group)) for literal in by_meeting.get(name, ())
            )

    def _fill_places(self) -> None:
        users: dict[tuple[Pool, int], Load] = defaultdict(list)
        for share in self.shares:
            if share.pool is not None:
                users[share.pool, share.session].append((share.meeting.length, share.taken))
        for (pool, session), load in users.items():
            self._limit(load, sum(pool.capacity[slot] for slot in self.sessions[session]))

    def _limit(self, load: Load, most: int) -> None:
        if sum(length for length, _ in load) > most:
            self.model.add(total(load) <= most)

    # -- people and interpreters -------------------------------------------------------

    def _fill_people(self) -> None:
        for share in self.shares:
            for visitor in self._visitors_of(share):
                entry = share.meeting.length, share.taken
                visitor.load.append(entry)
                zone = share.pool.zone if share.pool is not None else None
                if zone is not None and visitor.walks:
                    visitor.by_zone[zone].append(entry)
        for visitor in self.visitors.values():
            self._limit(visitor.load, visitor.most)
            self._walk(visitor)
        self._count_meetings()

    def _visitors_of(self, share: Share) -> Iterator[Visitor]:
        """Of sides with one person only: whom a larger side sends is not known."""
        for side in share.meeting.sides:
            if len(side) == 1:
                yield self._participant(side[0], share.session)
        if share.interpreter is not None:
            yield self._interpreter(share.interpreter, share.session)

    def _participant(self, name: str, session: int) -> Visitor:
        if (name, session) not in self.visitors:
            known = self.possibilities.participants[name]
            slots = self.sessions[session]
            here = tuple(slot for slot in slots if slot not in self.possibilities.absent[name])
            most = len(here) * known.seats
            if known.seats == 1 and known.max_in_a_row is not None:
                most = min(most, len(slots) - len(slots) // (known.max_in_a_row + 1))
            walks = known.seats == 1 and not known.remote
            self.visitors[name, session] = Visitor(here, most, walks)
        return self.visitors[name, session]

    def _interpreter(self, interpreter: Interpreter, session: int) -> Visitor:
        key = "interpreter " + interpreter.id, session
        if key not in self.visitors:
            absent = self.possibilities.interpreter_absent[interpreter.id]
            here = tuple(slot for slot in self.sessions[session] if slot not in absent)
            self.visitors[key] = Visitor(here, len(here))
        return self.visitors[key]

    def _walk(self, visitor: Visitor) -> None:
        """Whoever is in both of two zones has slots for fewer meetings in them."""
        inside: dict[str, cp_model.IntVar] = {}
        for one, other in combinations(sorted(visitor.by_zone), 2):
            walk = self.roads.get((one, other), 0)
            both = [*visitor.by_zone[one], *visitor.by_zone[other]]
            fewer = most_in_two_zones(tuple(sorted(self._positions(visitor))), walk)
            if not walk or sum(length for length, _ in both) <= fewer:
                continue
            for zone in (one, other):
                if zone not in inside:
                    inside[zone] = self.model.new_bool_var("")
                    load = visitor.by_zone[zone]
                    self.model.add(total([*load, (-len(visitor.slots), inside[zone])]) <= 0)
            loss = len(visitor.slots) - fewer
            most = len(visitor.slots) + loss
            walking = [(loss, inside[one]), (loss, inside[other])]
            self.model.add(total([*both, *walking]) <= most)

    def _positions(self, visitor: Visitor) -> list[int]:
        if not visitor.slots:
            return []
        session = self.possibilities.session_of[visitor.slots[0]]
        return [session.index(slot) for slot in visitor.slots]

    def _count_meetings(self) -> None:
        for name, known in self.possibilities.participants.items():
            if known.max_meetings is not None:
                sessions = range(len(self.sessions))
                visits = (self.visitors.get((name, session)) for session in sessions)
                mine = [entry for visitor in visits if visitor for entry in visitor.load]
                self._limit([(1, taken) for _, taken in mine], known.max_meetings)

    # -- an even load -------------------------------------------------------------------

    def _balance(self) -> None:
        meetings = len({share.meeting.id for share in self.shares})
        slots = sum(map(len, self.sessions))
        for session, mine in enumerate(self.sessions):
            here = [(1, share.taken) for share in self.shares if share.session == session]
            self._limit(here, math.ceil(ROOM * meetings * len(mine) / max(1, slots)))
        attended: dict[str, int] = defaultdict(int)
        for (name, _), visitor in self.visitors.items():
            attended[name] += len(visitor.slots)
        for (name, _), visitor in self.visitors.items():
            wanted = self.possibilities.degree.get(name)
            if wanted is not None:
                share_of_time = len(visitor.slots) / max(1, attended[name])
                self._limit(visitor.load, math.ceil(wanted * share_of_time) + 1)


def ways(
    possibilities: Possibilities,
) -> Iterator[tuple[Meeting, int, Pool | None, Interpreter | None]]:
    """Session, pool and interpreter that a meeting may have, whatever people are sent."""
    kept = possibilities.published.kept
    for meeting in possibilities.meetings:
        if meeting.id in kept:
            continue
        needs = dict.fromkeys(
            (pool, interpreter)
            for cast in possibilities.casts[meeting.id]
            for pool in cast.pools or (None,)
            for interpreter in cast.interpreters or (None,)
        )
        for session, slots in enumerate(possibilities.sessions):
            starts = set(possibilities.starts[meeting.id]).intersection(slots)
            for pool, interpreter in needs:
                if any(_usable(possibilities, start, pool, interpreter) for start in starts):
                    yield meeting, session, pool, interpreter


def _usable(
    possibilities: Possibilities, slot: int, pool: Pool | None, interpreter: Interpreter | None
) -> bool:
    is_open = pool is None or pool.capacity[slot] > 0
    absent = interpreter and slot in possibilities.interpreter_absent[interpreter.id]
    return is_open and not absent


def total(load: Load) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum(
        [literal for _, literal in load], [length for length, _ in load]
    )
