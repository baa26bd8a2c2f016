"""Fewer breaks by annealing, for problems of times alone: a timetable laid out for compiled code.

A long break costs more than a short one though each counts once: a short one is nearer to closing.
"""

from __future__ import annotations

import numpy as np

from solver.kernel.times.annealing import anneal as anneal_times
from solver.kernel.times.arrays import NONE, STOP, TARGET, WORD, Integers, Times
from solver.timetable import BORDER, END, Timetable

__all__ = ["STOP", "TARGET", "anneal"]

ROOM = 8  # for a meeting that comes in, three that go out, and their people
TALLY = 6
SLOPE = 0.2  # a break of g slots costs 1 + (g - 1) ** SLOPE


def anneal(
    timetable: Timetable, slots: Integers, moves: int, seed: int, signals: Integers
) -> int | None:
    """Improve ``slots`` in place by so many moves; return its breaks.

    ``slots`` (one per meeting; -1 where it has none yet) has to keep all rules. None, and slots
    as they were, where no schedule on the way had all meetings and kept all rules.
    ``signals[TARGET]`` is the number of breaks that is good enough, ``signals[STOP]`` is not 0 when
    to stop at once; both may change meanwhile. The interpreter's lock is not held: run it beside
    other work. The same seed gives the same.
    """
    if not timetable.allowed.any(axis=1).all():
        return None
    times = _lay_out(timetable, slots, seed, signals)
    breaks = int(anneal_times(times, moves))
    if breaks == NONE:
        return None
    slots[:] = times.best
    return breaks


def _lay_out(timetable: Timetable, slots: Integers, seed: int, signals: Integers) -> Times:
    meetings, width = timetable.allowed.shape
    people, pools = len(timetable.calendar), len(timetable.capacity)
    before, after = _neighbours(timetable.order, meetings)
    meetings_of, degree = _index_people(timetable.people, people)
    word_of, bit_of, goes_on = _write_days(timetable.calendar, width)
    return Times(
        people=timetable.people,
        allowed=timetable.allowed.astype(np.int8),
        options=_filled([row.nonzero()[0].tolist() for row in timetable.allowed]),
        starts=timetable.allowed.sum(axis=1),
        pool=timetable.pool,
        before=before,
        after=after,
        meetings_of=meetings_of,
        degree=degree,
        word_of=word_of,
        bit_of=bit_of,
        goes_on=goes_on,
        capacity=timetable.capacity,
        prices=1.0 + np.maximum(0, np.arange(width + 1) - 1) ** SLOPE,
        most=timetable.most_breaks,
        slots=slots.copy(),
        best=slots.copy(),
        held=np.full((people, width), NONE, dtype=np.int64),
        used=_zeros(pools, width),
        busy=_zeros(*goes_on.shape),
        counts=_zeros(people),
        costs=np.zeros(people),
        new_counts=_zeros(2 * meetings + ROOM),
        new_costs=np.zeros(2 * meetings + ROOM),
        broken=_zeros(people),
        listed=np.full(people, NONE, dtype=np.int64),
        missing=_zeros(meetings + ROOM),
        chain=_zeros(meetings + ROOM),
        ends=_zeros(2 * meetings + ROOM),
        mark=_zeros(meetings),
        change=_zeros(pools),
        chance=np.array([seed], dtype=np.int64),
        tally=_zeros(TALLY),
        signals=signals,
    )


def _zeros(*shape: int) -> Integers:
    return np.zeros(shape, dtype=np.int64)


def _neighbours(order: Integers, meetings: int) -> tuple[Integers, Integers]:
    """For each meeting those before it and those after it."""
    before: list[list[int]] = [[] for _ in range(meetings)]
    after: list[list[int]] = [[] for _ in range(meetings)]
    for earlier, later in order.tolist():
        before[later].append(earlier)
        after[earlier].append(later)
    return _filled(before), _filled(after)


def _index_people(people: Integers, number: int) -> tuple[Integers, Integers]:
    """The meetings of each person, and how many they are."""
    rows: list[list[int]] = [[] for _ in range(number)]
    for meeting, pair in enumerate(people.tolist()):
        for person in pair:
            rows[person].append(meeting)
    return _filled(rows), np.array([len(row) for row in rows], dtype=np.int64)


def _filled(rows: list[list[int]]) -> Integers:
    """At least one column more than the longest row needs."""
    width = 1 + max(map(len, rows), default=0)
    table = [row + [NONE] * (width - len(row)) for row in rows]
    return np.array(table, dtype=np.int64).reshape(len(rows), width)


def _write_days(calendar: Integers, width: int) -> tuple[Integers, Integers, Integers]:
    """For each person and slot its word and its bit; for each word whether it goes on with the
    scope of the one before. A new scope begins a new word.
    """
    people = len(calendar)
    word_of, bit_of = _zeros(people, width), _zeros(people, width)
    goes_on: list[list[int]] = []
    for person, row in enumerate(calendar.tolist()):
        words, position = [0], 0
        days = row[: row.index(END)]
        while days and days[-1] == BORDER:
            days.pop()
        for slot in days:
            if slot == BORDER or position == WORD:
                words, position = [*words, int(slot != BORDER)], 0
            if slot != BORDER:
                word_of[person, slot], bit_of[person, slot] = len(words) - 1, 1 << position
                position += 1
        goes_on.append(words)
    longest = max(map(len, goes_on))
    table = [words + [0] * (longest - len(words)) for words in goes_on]
    return word_of, bit_of, np.array(table, dtype=np.int64)
