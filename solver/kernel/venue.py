"""Slots, pools of places and roads as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from solver.kernel.arrays import NONE, ROAD, Ints
from solver.kernel.packing import columns, table
from solver.possibilities import Possibilities


def slot_table(possibilities: Possibilities) -> Ints:
    count = len(possibilities.problem.slots)
    following, preceding = [NONE] * count, [NONE] * count
    session = [0] * count
    for number, slots in enumerate(possibilities.sessions):
        for slot in slots:
            session[slot] = number
        for earlier, later in pairwise(slots):
            following[earlier], preceding[later] = later, earlier
    return columns(5, following, preceding, session, *_scopes(possibilities))


def _scopes(possibilities: Possibilities) -> tuple[list[int], list[int]]:
    """The slots in the order in which breaks are counted, and the scope of each."""
    within = possibilities.problem.rules.breaks_within
    groups: dict[object, list[int]] = {}
    for position, slot in enumerate(possibilities.problem.slots):
        keys = {"session": slot.session, "day": slot.start.date(), "event": None}
        groups.setdefault(keys[within], []).append(position)
    rows = [(slot, number) for number, group in enumerate(groups.values()) for slot in group]
    return [slot for slot, _ in rows], [number for _, number in rows]


def zones(possibilities: Possibilities) -> dict[str, int]:
    """The zones that a road leads to, by name."""
    return {zone: number for number, zone in enumerate(sorted(possibilities.pools.roads))}


def pool_table(possibilities: Possibilities) -> Ints:
    number = zones(possibilities)
    pools = possibilities.pools.all
    rows = [(number.get(pool.zone or "", NONE), *pool.capacity) for pool in pools]
    return table(1 + len(possibilities.problem.slots), rows)


def road_table(possibilities: Possibilities) -> Ints:
    number = zones(possibilities)
    roads = [[0] * len(number) for _ in number]
    for way in possibilities.problem.travel:
        here, there = number[way.origin], number[way.destination]
        roads[here][there] = roads[there][here] = way.slots
    return table(1 + len(number), [(max(row), *row) for row in roads])


def shut_zones(
    possibilities: Possibilities, resources: dict[str, int]
) -> tuple[Ints, dict[int, int]]:
    """Zones that kept meetings, which never move, make too far for their people, by slot.

    Kept meetings are not judged, so that two of them may share a person and a slot; that is why
    their travel is worked out beforehand. ``resources``: numbers of all who walk. Returns the
    array and the first row of each resource that has one.
    """
    number = zones(possibilities)
    road = road_table(possibilities)[:, ROAD:]
    rows: dict[int, Ints] = {}
    for resource, zone, span in _kept_ways(possibilities, resources, number):
        empty = np.zeros((len(number), len(possibilities.problem.slots)), dtype=np.int64)
        shut = rows.setdefault(resource, empty)
        session = possibilities.session_of[span[0]]
        first, last = session.index(span[0]), session.index(span[-1])
        for index, slot in enumerate(session):
            between = max(first - index, index - last) - 1
            if between >= 0:
                shut[:, slot] |= between < road[:, zone]
    shape = (0, len(possibilities.problem.slots))
    stacked = np.concatenate(list(rows.values())) if rows else np.zeros(shape, dtype=np.int64)
    return stacked, {resource: row * len(number) for row, resource in enumerate(rows)}


def _kept_ways(
    possibilities: Possibilities, resources: dict[str, int], number: dict[str, int]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    problem = possibilities.problem
    for entry in possibilities.published.kept.values():
        place = problem.place_by_id.get(entry.place or "")
        zone = number.get((place.zone if place else None) or "", NONE)
        if zone == NONE:
            continue
        span = kept_span(possibilities, entry.meeting, entry.slot)
        helper = () if entry.interpreter is None else (f"interpreter {entry.interpreter}",)
        for name in (*entry.participants, *helper):
            if name in resources:
                yield resources[name], zone, span


def kept_span(possibilities: Possibilities, meeting: str, slot: str) -> tuple[int, ...]:
    """What a kept meeting occupies: fewer slots than its length where its session ends."""
    start = possibilities.problem.slot_position[slot]
    session = possibilities.session_of[start]
    first = session.index(start)
    return session[first : first + possibilities.problem.meeting_by_id[meeting].length]
