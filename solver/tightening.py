"""Fewer breaks by annealing with Kempe chains, compiled (Numba), for problems of times alone.

A move takes a meeting to another slot and swaps, in the two slots, everything that is connected
with it through people: nobody is ever double-booked, and only people at the ends of the chain
change their day (Kempe chains in timetabling: Thompson and Dowsland, *Variants of simulated
annealing for the examination timetabling problem*, Annals of OR 63, 1996).

A long break costs more than a short one here though each counts once: a short one is nearer to
closing.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from solver.timetable import BORDER, END, Integers, Timetable

HOT, COLD = 0.7, 0.12  # temperatures, in breaks
SLOPE = 0.3  # a break of g slots costs 1 + (g - 1) ** SLOPE
FOCUS = 0.3  # share of moves that begin with somebody who has a break
PENALTY = 1.0  # for a break too many and for a pair in the wrong order
LOOK = 255  # moves between two looks at the target and the stop sign
Prices = NDArray[np.float64]
TARGET, STOP = 0, 1  # positions in ``signals``


def anneal(timetable: Timetable, slots: Integers, moves: int, seed: int, signals: Integers) -> int:
    """Improve ``slots`` in place by so many moves; return its breaks.

    ``slots`` (one per meeting) has to keep all rules. ``signals[TARGET]`` is the number of breaks
    that is good enough, ``signals[STOP]`` is not 0 when to stop at once; both may change meanwhile.
    The interpreter's lock is not held: run it beside other work. The same seed gives the same.
    """
    return int(
        _anneal(
            timetable.people,
            timetable.allowed,
            timetable.pool,
            timetable.capacity,
            timetable.calendar,
            timetable.most_breaks,
            *_neighbours(timetable.order, len(slots)),
            slots,
            moves,
            seed,
            signals,
        )
    )


def _neighbours(order: Integers, meetings: int) -> tuple[Integers, Integers]:
    """For each meeting those before it and those after it, filled up with -1."""
    before: list[list[int]] = [[] for _ in range(meetings)]
    after: list[list[int]] = [[] for _ in range(meetings)]
    for earlier, later in order.tolist():
        before[later].append(earlier)
        after[earlier].append(later)
    return _filled(before), _filled(after)


def _filled(rows: list[list[int]]) -> Integers:
    width = max(map(len, rows)) + 1
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int64)


@njit(cache=True, nogil=True)
def _breaks(held: Integers, calendar: Integers, person: int, prices: Prices) -> tuple[int, float]:
    """The breaks of a person, and what they cost."""
    count, cost, idle, started = 0, 0.0, 0, False
    for slot in calendar[person]:
        if slot == END:
            break
        if slot == BORDER:
            started = False
        elif held[person, slot] >= 0:
            if started and idle:
                count += 1
                cost += prices[idle]
            started, idle = True, 0
        else:
            idle += 1
    return count, cost


@njit(cache=True, nogil=True)
def _connect(  # noqa: PLR0913 - compiled
    first: int,
    there: int,
    people: Integers,
    allowed: Integers,
    slots: Integers,
    held: Integers,
    mark: Integers,
    stamp: int,
    chain: Integers,
    ends: Integers,
) -> tuple[int, int]:
    """The chain of a meeting between two slots and the people at its ends.

    Returns the lengths of both lists; 0, 0 where a meeting may not be in the other slot.
    """
    here = slots[first]
    if not allowed[first, there]:
        return 0, 0
    chain[0] = first
    mark[first] = stamp
    length, closed, seen = 1, 0, 0
    while seen < length:
        meeting = chain[seen]
        seen += 1
        other = there if slots[meeting] == here else here
        for person in people[meeting]:
            rival = held[person, other]
            if rival < 0:
                ends[closed] = person
                closed += 1
            elif mark[rival] != stamp:
                if not allowed[rival, slots[meeting]]:
                    return 0, 0
                mark[rival] = stamp
                chain[length] = rival
                length += 1
    return length, closed


@njit(cache=True, nogil=True)
def _has_room(  # noqa: PLR0913 - compiled
    chain: Integers,
    here: int,
    there: int,
    slots: Integers,
    pool: Integers,
    used: Integers,
    capacity: Integers,
    change: Integers,
) -> bool:
    """Do the pools hold what the swap brings? Leaves in ``change`` what each gains in there."""
    change[:] = 0
    for meeting in chain:
        if pool[meeting] >= 0:
            change[pool[meeting]] += 1 if slots[meeting] == here else -1
    for each in range(len(change)):
        gain = change[each]
        if gain > 0 and used[each, there] + gain > capacity[each, there]:
            return False
        if gain < 0 and used[each, here] - gain > capacity[each, here]:
            return False
    return True


@njit(cache=True, nogil=True)
def _out_of_order(
    chain: Integers,
    slots: Integers,
    before: Integers,
    after: Integers,
    mark: Integers,
    stamp: int,
) -> int:
    """Pairs with a meeting of the chain that are in the wrong order, each counted once."""
    wrong = 0
    for meeting in chain:
        for earlier in before[meeting]:
            if earlier < 0:
                break
            wrong += slots[earlier] >= slots[meeting]
        for later in after[meeting]:
            if later < 0:
                break
            wrong += mark[later] != stamp and slots[later] <= slots[meeting]
    return wrong


@njit(cache=True, nogil=True)
def _swap_ends(ends: Integers, held: Integers, here: int, there: int) -> None:
    """People at an end change the two slots; all others of the chain are busy in both."""
    for person in ends:
        held[person, here], held[person, there] = held[person, there], held[person, here]


@njit(cache=True, nogil=True)
def _swap_chain(chain: Integers, slots: Integers, here: int, there: int) -> None:
    for meeting in chain:
        slots[meeting] = here + there - slots[meeting]


@njit(cache=True, nogil=True)
def _choose(
    meetings_of: Integers, degree: Integers, counts: Integers, free: Integers, focused: bool
) -> int:
    """A meeting to move: of the next person who has a break, or any."""
    if focused:
        person = np.random.randint(len(counts))
        for _ in range(len(counts)):
            if counts[person]:
                return int(meetings_of[person, np.random.randint(degree[person])])
            person = (person + 1) % len(counts)
    return int(free[np.random.randint(len(free))])


@njit(cache=True, nogil=True)
def _index_people(people: Integers, number: int) -> tuple[Integers, Integers]:
    degree = np.zeros(number, np.int64)
    for pair in people:
        for person in pair:
            degree[person] += 1
    meetings_of = np.zeros((number, max(1, degree.max())), np.int64)
    degree[:] = 0
    for meeting in range(len(people)):
        for person in people[meeting]:
            meetings_of[person, degree[person]] = meeting
            degree[person] += 1
    return meetings_of, degree


@njit(cache=True, nogil=True)
def _index_starts(allowed: Integers) -> tuple[Integers, Integers]:
    starts = allowed.sum(axis=1)
    options = np.zeros(allowed.shape, np.int64)
    for meeting in range(len(allowed)):
        where = np.flatnonzero(allowed[meeting])
        options[meeting, : len(where)] = where
    return options, starts


@njit(cache=True, nogil=True)
def _anneal(  # noqa: C901, PLR0913, PLR0915 - one compiled loop
    people: Integers,
    allowed: Integers,
    pool: Integers,
    capacity: Integers,
    calendar: Integers,
    most: int,
    before: Integers,
    after: Integers,
    slots: Integers,
    moves: int,
    seed: int,
    signals: Integers,
) -> int:
    np.random.seed(seed)
    meetings, width = allowed.shape
    number = len(calendar)
    prices = np.zeros(width + 1)
    for gap in range(1, width + 1):
        prices[gap] = 1.0 + (gap - 1) ** SLOPE
    held = np.full((number, width), -1, np.int64)
    used = np.zeros(capacity.shape, np.int64)
    for meeting in range(meetings):
        for person in people[meeting]:
            held[person, slots[meeting]] = meeting
        if pool[meeting] >= 0:
            used[pool[meeting], slots[meeting]] += 1
    counts, costs = np.zeros(number, np.int64), np.zeros(number)
    for person in range(number):
        counts[person], costs[person] = _breaks(held, calendar, person, prices)
    meetings_of, degree = _index_people(people, number)
    options, starts = _index_starts(allowed)
    free = np.flatnonzero(starts > 1)
    ordered = before[:, 0].max() >= 0
    chain, ends = np.empty(meetings, np.int64), np.empty(2 * meetings, np.int64)
    mark, change = np.zeros(meetings, np.int64), np.zeros(len(capacity), np.int64)
    total, beyond, wrong = counts.sum(), np.maximum(counts - most, 0).sum(), 0
    best, best_slots = total, slots.copy()
    cooling = (COLD / HOT) ** (1.0 / max(1, moves))
    temperature = HOT
    for move in range(moves if len(free) else 0):
        temperature *= cooling
        if move & LOOK == 0 and (signals[STOP] or best <= signals[TARGET]):
            break
        focused = total > 0 and np.random.random() < FOCUS
        meeting = _choose(meetings_of, degree, counts, free, focused)
        here, there = slots[meeting], options[meeting, np.random.randint(starts[meeting])]
        if here == there:
            continue
        length, closed = _connect(
            meeting, there, people, allowed, slots, held, mark, move + 1, chain, ends
        )
        if length == 0 or not _has_room(
            chain[:length], here, there, slots, pool, used, capacity, change
        ):
            continue
        links, tips = chain[:length], ends[:closed]
        more, dearer, excess, disorder = 0, 0.0, 0, 0
        _swap_ends(tips, held, here, there)
        for person in tips:
            count, cost = _breaks(held, calendar, person, prices)
            more += count - counts[person]
            dearer += cost - costs[person]
            excess += max(0, count - most) - max(0, counts[person] - most)
        if ordered:
            disorder = -_out_of_order(links, slots, before, after, mark, move + 1)
            _swap_chain(links, slots, here, there)
            disorder += _out_of_order(links, slots, before, after, mark, move + 1)
            _swap_chain(links, slots, here, there)
        delta = dearer + PENALTY * (excess + disorder)
        if delta > 0.0 and np.random.random() >= np.exp(-delta / temperature):
            _swap_ends(tips, held, here, there)
            continue
        _swap_chain(links, slots, here, there)
        for each in links:
            for person in people[each]:
                held[person, slots[each]] = each
        for person in tips:
            counts[person], costs[person] = _breaks(held, calendar, person, prices)
        for each in range(len(change)):
            used[each, here] -= change[each]
            used[each, there] += change[each]
        total, beyond, wrong = total + more, beyond + excess, wrong + disorder
        if total < best and beyond == 0 and wrong == 0:
            best = total
            best_slots[:] = slots
    slots[:] = best_slots
    return int(best)
