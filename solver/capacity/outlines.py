"""A bound of all sizes of an event that have as many of something, however it is spread."""

from __future__ import annotations

from collections.abc import Callable

from solver.bounds import matching_bound
from solver.capacity.trials import Trials
from solver.possibilities import Possibilities
from solver.problem import Problem


class Outline:
    """``problem_of``: an event of which every schedule of any size with so many is one."""

    def __init__(self, problem_of: Callable[[int], Problem], trials: Trials) -> None:
        self.problem_of = problem_of
        self.trials = trials
        self._known: dict[int, int] = {}
        self._asked: set[int] = set()

    def bound(self, number: int) -> int:
        if number not in self._known:
            if self.trials.clock.late():
                return sum(self.trials.weight_of.values())
            self._known[number] = matching_bound(Possibilities(self.problem_of(number))).bound
        return self._known[number]

    def refute(self, number: int, target: int) -> None:
        """Look in whole numbers for a bound below the target, once."""
        is_open = self.bound(number) >= target and number not in self._asked
        if is_open and not self.trials.clock.over():
            self._asked.add(number)
            nearer = self.trials.bound_below(target, Possibilities(self.problem_of(number)))
            self._known[number] = self._known[number] if nearer is None else nearer
