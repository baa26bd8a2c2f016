"""Moves: who sits at which table, once slots and halls stand.

Tables of one slot are an assignment: a meeting is best where its people come from or go to next.
Given the slots before and after, the best assignment of one slot is found exactly, as a flow of
least cost (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter 12). Slots are done forward
and backward until nothing gets better. Only tables of the hall that a meeting is in already are
taken, so that no way gets longer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from solver.places import Pool
from solver.possibilities import Possibilities
from solver.roster import Roster
from solver.schedule import PlacedMeeting

Placed = dict[str, PlacedMeeting]
Group = tuple[Pool, ...]


def with_fewer_moves(
    possibilities: Possibilities, placed: Placed, stop: Callable[[], bool]
) -> Placed:
    """The same schedule with other tables and no more moves; ``stop`` is asked slot by slot."""
    tables = Tables(possibilities, placed)
    slots = sorted(tables.meetings_in)
    order = [*slots, *reversed(slots)]
    better = True
    while better and not stop():
        better = False
        for slot in order:
            if stop():
                break
            better = tables.improve(slot) or better
    return tables.placed


class Tables:
    """Who is where, and the meetings that may change tables, slot by slot."""

    def __init__(self, possibilities: Possibilities, placed: Placed) -> None:
        self.possibilities = possibilities
        self.placed = dict(placed)
        self.roster = Roster(possibilities).load(row for _, row in sorted(placed.items()))
        self.next_to: dict[str, list[str]] = defaultdict(list)
        for earlier, later in self.steps():
            self.next_to[earlier].append(later)
            self.next_to[later].append(earlier)
        self.meetings_in: dict[int, dict[Group, list[str]]] = {}
        for name in sorted(self.placed):
            group = self.group(name)
            if group:
                slot = self.roster.start(name)
                self.meetings_in.setdefault(slot, {}).setdefault(group, []).append(name)

    def steps(self) -> Iterator[tuple[str, str]]:
        """For each participant one on-site meeting and the next in the same session."""
        known = self.possibilities.participants
        for name, person in known.items():
            if person.seats > 1 or name not in self.roster.held:
                continue
            held = self.roster.held[name]
            for session in self.possibilities.sessions:
                mine = dict.fromkeys(each for slot in session for each in held.get(slot, ()))
                yield from pairwise(each for each in mine if self._is_on_site(each))

    def _is_on_site(self, name: str) -> bool:
        known, row = self.possibilities.participants, self.placed[name]
        return row.place is not None and not any(known[p].remote for p in row.participants)

    def group(self, name: str) -> Group:
        """The pools of its hall that the meeting may be in; () where it keeps its table."""
        published = self.possibilities.published
        meeting = self.possibilities.problem.meeting_by_id[name]
        stays = name in published.loose or not self.roster.movable(name)
        if stays or meeting.length > 1 or not self._is_on_site(name):
            return ()
        row = self.placed[name]
        here = self.possibilities.pools.pool_of[row.place or ""]
        for cast in self.possibilities.casts[name]:
            sent = zip(row.participants, cast.members, strict=True)
            if here in cast.pools and all(person in members for person, members in sent):
                pools = tuple(pool for pool in cast.pools if pool.zone == here.zone)
                return pools if sum(len(pool.places) for pool in pools) > 1 else ()
        return ()

    def improve(self, slot: int) -> bool:
        """The best tables of one slot, given where people come from and go to."""
        groups = sorted(self.meetings_in[slot].items(), key=lambda group: group[1])
        found = [self._assign(slot, pools, names) for pools, names in groups]
        return any(found)

    def _assign(self, slot: int, pools: Group, names: list[str]) -> bool:
        wanted = {name: self._wanted(name) for name in names}
        before = sum(wanted[name][self.placed[name].place or ""] for name in names)
        room = self._room(slot, pools, names)
        taken = self._matched(wanted, room)
        after = sum(wanted[name][table] for name, table in taken.items())
        if after <= before:
            return False
        self._settle(names, taken, room)
        return True

    def _wanted(self, name: str) -> Counter[str]:
        """How many people come from each table, or go there."""
        return Counter(self.placed[other].place or "" for other in self.next_to[name])

    def _room(self, slot: int, pools: Group, names: list[str]) -> Counter[str]:
        """Seats for meetings at each table that are not taken by others, in the order of ids."""
        mine = Counter(self.placed[name].place for name in names)
        slots, is_open = self.possibilities.problem.slots, self.possibilities.pools.is_open
        free: Counter[str] = Counter()
        for place in sorted((p for pool in pools for p in pool.places), key=lambda each: each.id):
            if is_open(place, slots[slot].id):
                used = self.roster.used.get((place.id, slot), 0) - mine[place.id]
                free[place.id] = place.capacity - used
        return free

    @staticmethod
    def _matched(wanted: dict[str, Counter[str]], room: Counter[str]) -> dict[str, str]:
        """Meetings and tables, so that the most people stay where they are."""
        names = list(wanted)
        pairs = [
            (number, table, people)
            for number, name in enumerate(names)
            for table, people in sorted(wanted[name].items())
            if room[table] > 0
        ]
        tables = list(dict.fromkeys(table for _, table, _ in pairs))
        node = {table: len(names) + number for number, table in enumerate(tables)}
        sink = len(names) + len(tables)
        flow = SimpleMinCostFlow()
        arcs = [
            flow.add_arc_with_capacity_and_unit_cost(number, node[table], 1, -people)
            for number, table, people in pairs
        ]
        for table in tables:
            flow.add_arc_with_capacity_and_unit_cost(node[table], sink, room[table], 0)
        for number in range(len(names)):
            flow.add_arc_with_capacity_and_unit_cost(number, sink, 1, 0)
            flow.set_node_supply(number, 1)
        flow.set_node_supply(sink, -len(names))
        if flow.solve() != flow.OPTIMAL:
            return {}
        used = [pair for pair, arc in zip(pairs, arcs, strict=True) if flow.flow(arc)]
        return {names[number]: table for number, table, _ in used}

    def _settle(self, names: list[str], taken: dict[str, str], room: Counter[str]) -> None:
        """Everybody else keeps the table, or takes one that is left."""
        left = room - Counter(taken.values())
        places = dict(taken)
        rest = [name for name in names if name not in places]
        for name in rest:
            table = self.placed[name].place or ""
            if left[table] > 0:
                left[table] -= 1
                places[name] = table
        spare = left.elements()
        for name in rest:
            if name not in places:
                places[name] = next(spare)
        rows = [self.roster.remove(name) for name in names]
        for row in rows:
            moved = replace(row, place=places[row.meeting])
            self.roster.add(moved)
            self.placed[row.meeting] = moved
