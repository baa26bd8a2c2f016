"""What is known of each size of the event: a schedule, and a bound that no schedule beats.

More never hurts: a schedule of a smaller event is one of the larger, and a bound of the larger
one holds for the smaller. So whatever is learnt of one size is used for all that compare with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from solver.bounds import matching_bound, slotwise_bound
from solver.capacity.findings import Point
from solver.capacity.resettling import Choice, bound_below, resettle
from solver.capacity.trimming import without_idle_slots, without_idle_tables
from solver.capacity.variants import Variant, Variants
from solver.clock import STEP, Clock
from solver.completion import fill_up
from solver.engine import solve
from solver.linear import SECONDS_PER_VARIABLE, LinearEffort
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.selection import is_decided_by_sums
from solver.settings import Settings
from solver.slot_classes import alike_slots
from solver.validation import violations

SHARE_OF_SUMS = 0.1  # of the time, at most, for whether sums decide
SHARE_OF_RESETTLING = 0.8  # of an attempt's time, where sums do not decide
LEAST_KEPT = 4  # sizes, and what can be placed in them, however many meetings there are
MOST_KEPT = 100_000  # meetings of such sizes together
SHORTEST = 0.1  # seconds, or deterministic seconds, of one attempt

Meetings = tuple[PlacedMeeting, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The best schedule and its value (musts lifted)."""

    value: int
    meetings: Meetings


NOTHING = Known(0, ())


class Trials:
    def __init__(self, variants: Variants, settings: Settings, clock: Clock) -> None:
        self.variants = variants
        self.settings = settings
        self.clock = clock
        self.schedules: dict[Variant, Known] = {}
        self.bounds: dict[Variant, int] = {}
        self.strained: tuple[str, ...] = ()  # who had no room so far for all that was chosen
        self.attempts = 0  # each with random numbers of its own
        self.overhead = 0.0  # the most seconds that an attempt took beyond what it was given
        kept = max(LEAST_KEPT, MOST_KEPT // max(1, len(variants.problem.meetings)))
        self.possibilities = lru_cache(kept)(self._possibilities)
        self._adapted: set[tuple[Variant, int, int]] = set()  # values of what was adapted
        self._linear: set[Variant] = set()
        self._whole: set[tuple[Variant, tuple[str, ...]]] = set()
        meetings = variants.problem.meetings
        self.weight_of = {meeting.id: meeting.weight for meeting in meetings}

    def _possibilities(self, variant: Variant) -> Possibilities:
        return Possibilities(self.variants.problem_of(variant))

    def best(self, variant: Variant) -> Known:
        """The best schedule known that this size of the event allows; at worst nothing at all."""
        known = (each for size, each in self.schedules.items() if size.within(variant))
        return max(known, key=lambda each: each.value, default=NOTHING)

    def bound(self, variant: Variant) -> int:
        """A true bound of this size: its own linear one, or that of a size that has all of it.

        When time is up, or a schedule is as good as what is known, nothing new is reckoned.
        """
        known = self._known_bound(variant)
        if variant in self._linear or known <= self.best(variant).value or self.clock.late():
            return known
        self._linear.add(variant)
        self._lower(variant, matching_bound(self.possibilities(variant)).bound)
        return self._known_bound(variant)

    def _known_bound(self, variant: Variant) -> int:
        known = (bound for size, bound in self.bounds.items() if variant.within(size))
        return min(known, default=sum(self.weight_of.values()))

    def refutes(self, variant: Variant, target: int) -> bool:
        """Does no schedule of this size reach the target? Asked of fractions, then of whole
        numbers.
        """
        is_open = self.bound(variant) >= target and self.may_refute(variant, target)
        if is_open and not self.clock.over():
            self._whole.add((variant, self.strained))
            nearer = self.bound_below(target, self.possibilities(variant), self.strained)
            if nearer is not None:
                self._lower(variant, nearer)
        return self.bound(variant) < target

    def bound_below(
        self, target: int, possibilities: Possibilities, strained: tuple[str, ...] = ()
    ) -> int | None:
        """One that sums say in whole numbers, in a part of the time that is left."""
        how = self._settings(SHARE_OF_SUMS * self.clock.remaining()), self.clock.cancelled
        bound, spent = bound_below(target, possibilities, strained, *how)
        self.clock.spent += spent
        return bound

    def may_refute(self, variant: Variant, target: int) -> bool:
        """Is it refuted, or was it never asked in whole numbers, with what is known by now?"""
        if self.best(variant).value >= target:
            return False
        return (variant, self.strained) not in self._whole or self.bound(variant) < target

    def knows(self, variant: Variant) -> bool:
        """Has this size a bound of its own?"""
        return variant in self._linear

    def _lower(self, variant: Variant, bound: int) -> None:
        self.bounds[variant] = min(bound, self.bounds.get(variant, bound))

    def is_settled(self, variant: Variant) -> bool:
        return self.best(variant).value >= self.bound(variant)

    def attempt(self, variant: Variant, seconds: float) -> None:
        """Schedule this size: first from what is known of others, then anew in this time.

        Where anything is known already, only as long as there is time for it; once the user has
        stopped, only what remains of another size.
        """
        if self.best(variant).meetings and not self._has_time():
            return
        if self.clock.cancelled():
            best = max(self.schedules.values(), key=lambda each: each.value, default=NOTHING)
            self._keep(variant, self._remaining(self.variants.problem_of(variant), best.meetings))
            return
        begun, left = self.clock.seconds, seconds
        self.attempts += 1
        self.adapt(variant)
        if not self.is_settled(variant) and not self.clock.over() and self._knows_what(variant):
            share = 1.0 if self.sums_decide else SHARE_OF_RESETTLING
            left = max(0.0, left - self._resettle(variant, share * left))
        if not self.is_settled(variant) and (self._pays(left) or not self.best(variant).meetings):
            self._solve(variant, left)
        self._trim(variant)
        self.overhead = max(self.overhead, self.clock.seconds - begun - seconds)

    def _knows_what(self, variant: Variant) -> bool:
        """To place, so that only when and where is open?"""
        return self.sums_decide or bool(self._to_resettle(variant).meetings)

    def _pays(self, seconds: float) -> bool:
        """To choose meetings anew; in less time than that takes beside, fewer are found. Steps do
        not count what is beside.
        """
        return self.clock.steps is not None or seconds > self.overhead

    def _has_time(self) -> bool:
        """For what an attempt takes besides its own time, as seen so far."""
        if self.clock.steps is not None:
            return not self.clock.over()
        return self.clock.remaining() > self.overhead

    def _solve(self, variant: Variant, seconds: float) -> float:
        """Returns what it took, as ``_resettle``."""
        begun = self.clock.seconds
        if self.clock.steps is not None:
            seconds = max(SHORTEST, seconds)
        settings = self._settings(seconds)
        schedule = solve(self.variants.problem_of(variant), settings, stop=self.clock.cancelled)
        self._keep(variant, schedule.meetings)
        bound = schedule.goals[0].bound
        if isinstance(bound, int):
            self._lower(variant, bound)
        return self._spent(begun, seconds)

    def _resettle(self, variant: Variant, seconds: float) -> float:
        """What sums say, where they decide, else the meetings of the best schedule that this size
        may hold as a whole. Returns what it took.
        """
        begun = self.clock.seconds
        best = self._to_resettle(variant)
        possibilities = self.possibilities(variant)
        known = () if self.sums_decide else best.meetings
        choice = Choice(frozenset(row.meeting for row in known), self.strained)
        rows = best.meetings or self.best(variant).meetings
        begin = self._remaining(possibilities.problem, rows)
        how = self._settings(seconds), self.clock.cancelled
        settled = resettle(possibilities, choice, begin, self.bound(variant), *how)
        self._keep(variant, settled.meetings)
        self._lower(variant, settled.bound)
        self.strained = settled.strained
        return self._spent(begun, settled.spent)

    @cached_property
    def sums_decide(self) -> bool:
        """What takes place, in the present event? Others are much like it."""
        possibilities, clock = self.possibilities(self.variants.now), self.clock
        if len(alike_slots(possibilities).size) < 2:
            return True
        seconds = SHARE_OF_SUMS * clock.remaining()
        variables = int(seconds / SECONDS_PER_VARIABLE)
        effort = LinearEffort(None if clock.steps is not None else seconds, 1, clock.late)
        slotwise = slotwise_bound(possibilities, effort, variables)
        if clock.steps is not None and slotwise is not None:
            clock.spent += SECONDS_PER_VARIABLE * slotwise.relaxation.size
        return slotwise is not None and is_decided_by_sums(possibilities, slotwise.bound)

    def _to_resettle(self, variant: Variant) -> Known:
        """The best schedule of another size that is better than this size's and may fit."""
        bound = self.bound(variant)
        possible = (each for each in self.schedules.values() if each.value <= bound)
        best = max(possible, key=lambda each: each.value, default=NOTHING)
        return best if best.value > self.best(variant).value else NOTHING

    def _spent(self, begun: float, seconds: float) -> float:
        """Since then; of steps so many seconds."""
        if self.clock.steps is None:
            return self.clock.seconds - begun
        self.clock.spent += seconds
        return seconds

    def adapt(self, variant: Variant) -> None:
        """The best schedules of a smaller and of the present event, and what fits in besides; once
        of each.
        """
        key = variant, self.best(variant).value, self.best(self.variants.now).value
        if key in self._adapted or self.is_settled(variant):
            return
        self._adapted.add(key)
        possibilities = self.possibilities(variant)
        known = (self.best(variant).meetings, self._now())
        possible = (self._remaining(possibilities.problem, meetings) for meetings in known)
        for meetings in dict.fromkeys(each for each in possible if each):
            self._keep(variant, fill_up(possibilities, meetings))

    def _trim(self, variant: Variant) -> None:
        """The same schedule belongs to smaller events too."""
        known = self.best(variant)
        self._keep(without_idle_slots(self.variants, variant, known.meetings), known.meetings)
        self._keep(*without_idle_tables(self.variants, variant, known.meetings))

    def _now(self) -> Meetings:
        return self.best(self.variants.now).meetings

    def _remaining(self, problem: Problem, meetings: Meetings) -> Meetings:
        """Those whose slots, place and interpreter are still there.

        Leaving meetings out breaks no rule but the one on breaks: then all have to remain.
        """
        rest = tuple(row for row in meetings if _is_possible(problem, row))
        tight = problem.rules.breaks_per_participant is not None
        return () if tight and len(rest) < len(meetings) else rest

    def _keep(self, variant: Variant, meetings: Meetings) -> None:
        """Only what the independent check accepts."""
        value = sum(self.weight_of[row.meeting] for row in meetings)
        if value <= self.best(variant).value:
            return
        found = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=meetings)
        if not violations(self.variants.problem_of(variant), found):
            self.schedules[variant] = Known(value, meetings)

    def _settings(self, seconds: float) -> Settings:
        own, seed = self.settings, self.settings.seed + self.attempts
        if self.clock.steps is not None:
            steps = max(1, int(seconds / STEP))
            return Settings(seconds=None, steps=steps, seed=seed, workers=own.workers)
        return Settings(seconds=max(0.0, seconds), seed=seed, workers=own.workers)

    def point(self, variant: Variant, count: int, added: int) -> Point:
        """What is known of this size, for the reader."""
        if not self.best(variant).meetings:
            self._keep(variant, self._remaining(self.variants.problem_of(variant), self._now()))
        known = self.best(variant)
        lifted = self.bound(variant)
        musts, value = self.variants.split(known.value)
        most_musts, bound = self.variants.split(lifted)
        return Point(
            count=count,
            added=added,
            value=value,
            bound=bound if musts == most_musts else self.variants.weight,
            proven=known.value == lifted,
            placed=len(known.meetings),
            musts_missing=self.variants.musts - musts,
        )


def _is_possible(problem: Problem, row: PlacedMeeting) -> bool:
    needed = problem.slot_by_id.get(row.slot)
    length = problem.meeting_by_id[row.meeting].length
    if needed is None or problem.slots_from(row.slot, length) is None:
        return False
    if row.place is not None and row.place not in problem.place_by_id:
        return False
    return row.interpreter is None or row.interpreter in problem.interpreter_by_id
