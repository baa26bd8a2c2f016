"""The rules that can be told as sums over classes of slots, one function for each.

Rules about order and breaks are left out, and most of what ways cost: a schedule that keeps them
keeps the rest too.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.relaxation import Index, Relaxation, Whole
from solver.relaxed_people import Attended, Names, limit_people
from solver.relaxed_sessions import limit_sessions
from solver.relaxed_travel import limit_travel
from solver.sending import Ways, count_ways
from solver.slot_classes import SlotClasses, Span

MOST_UNIONS = 200


def relax(
    possibilities: Possibilities,
    classes: SlotClasses,
    *,
    every_row: bool = False,
    apart: Collection[str] = (),
) -> Relaxation:
    """The linear programme of the problem's wishes over these classes of slots.

    ``every_row``: also those that no schedule could break. ``apart``: people whose sessions
    are told apart whatever the classes.
    """
    kept = possibilities.published.kept
    ways = _ways(possibilities, apart)
    spans, first, of_span = _variables(possibilities, classes, ways)
    capacities = _by_classes(possibilities, classes, ways)
    limit_exclusive(possibilities, ways.rows, capacities)
    send_once(ways.several, capacities)
    limit_travel(possibilities, ways, capacities)
    if len(classes.size) == 1:
        limit_sessions(possibilities, ways, capacities)
    return Relaxation(
        classes=classes,
        meetings=tuple(ways.rows),
        spans=spans,
        meeting=np.repeat(np.arange(len(ways.rows), dtype=np.int32), np.diff(first)),
        span=of_span,
        rows=capacities.rows(first, _takes(spans, of_span), every_row=every_row),
        fixed=sum(possibilities.problem.meeting_by_id[name].weight for name in kept),
    )


def limits_by_class(possibilities: Possibilities, classes: SlotClasses) -> Whole:
    """What people, sets of places and sets of interpreters can do in each class (groups x
    classes): the limits of the first rows of ``relax``, group by group.
    """
    return _by_classes(possibilities, classes, _ways(possibilities)).limits()


def _ways(possibilities: Possibilities, apart: Collection[str] = ()) -> Ways:
    kept = possibilities.published.kept
    open_ones = (each for each in possibilities.meetings if each.id not in kept)
    return Ways(possibilities, open_ones, apart)


def _by_classes(possibilities: Possibilities, classes: SlotClasses, ways: Ways) -> Capacities:
    capacities = Capacities(len(classes.size))
    limit_people(possibilities, classes, ways.rows, capacities)
    limit_places(possibilities, classes, ways, capacities)
    limit_interpreters(possibilities, classes, ways, capacities)
    return capacities


def count_variables(possibilities: Possibilities, classes: SlotClasses) -> int:
    """About how many variables ``relax`` would make: classes in which each meeting may start."""
    numbers: Counter[tuple[int, ...]] = Counter()
    for meeting in possibilities.meetings:
        numbers[possibilities.starts[meeting.id]] += count_ways(meeting)
    return sum(
        times * len({classes.of[start] for start in starts}) for starts, times in numbers.items()
    )


def _variables(
    possibilities: Possibilities, classes: SlotClasses, ways: Ways
) -> tuple[tuple[Span, ...], Whole, Index]:
    """The spans; where each way's variables begin (and the last end); the span of each."""
    numbers: dict[Span, int] = {}
    known: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    first, of_span = array("q", [0]), array("i")
    for meeting, starts in zip(ways.rows, ways.starts, strict=True):
        key = meeting.length, starts
        if key not in known:
            spans = {classes.span(possibilities.span(meeting, start)) for start in starts}
            known[key] = [numbers.setdefault(span, len(numbers)) for span in sorted(spans)]
        of_span.extend(known[key])
        first.append(len(of_span))
    return tuple(numbers), np.array(first, dtype=np.int64), np.array(of_span, dtype=np.int32)


def _takes(spans: tuple[Span, ...], of_span: Index) -> tuple[Index, Index, Index]:
    """Variable, class and number of slots of everything that variables take."""
    lengths = np.array([len(span) for span in spans], dtype=np.int64)
    begin = np.cumsum(lengths) - lengths
    of_class = np.array([each for span in spans for each, _ in span], dtype=np.int32)
    slots = np.array([number for span in spans for _, number in span], dtype=np.int32)
    variable = np.repeat(np.arange(len(of_span), dtype=np.int32), lengths[of_span])
    within = np.arange(len(variable)) - np.repeat(
        np.cumsum(lengths[of_span]) - lengths[of_span], lengths[of_span]
    )
    entry = begin[of_span[variable]] + within
    return variable, of_class[entry], slots[entry]


def limit_places(
    possibilities: Possibilities, classes: SlotClasses, ways: Ways, capacities: Capacities
) -> None:
    """``place_taken``: what sets of pools hold together, for the meetings confined to them."""
    held = {pool.name: _by_class(classes, pool.capacity) for pool in possibilities.pools.all}
    for field in ("pools", "rooms"):
        _confine(ways, held, field, capacities)


def limit_interpreters(
    possibilities: Possibilities, classes: SlotClasses, ways: Ways, capacities: Capacities
) -> None:
    """``interpreter``: what sets of them serve together, for the meetings that need one of them."""
    time = Attended(possibilities, classes)
    held = {each.id: time.left(each.absent) for each in possibilities.interpreters}
    _confine(ways, held, "interpreters", capacities)


def limit_exclusive(
    possibilities: Possibilities, meetings: list[Meeting], capacities: Capacities
) -> None:
    """``exclusive``: one of each list, none where one of it has begun."""
    kept = possibilities.published.kept
    if not possibilities.problem.exclusive:
        return
    positions: dict[str, list[int]] = defaultdict(list)
    for index, meeting in enumerate(meetings):
        positions[meeting.id].append(index)
    for names in possibilities.problem.exclusive:
        group = capacities.number(0 if any(name in kept for name in names) else 1)
        for name in names:
            capacities.in_all.add_meetings(positions.get(name, []), group)


def send_once(several: list[range], capacities: Capacities) -> None:
    """Of all ways to send people to a meeting, one."""
    for ways in several:
        capacities.in_all.add_meetings(list(ways), capacities.number(1))


def _by_class(classes: SlotClasses, capacity: tuple[int, ...]) -> list[int]:
    held = [0] * len(classes.size)
    for of_class, number in zip(classes.of, capacity, strict=True):
        if of_class >= 0:
            held[of_class] += number
    return held


def _confine(ways: Ways, held: dict[str, list[int]], field: str, capacities: Capacities) -> None:
    """A group for each set of options that some ways are confined to, and for unions.

    ``field`` of a cast names the options; a cast without any needs none.
    """
    options = attrgetter(field)
    known: dict[tuple[Any, ...], Names] = {}
    confined: dict[Names, list[int]] = defaultdict(list)
    for index, casts in enumerate(ways.casts):
        key = tuple(map(options, casts))
        if key not in known:
            known[key] = _union(key) if all(key) else frozenset()
        if names := known[key]:
            confined[names].append(index)
    unions = _unions(list(confined))
    groups = [capacities.group(_total([held[name] for name in union])) for union in unions]
    containing: dict[str, set[int]] = defaultdict(set)
    for group, union in zip(groups, unions, strict=True):
        for name in union:
            containing[name].add(group)
    for names, inside in confined.items():
        for group in sorted(set.intersection(*(containing[name] for name in names))):
            capacities.by_class.add_meetings(inside, group)


def _union(options: tuple[Any, ...]) -> Names:
    """The ids of pools (by their names) or interpreters in several tuples of them."""
    return frozenset(getattr(each, "name", None) or each.id for each in chain(*options))


def _total(parts: list[list[int]]) -> list[int]:
    return [sum(numbers) for numbers in zip(*parts, strict=True)]


def _unions(sets: list[Names]) -> list[Names]:
    """The sets themselves, all of them together, and unions as long as there are few. A union of
    sets that have nothing in common says no more than they do.
    """
    found = dict.fromkeys(sets)
    if sets:
        found[frozenset().union(*sets)] = None
    for each in sets:
        if len(found) > MOST_UNIONS:
            break
        found.update(dict.fromkeys(each | other for other in list(found) if each & other))
    return list(found)
