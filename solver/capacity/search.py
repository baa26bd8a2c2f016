"""The least number of tables or slots that reaches the best that any number gives.

From below by bounds: a number is refuted where every way to spread it over zones (or sessions) has
a bound below the target; ways are refuted many at a time, by the bound of the smallest size that
has all of them (branch and bound). From above by schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from solver.capacity.dimension import Dimension
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant

SHARE_OF_TOP = 0.5  # of the time, for the target
MOST_BOXES = 12  # of mixes, looked at to refute one number
NEIGHBOURS = 2  # one less than the smallest size known to do, tried with schedules


@dataclass
class Search:
    """Narrows ``[least, sum(reached)]`` down, as long as there is time.

    ``outline`` gives a bound that holds for all mixes of a total.
    """

    trials: Trials
    dimension: Dimension
    outline: Callable[[int], int]
    tried: set[int] = field(default_factory=set)
    floor: int | None = None  # all numbers below have been refuted

    @property
    def target(self) -> int:
        return self.trials.best(self.dimension.top).value

    def run(self, until: float, share: float) -> None:
        """Try numbers, each for ``share`` of the time, until ``until`` of the clock is left."""
        clock = self.trials.clock
        self.tried.clear()
        seconds = SHARE_OF_TOP * max(0.0, clock.remaining() - until)
        self.trials.attempt(self.dimension.top, seconds)
        while not clock.over() and clock.remaining() > until:
            number = self._next()
            if number is None:
                return
            self._try(number, share * (clock.remaining() - until))

    def least(self) -> int:
        """The least number that is not refuted: all below are."""
        low, high = sum(self.dimension.whole.low), self.most()
        low = low if self.floor is None else self.floor  # the target never falls
        while low < high:
            middle = (low + high) // 2
            if self._hopeful(middle) is None:
                low = middle + 1
            else:
                high = middle
        self.floor = low
        return low

    def most(self) -> int:
        return sum(self.dimension.vector(self.reached()))

    def reached(self) -> Variant:
        """The smallest size with a schedule that reaches the target."""
        if self.target == 0:
            return self.dimension.variant(self.dimension.whole.low)
        sizes = (
            size
            for size, known in self.trials.schedules.items()
            if known.value >= self.target and self.dimension.has(size)
        )
        return min(sizes, key=lambda size: sum(self.dimension.vector(size)))

    def _hopeful(self, total: int) -> Variant | None:
        """A mix of this total that nothing refutes yet; None where all are refuted."""
        even = self.dimension.even(total)
        if self.outline(total) < self.target:
            return None
        if self.trials.bound(even) >= self.target:
            return even
        boxes = [self.dimension.whole]
        for _ in range(MOST_BOXES):
            if not boxes:
                return None
            box = boxes.pop().within_total(total)
            if box is None:
                continue
            size = self.dimension.variant(box.high)
            if self.trials.bound(size) < self.target:
                continue
            if sum(box.high) == total:
                return size
            boxes += box.halves()
        return even  # too many: not refuted

    def _next(self) -> int | None:
        """From the least upwards in growing steps; then between what failed and what reached."""
        low, high = self.least(), self.most()
        failed = [number for number in self.tried if low <= number < high]
        if low >= high:
            return None
        if not failed:
            return low
        last = max(failed)
        if last + 1 >= high:
            return None
        step: int = 2 ** (len(failed) - 1)
        return min(last + step, (last + high) // 2)

    def _try(self, number: int, seconds: float) -> None:
        """Mixes of this number, as long as each is refuted; then some near the smallest known."""
        self.tried.add(number)
        attempted: set[Variant] = set()
        while (mix := self._hopeful(number)) is not None and mix not in attempted:
            attempted.add(mix)
            if not self._attempt(mix, number, seconds):
                break
        for mix in list(self.dimension.smaller(self.reached()))[:NEIGHBOURS]:
            if sum(self.dimension.vector(mix)) == number:
                self._attempt(mix, number, seconds)

    def _attempt(self, mix: Variant, number: int, seconds: float) -> bool:
        """Is the mix refuted now?"""
        if self.trials.clock.over() or self.most() <= number:
            return False
        self.trials.attempt(mix, seconds)
        return self.trials.bound(mix) < self.target
