"""How long sessions have to be at least, all looked at together.

The linear programme of the longest event, session by session, with the sessions' lengths as
variables: what people, places and interpreters can do in a session grows with its length. New
slots are like the last one (``sessions``), so that the growth is the same for each.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from solver.bounds import MOST_VARIABLES
from solver.capacity.dimension import Dimension, Vector
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant
from solver.linear import SECONDS_PER_VARIABLE, LinearEffort
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.relaxation import Relaxation, Whole
from solver.relaxed_rules import count_variables, relax
from solver.sizes import Growing, Sized, least_sizes
from solver.slot_classes import sessions_as_classes

SHARE = 0.1  # of the time that is left, at most, for each of two programmes
WHOLE = 1e-6  # as near to a whole number is one


class Lengths:
    """``least`` and ``mix`` for a target; neither where there is nothing to be said."""

    def __init__(self, trials: Trials, dimension: Dimension) -> None:
        self.trials = trials
        self.dimension = dimension
        self._known: dict[int, tuple[int | None, Variant | None]] = {}

    def least(self, target: int) -> int | None:
        """So many slots are added at least (fewer where below 0) by whatever reaches the target."""
        return self._find(target)[0]

    def mix(self, target: int) -> Variant | None:
        """The sessions' lengths of the least sum that the programme says reach the target."""
        return self._find(target)[1]

    def _find(self, target: int) -> tuple[int | None, Variant | None]:
        if target not in self._known:
            if self.trials.clock.over():
                return None, None
            self._known[target] = self._solve(target)
        return self._known[target]

    def _solve(self, target: int) -> tuple[int | None, Variant | None]:
        growing = self._growing
        found = None if growing is None else self._least_sizes(growing, target, whole=False)
        if growing is None or found is None:
            return None, None
        low = self.dimension.whole.low
        fewest = growing.needs(found.prices, target).fewest(growing.most)
        if np.abs(found.sizes - np.rint(found.sizes)).max(initial=0.0) > WHOLE:
            found = self._least_sizes(growing, target, whole=True)
        mix = None if found is None else self.dimension.variant(_shifted(found, low))
        return None if fewest is None else fewest + sum(low), mix

    def _least_sizes(self, growing: Growing, target: int, *, whole: bool) -> Sized | None:
        clock = self.trials.clock
        counted = clock.steps is not None
        seconds = None if counted else SHARE * clock.remaining()
        clock.spent += SECONDS_PER_VARIABLE * growing.relaxation.size if counted else 0.0
        return least_sizes(growing, target, LinearEffort(seconds, 1, clock.late), whole=whole)

    @cached_property
    def _growing(self) -> Growing | None:
        every_row = self.grow()
        return None if every_row is None else every_row.reachable()

    def grow(self) -> Growing | None:
        """From nothing to the longest sessions. None where the programme would be too large, or
        where a meeting that the longest event can hold is in no shorter one.
        """
        low, high = self.dimension.whole.low, self.dimension.whole.high
        largest = self.relax(high)
        if largest is None or not largest.size or len(largest.classes.size) != len(high):
            return None
        rows, growth = largest.rows, np.zeros((len(high), largest.rows.count), dtype=np.int64)
        for kind, most in enumerate(high):
            one_less = (*high[:kind], most - 1, *high[kind + 1 :])
            smaller = self.relax(one_less) if most else largest
            if smaller is None or not _has_same_rows(smaller, largest):
                return None
            growth[kind] = rows.limit - smaller.rows.limit
        now = rows.limit - np.array(high, dtype=np.int64) @ growth
        none = replace(rows, limit=_without_slots(now, growth, low))
        most_units = tuple(b - a for a, b in zip(low, high, strict=True))
        return Growing(replace(largest, rows=none), growth, most_units)

    def relax(self, added: Vector) -> Relaxation | None:
        """The programme of an event with so many slots more, with all rows; None where it would
        be too large.
        """
        if self.trials.clock.over():
            return None
        variant = self.dimension.variant(added)
        possibilities = Possibilities(_without_rests(self.trials.variants.problem_of(variant)))
        classes = sessions_as_classes(possibilities)
        if count_variables(possibilities, classes) > MOST_VARIABLES:
            return None
        return relax(possibilities, classes, every_row=True)


def _has_same_rows(one: Relaxation, other: Relaxation) -> bool:
    """Rows follow from the meetings that can take place; variables also from where they can."""
    return one.meetings == other.meetings and one.size == other.size


def _without_rests(problem: Problem) -> Problem:
    """Rests do not grow evenly with a session."""
    people = (replace(person, max_in_a_row=None) for person in problem.participants)
    return replace(problem, participants=tuple(people), limits=())


def _without_slots(now: Whole, growth: Whole, low: Vector) -> Whole:
    """Limits without any slots, such that with the growth they are never below what a session
    allows. Where slots of today hold no more than new ones, that is nothing; else it is what
    today's slots hold together.
    """
    as_new = -np.array(low, dtype=np.int64) @ growth
    return np.where(growth.any(axis=0) & (as_new >= now), 0, now)


def _shifted(found: Sized, low: Vector) -> Vector:
    sizes = np.rint(found.sizes).astype(int).tolist()
    return tuple(size + least for size, least in zip(sizes, low, strict=True))
