"""An order of everything in a problem that its ids have no say in, only what is asked of whom.

Rows are nodes, references are edges, and colours are refined until nodes of one colour look
alike from everywhere (colour refinement; Weisfeiler and Leman, 1968). Where several look alike,
one of them is told apart and what follows from that is worked out, again and again (McKay,
*Practical Graph Isomorphism*, Congressus Numerantium 30, 1981). If they only differ in what they
are called, any of them may be the one. Those that look alike and are not (rings of wishes that
differ only in their length, say) are taken in the order of their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from heapq import heapify, heappop, heappush

from solver.problem import Limit, Meeting, Problem, PublishedMeeting

Node = tuple[str, str]  # kind and id


class Structure:
    """``order(kind)``: the ids of one kind, in an order that other ids would not change."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.colours: dict[Node, str] = {}
        self.edges: dict[Node, list[tuple[str, Node]]] = defaultdict(list)
        self.alike: dict[str, set[Node]] = defaultdict(set)
        self._add_places()
        self._add_people()
        for meeting in problem.meetings:
            self._add_meeting(meeting)
        for number, limit in enumerate(problem.limits):
            self._add_limit(("limit", str(number)), limit)
        self._add_lists()
        for row in problem.published:
            self._add_published(row)
        self._tell_apart()

    def order(self, kind: str) -> list[str]:
        known = [node for node in self.colours if node[0] == kind]
        return [name for _, name in sorted(known, key=lambda node: (self.colours[node], node))]

    # -- what there is ---------------------------------------------------------------------

    def _add(self, node: Node, *told: object) -> Node:
        """A node and what is told of it without naming others."""
        self.colours[node] = _digest(node[0], *told)
        return node

    def _tie(self, role: str, one: Node, other: Node) -> None:
        self.edges[one].append((role, other))
        self.edges[other].append(("of " + role, one))

    def _times(self, slots: Iterable[str] | None) -> list[int] | None:
        """Slots never overlap, so that their order in time names them."""
        position = self.problem.slot_position
        return None if slots is None else sorted(position[each] for each in slots)

    def _add_places(self) -> None:
        for row in self.problem.travel:
            for zone in (row.origin, row.destination):
                self._add(("zone", zone))
        for place in self.problem.places or ():
            node = ("place", place.id)
            self._add(node, place.kind, place.capacity, self._times(place.closed))
            if place.zone is not None:
                self._tie("zone", node, self._add(("zone", place.zone)))
        for number, row in enumerate(self.problem.travel):
            way = self._add(("travel", str(number)), row.slots)
            for zone in (row.origin, row.destination):
                self._tie("way", way, ("zone", zone))

    def _add_people(self) -> None:
        for person in self.problem.participants:
            most = person.max_meetings, person.min_meetings, person.max_in_a_row
            times, tongues = self._times(person.absent), sorted(person.languages)
            node = ("person", person.id)
            self._add(node, times, person.seats, *most, tongues, person.remote)
            if person.place is not None:
                self._tie("own", node, ("place", person.place))
        for helper in self.problem.interpreters:
            node = ("interpreter", helper.id)
            self._add(node, sorted(helper.languages), self._times(helper.absent))

    def _add_meeting(self, meeting: Meeting) -> None:
        fixed = self.problem.slot_position.get(meeting.fixed_slot or "")
        when = self._times(meeting.slots), fixed, meeting.length
        node = self._add(("meeting", meeting.id), meeting.weight, meeting.must, *when)
        for number, side in enumerate(meeting.sides):
            for person in side:
                self._tie(f"side {number}", node, ("person", person))
        if meeting.place is not None:
            self._tie("at", node, ("place", meeting.place))
        for earlier in meeting.after:
            self._tie("after", node, ("meeting", earlier))

    def _add_limit(self, node: Node, limit: Limit) -> None:
        most = limit.max_meetings, limit.free_slots, limit.together
        self._add(node, self._times(limit.slots), *most)
        for person in limit.participants:
            self._tie("limit", node, ("person", person))

    def _add_lists(self) -> None:
        for number, names in enumerate(self.problem.exclusive):
            node = self._add(("exclusive", str(number)))
            for name in names:
                self._tie("one of", node, ("meeting", name))

    def _add_published(self, row: PublishedMeeting) -> None:
        """What it names may be gone; then only that is told."""
        named = [("of", "meeting", row.meeting), ("room", "place", row.room)]
        named += [("place", "place", row.place), ("with", "interpreter", row.interpreter)]
        named += [(f"sent {n}", "person", each) for n, each in enumerate(row.participants)]
        ties = [(role, (kind, name)) for role, kind, name in named if name is not None]
        gone = sorted(role for role, other in ties if other not in self.colours)
        when = self.problem.slot_position.get(row.slot)
        node = self._add(("published", row.meeting), when, row.locked, gone)
        for role, other in ties:
            if other in self.colours:
                self._tie(role, node, other)

    # -- what looks alike ------------------------------------------------------------------

    def _tell_apart(self) -> None:
        for node, colour in self.colours.items():
            self.alike[colour].add(node)
        self._refine(set(self.colours))
        waiting = list(self.alike)
        heapify(waiting)
        told = 0
        while waiting:
            colour = heappop(waiting)
            alike = self.alike[colour]
            chosen = min(alike, default=None)
            if chosen is not None and len(alike) > 1 and self.edges[chosen]:
                told += 1
                news = self._recolour([chosen], _digest("told apart", told))
                for each in (colour, *news, *self._refine({chosen})):
                    heappush(waiting, each)

    def _refine(self, changed: set[Node]) -> set[str]:
        """Tell apart whom the changed nodes tell apart, and so on; the colours that came of it."""
        found: set[str] = set()
        while changed:
            near = {node for each in changed for _, node in self.edges[each]}
            looks: dict[tuple[str, str], list[Node]] = defaultdict(list)
            for node in near:
                if len(self.alike[self.colours[node]]) > 1:
                    looks[self.colours[node], self._look(node)].append(node)
            sizes = {colour: len(self.alike[colour]) for colour, _ in looks}
            split = {key: each for key, each in looks.items() if len(each) < sizes[key[0]]}
            for (colour, look), nodes in split.items():
                found |= self._recolour(nodes, _digest(colour, look))
            changed = {node for nodes in split.values() for node in nodes}
        return found

    def _look(self, node: Node) -> str:
        """What the node sees around it."""
        return _digest(sorted((role, self.colours[other]) for role, other in self.edges[node]))

    def _recolour(self, nodes: list[Node], colour: str) -> set[str]:
        for node in nodes:
            self.alike[self.colours[node]].discard(node)
            self.colours[node] = colour
        self.alike[colour].update(nodes)
        return {colour}


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()
