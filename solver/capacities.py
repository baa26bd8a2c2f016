"""What people, sets of places and sets of interpreters can take, class of slots by class.

A :class:`Capacities` collects groups, each with a limit per class of slots, and which meetings
draw on which group; :meth:`Capacities.rows` lays that out over the variables of a relaxation.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from solver.relaxation import Index, Rows, Whole

HIGHEST_LIMIT = 10**12  # more than any sum of meetings and slots can reach


class Draws:
    """Which meeting draws how many times on which group."""

    def __init__(self) -> None:
        self.meeting, self.group, self.times = array("i"), array("i"), array("i")

    def add(self, meeting: int, group: int, times: int = 1) -> None:
        self.meeting.append(meeting)
        self.group.append(group)
        self.times.append(times)

    def add_groups(self, meeting: int, groups: list[int]) -> None:
        """One meeting draws on several groups, on each once."""
        self.meeting.extend((meeting,) * len(groups))
        self.group.extend(groups)
        self.times.extend((1,) * len(groups))

    def add_meetings(self, meetings: list[int], group: int) -> None:
        """Several meetings draw on one group."""
        self.meeting.extend(meetings)
        self.group.extend((group,) * len(meetings))
        self.times.extend((1,) * len(meetings))


class Capacities:
    """Groups limited in each class of slots, and groups limited in the number of meetings."""

    def __init__(self, classes: int) -> None:
        self.classes = classes
        self.by_class = Draws()
        self.in_all = Draws()
        self.class_limits: list[Sequence[int]] = []
        self.number_limits: list[int] = []

    def group(self, limits: Sequence[int]) -> int:
        """A group that holds ``limits[c]`` slot-long meetings in class c."""
        self.class_limits.append(limits)
        return len(self.class_limits) - 1

    def number(self, limit: int) -> int:
        """A group that has at most so many meetings, however long."""
        self.number_limits.append(limit)
        return len(self.number_limits) - 1

    def limits(self) -> Whole:
        """Of each group in each class."""
        limits = [[min(limit, HIGHEST_LIMIT) for limit in row] for row in self.class_limits]
        return np.array(limits, dtype=np.int64).reshape(len(self.class_limits), self.classes)

    def rows(
        self, first: Whole, takes: tuple[Index, Index, Index], *, every_row: bool = False
    ) -> Rows:
        """Rows that can be reached, or all. ``first[m]`` to ``first[m + 1]``: the variables of
        meeting m; ``takes``: variable, class and number of slots, in the order of variables.
        """
        variable, of_class, slots = takes
        starts = np.searchsorted(variable, first)
        meeting, group, times = _arrays(self.by_class)
        entry, draw = _ranges(starts, meeting)
        row = group[draw].astype(np.int64) * self.classes + of_class[entry]
        factor = times[draw] * slots[entry]
        columns = variable[entry]
        class_limits = self.limits().reshape(-1)
        meeting, group, times = _arrays(self.in_all)
        more_columns, draw = _ranges(first, meeting)
        limits = np.array([min(each, HIGHEST_LIMIT) for each in self.number_limits], dtype=np.int64)
        rows = Rows(
            np.concatenate([class_limits, limits]),
            np.concatenate([row, group[draw] + len(class_limits)]).astype(np.int32),
            np.concatenate([columns, more_columns.astype(np.int32)]),
            np.concatenate([factor, times[draw]]),
        )
        return rows if every_row else rows.chosen(rows.reachable())


def _arrays(draws: Draws) -> tuple[Index, Index, Index]:
    meeting, group, times = (
        np.array(each, dtype=np.int32) for each in (draws.meeting, draws.group, draws.times)
    )
    return meeting, group, times


def _ranges(first: Whole, meeting: Index) -> tuple[Whole, Whole]:
    """For each draw all numbers from ``first[meeting]`` on; and which draw each belongs to."""
    lengths = first[meeting + 1] - first[meeting]
    draw = np.repeat(np.arange(len(meeting)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(draw)) - before[draw] + first[meeting][draw], draw
