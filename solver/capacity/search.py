"""The least number of tables or slots that reaches the best that any number gives.

From below by bounds: a number is refuted where every way to spread it over zones (or sessions) has
a bound below the target; ways are refuted many at a time, by the bound of the smallest size that
has all of them (branch and bound). From above by schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from solver.capacity.dimension import Dimension
from solver.capacity.lengths import Lengths
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant

SHARE_OF_ATTEMPTS = 0.6  # of the time at least, for schedules
MOST_BOXES = 12  # of mixes, looked at to refute one number


@dataclass
class Search:
    """Narrows ``[least, sum(reached)]`` down, as long as there is time.

    ``outline`` gives a bound that holds for all mixes of a total; ``lengths``, where there are
    any, how much is needed at least and a mix that may do.
    """

    trials: Trials
    dimension: Dimension
    outline: Callable[[int], int]
    lengths: Lengths | None = None
    tried: set[int] = field(default_factory=set)
    floor: int | None = None  # all numbers below have been refuted
    patience: float = 0.0  # no mixes are looked at once the clock has less left

    @property
    def target(self) -> int:
        return self.trials.best(self.dimension.top).value

    def run(self, until: float, share: float) -> None:
        """Try numbers, each for ``share`` of the time, until ``until`` of the clock is left."""
        clock = self.trials.clock
        self.tried.clear()
        self.patience = until + SHARE_OF_ATTEMPTS * (clock.remaining() - until)
        while not clock.over() and clock.remaining() > until:
            number = self._next()
            if number is None:
                return
            self._try(number, share * max(0.0, clock.remaining() - until))

    def least(self) -> int:
        """The least number that is not refuted: all below are."""
        low, high = sum(self.dimension.whole.low), self.most()
        low = low if self.floor is None else self.floor  # the target never falls
        needed = None if self.lengths is None else self.lengths.least(self.target)
        low = low if needed is None else min(high, max(low, needed))
        if needed is not None:  # which is seldom far from the truth
            while low < high and not self._is_hopeful(low):
                low += 1
        while needed is None and low < high:
            middle = (low + high) // 2
            if self._hopeful(middle) is None:
                low = middle + 1
            else:
                high = middle
        self.floor = low
        return low

    def _is_hopeful(self, total: int) -> bool:
        """Is there a mix of this total that nothing refutes yet?"""
        mix = self._mix_of(total)
        if mix is not None and min(self.outline(total), self.trials.bound(mix)) >= self.target:
            return True
        return self._hopeful(total) is not None

    def most(self) -> int:
        return sum(self.dimension.vector(self.reached()))

    def reached(self) -> Variant:
        """The smallest size with a schedule that reaches the target."""
        if self.target == 0:
            return self.dimension.variant(self.dimension.whole.low)
        sizes = (
            self.dimension.of_now(size)
            for size, known in self.trials.schedules.items()
            if known.value >= self.target and size.within(self.dimension.of_now(size))
        )
        return min(sizes, key=lambda size: sum(self.dimension.vector(size)))

    def _hopeful(self, total: int) -> Variant | None:
        """A mix of this total that nothing refutes yet; None where all are refuted."""
        even = self.dimension.even(total)
        if self.outline(total) < self.target:
            return None
        if self.trials.bound(even) >= self.target:
            return even
        return self._not_refuted(total, even)

    def _not_refuted(self, total: int, even: Variant) -> Variant | None:
        boxes = [self.dimension.whole]
        for _ in range(MOST_BOXES):
            if not boxes:
                return None
            box = boxes.pop().within_total(total)
            if box is None:
                continue
            size = self.dimension.variant(box.high)
            if not self.trials.knows(size) and self.trials.clock.remaining() < self.patience:
                break
            if self.trials.bound(size) < self.target:
                continue
            if sum(box.high) == total:
                return size
            boxes += box.halves()
        return even  # too many: not refuted

    def _next(self) -> int | None:
        """The least that is not refuted, which often does; then the middle between what failed
        and what is known to do, or one a little above what failed, where lengths say how.
        """
        low, high = self.least(), self.most()
        if low >= high:
            return None
        failed = max((number for number in self.tried if low <= number < high), default=None)
        if failed is None:
            return low
        middle = (failed + high) // 2
        if self._mix_of(failed) is not None:  # one that is near may do
            middle = min(middle, 2 * failed - low + 1)
        return None if failed + 1 >= high else middle

    def _mix_of(self, number: int) -> Variant | None:
        """What lengths say that may do, and what is missing besides; None where they say nothing
        of so few.
        """
        mix = None if self.lengths is None else self.lengths.mix(self.target)
        if mix is None or sum(self.dimension.vector(mix)) > number:
            return None
        return self.dimension.enlarged(mix, number)

    def _try(self, number: int, seconds: float) -> None:
        """The mix that lengths say, or one like the smallest known to do, as its meetings need to
        move least; then others of this number, as long as each is refuted.
        """
        self.tried.add(number)
        attempted: set[Variant] = set()
        mix: Variant | None = self._mix_of(number)
        mix = mix or self.dimension.reduced(self.reached(), number)
        while mix is not None and mix not in attempted:
            attempted.add(mix)
            refuted = self._attempt(mix, number, seconds)
            if not refuted and (len(attempted) > 1 or mix == self._mix_of(number)):
                break
            mix = self._hopeful(number)

    def _attempt(self, mix: Variant, number: int, seconds: float) -> bool:
        """Is the mix refuted now?"""
        if self.trials.clock.over() or self.most() <= number:
            return False
        self.trials.attempt(mix, seconds)
        return self.trials.bound(mix) < self.target
