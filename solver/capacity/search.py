"""The least number of tables or slots that reaches the best that any number gives.

From below by bounds: a number is refuted where every way to spread it over zones (or sessions) has
a bound below the target; ways are refuted many at a time, by the bound of the smallest size that
has all of them (branch and bound). From above by schedules.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import inf

from solver.capacity.dimension import Dimension
from solver.capacity.lengths import Lengths
from solver.capacity.outlines import Outline
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant

SHARE_OF_ATTEMPTS = 0.6  # of the time at least, for schedules
SHARE_AFTER_LENGTHS = 0.2  # the same, where lengths name mixes that mostly do
SHARE = 0.3  # of the time that is left, for one number
SHARE_OF_MIX = 0.6  # of it, for a mix that lengths say
SHARE_AGAIN = 0.9  # of it, for the least number once all above it are known to do
MOST_TIMES = 3  # that one number is tried
MOST_BOXES = 12  # of mixes, looked at anew to refute one number


@dataclass
class Search:
    """Narrows ``[least, sum(reached)]`` down, as long as there is time.

    ``outline`` gives a bound that holds for all mixes of a total; ``lengths``, where there are
    any, how much is needed at least and a mix that may do.
    """

    trials: Trials
    dimension: Dimension
    outline: Outline
    lengths: Lengths | None = None
    tried: Counter[int] = field(default_factory=Counter)  # and how often
    floor: int | None = None  # all numbers below have been refuted
    until: float = 0.0  # nothing else is attempted once the clock has less left
    patience: float = inf  # no mixes are looked at once the clock has less left

    @property
    def target(self) -> int:
        return self.trials.best(self.dimension.top).value

    def run(self, until: float) -> None:
        """Try numbers until ``until`` of the clock is left."""
        clock = self.trials.clock
        self.tried.clear()
        self.until = until
        if self.lengths is not None:
            self.lengths.reconsider()
        attempts = SHARE_OF_ATTEMPTS if self.lengths is None else SHARE_AFTER_LENGTHS
        self.patience = until + attempts * (clock.remaining() - until)
        while not clock.over() and clock.remaining() > until:
            number = self._next()
            if number is None:
                return
            if self.tried[number]:  # there is nothing else to look at
                self.patience = until
            share = SHARE_AGAIN if self.tried[number] else self._share(number)
            self._try(number, share * max(0.0, clock.remaining() - until))

    def least(self) -> int:
        """The least number that is not refuted: all below are."""
        low, high = sum(self.dimension.whole.low), self.most()
        low = low if self.floor is None else self.floor  # the target never falls
        needed = None
        if self.lengths is not None and low < high:
            needed = self.lengths.least(self.target, self.patience)
        low = low if needed is None else min(high, max(low, needed))
        while needed is None and low < high:
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
            self.dimension.of_now(size)
            for size, known in self.trials.schedules.items()
            if known.value >= self.target and size.within(self.dimension.of_now(size))
        )
        return min(sizes, key=lambda size: sum(self.dimension.vector(size)))

    def _hopeful(self, total: int) -> Variant | None:
        """A mix of this total that nothing refutes yet; None where all are refuted."""
        even = self.dimension.even(total)
        if self.outline.bound(total) < self.target:
            return None
        if self.trials.bound(even) >= self.target:
            return even
        return self._not_refuted(total, even)

    def _not_refuted(self, total: int, even: Variant) -> Variant | None:
        boxes, anew = [self.dimension.whole], 0
        while boxes:
            box = boxes.pop().within_total(total)
            if box is None:
                continue
            size = self.dimension.variant(box.high)
            known = self.trials.knows(size)
            if not known and (anew == MOST_BOXES or self._is_late()):
                return even  # too many: not refuted
            bound = self.trials.bound(size)
            anew += self.trials.knows(size) and not known
            if bound < self.target:
                continue
            if sum(box.high) == total:
                return size
            boxes += box.halves()
        return None

    def _is_late(self) -> bool:
        return self.trials.clock.remaining() < self.patience

    def _next(self) -> int | None:
        """The least that is not refuted, which often does; then one above what failed, a little at
        first; once there is nothing between, the least again for as long as there is time.
        """
        low, high = self.least(), self.most()
        if low >= high:
            return None
        failed = max((number for number in self.tried if low <= number < high), default=None)
        if failed is None:
            return low
        if failed + 1 < high:
            return min((failed + high) // 2, 2 * failed - low + 1)
        return low if self.tried[low] < MOST_TIMES else None

    def _share(self, number: int) -> float:
        """Of the time that is left, for a number that was not tried yet."""
        return SHARE if self._mix_of(number) is None else SHARE_OF_MIX

    def _mix_of(self, number: int) -> Variant | None:
        """What lengths say that may do, and what is missing besides; None where they say nothing
        of so few.
        """
        mix = None if self.lengths is None else self.lengths.mix(self.target, self.patience)
        if mix is None or sum(self.dimension.vector(mix)) > number:
            return None
        return self.dimension.enlarged(mix, number)

    def _try(self, number: int, seconds: float) -> None:
        """The mixes that lengths say, or a likely one; then others of this number, as long as each
        is refuted.
        """
        self.tried[number] += 1
        attempted: set[Variant] = set()
        mix: Variant | None = self._mix_of(number) or self._likely(number)
        while mix is not None and mix not in attempted:
            attempted.add(mix)
            refuted = self._attempt(mix, number, seconds)
            is_enough = not refuted and (self.lengths is None or len(attempted) > 1)
            if is_enough or self.trials.clock.remaining() <= self.until:
                break
            mix = self._other(number)

    def _likely(self, number: int) -> Variant:
        """An even mix every second time, where sums decide and do not refute it; else one like the
        smallest known to do, whose meetings need to move least.
        """
        even = self.dimension.even(number)
        in_turn = self.trials.sums_decide and self.tried[number] % 2 == 0
        if in_turn and self.trials.bound(even) >= self.target:
            return even
        return self.dimension.reduced(self.reached(), number)

    def _other(self, number: int) -> Variant | None:
        """What lengths say next; without any, a mix that nothing refutes."""
        if self.lengths is None or self.lengths.least(self.target, self.patience) is None:
            self.outline.refute(number, self.target)
            return self._hopeful(number)
        return self._mix_of(number)

    def _attempt(self, mix: Variant, number: int, seconds: float) -> bool:
        """Is the mix refuted now?"""
        if self.trials.clock.over() or self.most() <= number:
            return False
        if not self.trials.refutes(mix, self.target):
            left = max(0.0, self.trials.clock.remaining() - self.until)
            self.trials.attempt(mix, min(seconds, left))
        refuted = self.trials.refutes(mix, self.target)  # knowing who was strained on the way
        if self.lengths is not None and not refuted and self.most() > number:
            self.lengths.doubt(self.target, mix)
        return refuted
