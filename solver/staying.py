"""The fewest moves that other tables could give, once slots and halls stand.

For each pair of slots alone: whoever goes from a meeting in the one to the next in the other can
stay at the table only if that meeting takes it over, and a table is taken over by one meeting (by
as many as it holds). The most who stay are a matching of greatest weight, found as a flow of
least cost (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter 12). No tables do better for
any pair, so that the sum over all pairs is a bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from solver.moving import Group, Tables
from solver.possibilities import Possibilities
from solver.schedule import PlacedMeeting

Step = tuple[str, str]  # a meeting and somebody's next


def fewest_moves(possibilities: Possibilities, placed: Iterable[PlacedMeeting]) -> int:
    """A lower bound of ``moves`` for all tables that these slots and halls allow.

    Meetings that cannot change tables (long or published ones) stay where they are.
    """
    tables = Tables(possibilities, {row.meeting: row for row in placed})
    staying = Staying(tables)
    steps = list(tables.steps())
    return len(steps) - sum(map(staying.most, staying.by_slots(steps)))


class Staying:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.capacity = {
            place.id: place.capacity for place in tables.possibilities.problem.places or ()
        }
        self.of_groups: dict[Group, frozenset[str]] = {}
        self.known: dict[str, frozenset[str]] = {}

    def by_slots(self, steps: Iterable[Step]) -> Iterable[Counter[Step]]:
        """For each pair of slots, how many people could stay from which meeting to which."""
        found: dict[tuple[int, int], Counter[Step]] = defaultdict(Counter)
        start = self.tables.roster.start
        for earlier, later in steps:
            if not self._places(earlier).isdisjoint(self._places(later)):
                found[start(earlier), start(later)][earlier, later] += 1
        return found.values()

    def _places(self, name: str) -> frozenset[str]:
        """Where the meeting could be."""
        if name not in self.known:
            group = self.tables.group(name)
            if group not in self.of_groups:
                places = (place.id for pool in group for place in pool.places)
                self.of_groups[group] = frozenset(places)
            here = frozenset([self.tables.placed[name].place or ""])
            self.known[name] = self.of_groups[group] or here
        return self.known[name]

    def _room(self, name: str) -> int:
        """So many meetings can take its table over, or hand theirs on to it."""
        return max(self.capacity[place] for place in self._places(name))

    def most(self, steps: Counter[Step]) -> int:
        """People who stay, at most, between two slots."""
        earlier = {name: number for number, name in enumerate(dict.fromkeys(a for a, _ in steps))}
        later = {
            name: len(earlier) + n for n, name in enumerate(dict.fromkeys(b for _, b in steps))
        }
        source = len(earlier) + len(later)
        flow = SimpleMinCostFlow()
        for one, two in steps:
            flow.add_arc_with_capacity_and_unit_cost(earlier[one], later[two], 1, -steps[one, two])
        for name, node in earlier.items():
            flow.add_arc_with_capacity_and_unit_cost(source, node, self._room(name), 0)
        for name, node in later.items():
            flow.add_arc_with_capacity_and_unit_cost(node, source + 1, self._room(name), 0)
        flow.add_arc_with_capacity_and_unit_cost(source, source + 1, len(steps), 0)
        flow.set_node_supply(source, len(steps))
        flow.set_node_supply(source + 1, -len(steps))
        return -flow.optimal_cost() if flow.solve() == flow.OPTIMAL else steps.total()
