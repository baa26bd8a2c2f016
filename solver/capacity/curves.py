"""Which sizes of the event the curves compare: a few less, a few more, 10 and 20 % more tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from solver.capacity.findings import Curve, Point
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant, Variants

PERCENT = (10, 20)  # more tables: the rule of thumb of those who organise forums
HALF_HOUR = 30  # minutes


@dataclass(frozen=True, slots=True)
class Stop:
    """One point to be: the size, and how many there are and are added."""

    variant: Variant
    count: int
    added: int


@dataclass(frozen=True, slots=True)
class Course:
    """A curve before its points are known."""

    kind: str
    of: str | None
    stops: tuple[Stop, ...]

    def curve(self, trials: Trials) -> Curve:
        points: tuple[Point, ...] = tuple(
            trials.point(stop.variant, stop.count, stop.added) for stop in self.stops
        )
        return Curve(kind=self.kind, of=self.of, points=points)


def courses(variants: Variants, reach: int) -> list[Course]:
    """All curves; each goes ``reach`` steps from now, tables both ways."""
    found = [_tables(variants, index, reach) for index in range(len(variants.kinds))]
    if variants.slots_may_be_compared():
        for index in range(len(variants.ends)):
            found.append(_slots(variants, index, reach))
            found.append(_half_hours(variants, index, reach))
    found += [_interpreters(variants, index, reach) for index in range(len(variants.pairs))]
    return found


def _tables(variants: Variants, index: int, reach: int) -> Course:
    now, kind = variants.now, variants.kinds[index]
    here = now.tables[index]
    counts = {*range(max(0, here - reach), here + reach + 1)}
    counts.update(here + -(-here * percent // 100) for percent in PERCENT)
    stops = tuple(
        Stop(replace(now, tables=_with(now.tables, index, count)), count, count - here)
        for count in sorted(counts)
    )
    return Course("table", kind.zone, stops)


def _slots(variants: Variants, index: int, reach: int) -> Course:
    end = variants.ends[index]
    stops = (_longer(variants, index, n) for n in range(min(reach, len(end.new)) + 1))
    return Course("slot", end.session, tuple(stops))


def _half_hours(variants: Variants, index: int, reach: int) -> Course:
    end = variants.ends[index]
    hours = (n for n in range(reach + 1) if n * HALF_HOUR <= len(end.new) * end.minutes)
    stops = (
        replace(_longer(variants, index, end.slots_in(n * HALF_HOUR)), count=n, added=n)
        for n in hours
    )
    return Course("half_hour", end.session, tuple(stops))


def _longer(variants: Variants, index: int, added: int) -> Stop:
    slots = _with(variants.now.slots, index, added)
    count = len(variants.ends[index].slots) + added
    return Stop(replace(variants.now, slots=slots), count, added)


def _interpreters(variants: Variants, index: int, reach: int) -> Course:
    pair = variants.pairs[index]
    able = sum(each.languages.issuperset(pair) for each in variants.problem.interpreters)
    stops = tuple(
        Stop(
            replace(variants.now, interpreters=_with(variants.now.interpreters, index, n)),
            able + n,
            n,
        )
        for n in range(reach + 1)
    )
    return Course("interpreter", "-".join(pair), stops)


def _with(vector: tuple[int, ...], index: int, value: int) -> tuple[int, ...]:
    return (*vector[:index], value, *vector[index + 1 :])
