"""How long sessions have to be at least, all looked at together.

The linear programme of the longest event, session by session, with the sessions' lengths as
variables: what people, places and interpreters can do in a session grows with its length. New
slots are like the last one (``sessions``), so that the growth is the same for each. It knows
nothing of ways and rests: mixes that it names and that prove to be too small are ruled out, with
all that have no more of what counts.
"""

from __future__ import annotations

from collections.abc import Collection
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
from solver.sizes import Growing, Sized, least_sizes
from solver.slot_classes import SlotClasses, sessions_as_classes
from solver.whole_sizes import Branching

SHARE = 0.05  # of the time that is left, at most, for each programme


class Lengths:
    """``least`` and ``mix`` for a target; neither where there is nothing to be said.

    ``until``: no programmes any more once the clock has less left.
    """

    def __init__(self, trials: Trials, dimension: Dimension) -> None:
        self.trials = trials
        self.dimension = dimension
        self.ends = trials.variants.ends
        self._known: dict[int, Branching] = {}
        self._given_up = False  # as a programme took too long
        self._idle = frozenset[int]()  # sessions whose length did not matter the last time

    def least(self, target: int, until: float) -> int | None:
        """So many slots are added at least (fewer where below 0) by whatever reaches the target."""
        self.mix(target, until)
        branching = self._known.get(target)
        fewest = branching.fewest() if branching is not None and branching.is_begun() else None
        return None if fewest is None else fewest + sum(self.dimension.whole.low)

    def mix(self, target: int, until: float) -> Variant | None:
        """Lengths of sessions that may reach the target and are not in doubt, of the least sum."""
        branching = self._branching(target)
        while branching is not None and not self._stands(branching):
            if self._given_up or self.trials.clock.remaining() <= until:
                return None
            sizes = branching.candidate()
            if sizes is None:
                self._given_up = True
                return None
            too_small = self._all_too_small(sizes, target, until)
            if too_small is not None:
                branching.rule_out(too_small)
        return None if branching is None else self._first(branching)

    def doubt(self, target: int, mix: Variant) -> None:
        """No schedule of the mix was found: others first."""
        branching = self._known.get(target)
        if branching is not None and self._first(branching) == mix:
            branching.doubt()

    def _stands(self, branching: Branching) -> bool:
        """Is what comes first known, and has it been looked at?"""
        first = self._first(branching)
        return first is not None and not self.trials.may_refute(first, branching.target)

    def _first(self, branching: Branching) -> Variant | None:
        sizes = branching.first()
        return None if sizes is None else self._variant(sizes)

    def reconsider(self) -> None:
        """What was doubted, or took too long, is looked at again."""
        self._given_up = False
        for branching in self._known.values():
            branching.reconsider()

    def _branching(self, target: int) -> Branching | None:
        if target not in self._known and not self.trials.clock.over():
            growing = self._growing
            if growing is not None:
                solve = partial(self._least_sizes, target)
                self._known[target] = Branching(growing, target, solve)
        return self._known.get(target)

    def _all_too_small(self, sizes: Vector, target: int, until: float) -> Vector | None:
        """Longer sessions, as long as these are too short; None where these may do. Mostly the
        same sessions as the last time are idle.
        """
        like_last = self._prolonged(sizes, self._idle)
        if like_last != sizes and self._is_too_small(like_last, target):
            return like_last
        if not self._is_too_small(sizes, target):
            return None
        return self._longest_too_small(sizes, target, until)

    def _is_too_small(self, sizes: Vector, target: int) -> bool:
        return self.trials.refutes(self._variant(sizes), target)

    def _longest_too_small(self, sizes: Vector, target: int, until: float = 0.0) -> Vector:
        """Where a session as long as can be does not help, its length does not matter."""
        longest, self._idle = self._most, frozenset()
        for kind in sorted(range(len(sizes)), key=lambda each: longest[each] - sizes[each]):
            longer = self._prolonged(sizes, [kind])
            if self.trials.clock.remaining() <= until:
                break
            if longer == sizes or self._is_too_small(longer, target):
                sizes, self._idle = longer, self._idle | {kind}
        return sizes

    def _prolonged(self, sizes: Vector, kinds: Collection[int]) -> Vector:
        """With these sessions as long as can be."""
        both = enumerate(zip(sizes, self._most, strict=True))
        return tuple(most if kind in kinds else size for kind, (size, most) in both)

    @property
    def _most(self) -> Vector:
        return _shifted(self.dimension.whole.high, self.dimension.whole.low, -1)

    def _variant(self, sizes: Vector) -> Variant:
        return self.dimension.variant(_shifted(sizes, self.dimension.whole.low, 1))

    def _least_sizes(self, target: int, growing: Growing) -> Sized | None:
        clock = self.trials.clock
        if clock.over():
            return None
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
        most = self._most
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


def _shifted(sizes: Vector, low: Vector, sign: int) -> Vector:
    return tuple(size + sign * least for size, least in zip(sizes, low, strict=True))
