"""How long sessions have to be at least, all looked at together.

The linear programme of the longest event, session by session, with the sessions' lengths as
variables: what people, places and interpreters can do in a session grows with its length. New
slots are like the last one (``sessions``), so that the growth is the same for each.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from solver.capacity.dimension import Dimension, Vector
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant
from solver.linear import MOST_FOR_SIMPLEX, SECONDS_PER_VARIABLE, LinearEffort
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.relaxation import Whole
from solver.relaxed_rules import count_variables, limits_by_class, relax
from solver.sizes import Growing, Sized, least_sizes, whole_sizes
from solver.slot_classes import SlotClasses, sessions_as_classes

SHARE = 0.05  # of the time that is left, at most, for each programme


class Lengths:
    """``least`` and ``mix`` for a target; neither where there is nothing to be said."""

    def __init__(self, trials: Trials, dimension: Dimension) -> None:
        self.trials = trials
        self.dimension = dimension
        self.ends = trials.variants.ends
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
        found = None if growing is None else self._least_sizes(target, growing)
        if growing is None or found is None:
            return None, None
        low = self.dimension.whole.low
        fewest = growing.needs(found.prices, target).fewest(growing.most)
        sizes = whole_sizes(growing, found, partial(self._least_sizes, target))
        mix = None if sizes is None else self.dimension.variant(_shifted(sizes, low))
        return None if fewest is None else fewest + sum(low), mix

    def _least_sizes(self, target: int, growing: Growing) -> Sized | None:
        clock = self.trials.clock
        counted = clock.steps is not None
        seconds = None if counted else SHARE * clock.remaining()
        clock.spent += SECONDS_PER_VARIABLE * growing.relaxation.size if counted else 0.0
        return least_sizes(growing, target, LinearEffort(seconds, 1, clock.late))

    @cached_property
    def _growing(self) -> Growing | None:
        every_row = self.grow()
        return None if every_row is None else every_row.reachable()

    def grow(self) -> Growing | None:
        """From nothing to the longest sessions. None where the programme would be too large."""
        possibilities = self.possibilities(self.dimension.whole.high)
        classes = sessions_as_classes(possibilities)
        if count_variables(possibilities, classes) > MOST_FOR_SIMPLEX:
            return None
        largest = relax(possibilities, classes, every_row=True)
        if not largest.size:
            return None
        of_slots = limits_by_class(possibilities, SlotClasses(tuple(range(len(classes.of)))))
        limit = largest.rows.limit.copy()
        growth = np.zeros((len(self.ends), len(limit)), dtype=np.int64)
        for kind, end in enumerate(self.ends):
            at = [possibilities.problem.slot_position[slot.id] for slot in end.slots]
            rows = np.arange(len(of_slots)) * len(classes.size) + classes.of[at[0]]
            limit[rows], growth[kind, rows] = _from_nothing(of_slots[:, at])
        growth = np.minimum(growth, largest.rows.most.astype(np.int64))  # one slot holds all
        low, high = self.dimension.whole.low, self.dimension.whole.high
        most = tuple(b - a for a, b in zip(low, high, strict=True))
        least = (0,) * len(most)
        return Growing(
            replace(largest, rows=replace(largest.rows, limit=limit)), growth, least, most
        )

    def possibilities(self, added: Vector) -> Possibilities:
        """Of the event with so many slots more, without rests and ways."""
        problem = self.trials.variants.problem_of(self.dimension.variant(added))
        return Possibilities(_without_rests_and_ways(problem))


def _without_rests_and_ways(problem: Problem) -> Problem:
    """What they cost does not grow evenly with a session."""
    people = (replace(person, max_in_a_row=None) for person in problem.participants)
    return replace(problem, participants=tuple(people), limits=(), travel=())


def _from_nothing(slots: Whole) -> tuple[Whole, Whole]:
    """Of what groups can do in each of today's slots (groups x slots): what they can without any
    slot, and with each one more, such that any number of slots from the first on can do no more.

    New slots are like the last. Where early slots hold more than that, it counts from the start.
    """
    each = slots[:, -1]
    numbers = np.arange(1, slots.shape[1] + 1)
    beyond = np.cumsum(slots, axis=1) - numbers * each[:, np.newaxis]
    return np.maximum(0, beyond.max(axis=1)), each


def _shifted(sizes: Whole, low: Vector) -> Vector:
    return tuple(size + least for size, least in zip(sizes.tolist(), low, strict=True))
