"""Meetings as arrays: when each may start, whom it may send and what it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from solver.kernel.arrays import NONE, Ints
from solver.kernel.packing import Lists, columns, table, words
from solver.kernel.venue import kept_span
from solver.places import Pool
from solver.possibilities import Cast, Possibilities


def meeting_table(
    possibilities: Possibilities,
    held: Collection[str],
    lists: Lists,
    casts_of: list[int],
    resources: Mapping[str, int],
) -> Ints:
    """Rows in the order of ids. ``held``: meetings that have to stay where they are."""
    first_group = len(resources) + len(possibilities.interpreters)
    meetings = possibilities.meetings
    published = possibilities.published
    stays = {*published.kept, *published.locked, *held}
    return columns(
        10,
        _lengths(possibilities),
        (each.weight for each in meetings),
        (int(each.must) for each in meetings),
        (int(each.id not in stays) for each in meetings),
        *_relations(possibilities, lists, first_group),
        casts_of,
        *_pairs(possibilities, resources),
    )


def starts(possibilities: Possibilities) -> Ints:
    """Of kept and locked meetings none: those are placed as they were, or not at all."""
    stays = {*possibilities.published.kept, *possibilities.published.locked}
    nowhere: tuple[int, ...] = ()
    sets = [
        nowhere if each.id in stays else possibilities.starts[each.id]
        for each in possibilities.meetings
    ]
    return words(sets, len(possibilities.problem.slots))


def _lengths(possibilities: Possibilities) -> list[int]:
    kept = possibilities.published.kept
    return [
        len(kept_span(possibilities, each.id, kept[each.id].slot))
        if each.id in kept
        else each.length
        for each in possibilities.meetings
    ]


def _pairs(
    possibilities: Possibilities, resources: Mapping[str, int]
) -> tuple[list[int], list[int]]:
    """The two people of each meeting that leaves no choice."""
    first, second = [], []
    for meeting in possibilities.meetings:
        people = [resources[side[0]] for side in meeting.sides if len(side) == 1]
        sole = len(people) == 2 == len(meeting.sides) and people[0] != people[1]
        first.append(people[0] if sole else NONE)
        second.append(people[1] if sole else NONE)
    return first, second


def _relations(
    possibilities: Possibilities, lists: Lists, first_group: int
) -> tuple[list[int], list[int], list[int]]:
    number = {each.id: row for row, each in enumerate(possibilities.meetings)}
    groups: dict[int, list[int]] = {}
    earlier: dict[int, list[int]] = {}
    later: dict[int, list[int]] = {}
    for meeting in possibilities.meetings:
        for name in sorted(meeting.after):
            earlier.setdefault(number[meeting.id], []).append(number[name])
            later.setdefault(number[name], []).append(number[meeting.id])
    for row, group in enumerate(possibilities.problem.exclusive):
        for name in sorted(set(group)):
            groups.setdefault(number[name], []).append(first_group + row)
    everything = range(len(number))
    by_groups, by_earlier, by_later = (
        [lists.take(found.get(row, ())) for row in everything] for found in (groups, earlier, later)
    )
    return by_groups, by_earlier, by_later


@dataclass
class Casting:
    """Casts with their sides and what they need; of what is alike one list is kept."""

    lists: Lists
    resources: Mapping[str, int]  # of participants
    pools: Mapping[Pool, int]
    helpers: Mapping[str, int]
    known: dict[tuple[object, ...], int] = field(default_factory=lambda: {(): 0})
    sides: dict[frozenset[str], int] = field(default_factory=dict)
    rows: list[tuple[int, int, int, int]] = field(default_factory=list)

    def take(self, cast: Cast) -> int:
        """The number of a new cast."""
        sides = [self._of_side(side) for side in cast.members]
        places, rooms = self._of_pools(cast.pools), self._of_pools(cast.rooms)
        helpers = self._list(cast.interpreters, [self.helpers[i.id] for i in cast.interpreters])
        self.rows.append((self.lists.take(sides), places, rooms, helpers))
        return len(self.rows) - 1

    def _of_side(self, side: frozenset[str]) -> int:
        if side not in self.sides:
            self.sides[side] = self.lists.take(sorted(map(self.resources.__getitem__, side)))
        return self.sides[side]

    def _of_pools(self, wanted: tuple[Any, ...]) -> int:
        return self._list(wanted, [self.pools[pool] for pool in wanted])

    def _list(self, wanted: tuple[Any, ...], numbers: list[int]) -> int:
        if wanted not in self.known:
            self.known[wanted] = self.lists.take(numbers)
        return self.known[wanted]


def cast_table(possibilities: Possibilities, casting: Casting) -> tuple[Ints, list[int]]:
    """All casts and each meeting's list of them."""
    casts_of = [
        casting.lists.take([casting.take(cast) for cast in possibilities.casts[meeting.id]])
        for meeting in possibilities.meetings
    ]
    return table(4, casting.rows), casts_of
