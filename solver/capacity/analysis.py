"""The analysis of an event's capacity within a limit of time, and its parts as calls."""

from __future__ import annotations

from solver.canonical import problem_sha256
from solver.capacity.curves import Course
from solver.capacity.curves import courses as all_courses
from solver.capacity.dimension import Box, Dimension
from solver.capacity.findings import Capacity, Curve, Fewest
from solver.capacity.impossible import overloads, unplaceable
from solver.capacity.lengths import Lengths
from solver.capacity.outlines import Outline
from solver.capacity.prices import bottlenecks
from solver.capacity.search import Search
from solver.capacity.trials import Trials
from solver.capacity.variants import Variants
from solver.clock import Clock
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import Unplaced
from solver.settings import Settings, StopSignal

PARTS = ("tables", "slots", "curves")
REACH = 3  # steps of a curve to either side
SHARE_OF_TOP = 0.4  # of the time that is left, for the target of a search
KEPT_FROM_LENGTHS = 0.7  # of the time that is left, for all but the fewest slots
SHARE_OF_NOW = 1 / 8
KEPT_FOR_CURVES = 0.3  # of the time that is left then
SHARE_OF_CURVES = 0.8  # of the time that is left then
SHARE_OF_POINT = 0.2  # of that, for the next point; the first ones are the likeliest to be built
NO_TABLES = "The problem lists no places: no tables are needed."
NO_SESSIONS = "There are no sessions that could be longer."
BREAKS = (
    "Breaks are limited over whole days or the event: a slot more may be a break more, so "
    "numbers of slots are not compared."
)


def analyse(
    problem: Problem,
    settings: Settings | None = None,
    stop: StopSignal | None = None,
    *,
    parts: tuple[str, ...] = PARTS,
    reach: int = REACH,
) -> Capacity:
    """Everything about the event's capacity that can be found out in the settings' time.

    ``parts`` are some of ``PARTS``; ``reach`` is how far curves go. ``stop`` is asked several
    times a second and ends the analysis with what is known: intervals are then wider, all that
    is said stays true. Published meetings and ``now`` are not looked at: it is before the event.
    """
    return Analysis(problem, settings or Settings(seconds=30.0), stop).answer(parts, reach)


def fewest_tables(
    problem: Problem, settings: Settings | None = None, stop: StopSignal | None = None
) -> Fewest | None:
    """The fewest plain tables for the given slots; None where no places are needed."""
    return analyse(problem, settings, stop, parts=("tables",)).tables


def fewest_slots(
    problem: Problem, settings: Settings | None = None, stop: StopSignal | None = None
) -> Fewest | None:
    """The fewest slots for the given tables; None where they cannot be compared (see docs)."""
    return analyse(problem, settings, stop, parts=("slots",)).slots


def capacity_curves(
    problem: Problem,
    settings: Settings | None = None,
    stop: StopSignal | None = None,
    reach: int = REACH,
) -> tuple[Curve, ...]:
    """What more or fewer tables, slots, half-hours and interpreters give."""
    return analyse(problem, settings, stop, parts=("curves",), reach=reach).curves


class Analysis:
    def __init__(self, problem: Problem, settings: Settings, stop: StopSignal | None) -> None:
        self.problem = problem
        self.settings = settings
        self.clock = Clock(settings, stop)
        self.variants = Variants(problem)
        self.trials = Trials(self.variants, settings, self.clock)
        self.remarks: list[str] = []

    def answer(self, parts: tuple[str, ...], reach: int) -> Capacity:
        scarce = bottlenecks(Possibilities(self.variants.problem))
        crowded = overloads(self.variants.problem)
        searches = {part: self._search(part) for part in PARTS[:2] if part in parts}
        lost = {part: self._unplaceable(search) for part, search in searches.items()}
        now = self.variants.now
        running = [search for search in searches.values() if search is not None]
        for search in reversed(running):  # what lengths say is known soon
            self.trials.attempt(search.dimension.top, SHARE_OF_TOP * self.clock.remaining())
            if search.lengths is not None:
                self._narrow([search], keep=KEPT_FROM_LENGTHS)
        self.trials.attempt(now, SHARE_OF_NOW * self.clock.remaining())
        courses = all_courses(self.variants, reach) if "curves" in parts else []
        self._narrow(running, keep=KEPT_FOR_CURVES if courses else 0.0)
        self._follow(courses)
        self._narrow(running, keep=0.0)
        tables, slots = (self._fewest(searches.get(part), lost.get(part, ())) for part in PARTS[:2])
        return Capacity(
            problem_sha256=problem_sha256(self.problem),
            meetings=len(self.problem.meetings),
            weight=self.variants.weight,
            now=self.trials.point(now, sum(now.tables), 0),
            overloads=crowded,
            bottlenecks=scarce,
            tables=tables,
            slots=slots,
            curves=tuple(course.curve(self.trials) for course in courses),
            remarks=tuple(self.remarks),
            seconds=None if self.settings.steps is not None else round(self.clock.seconds, 3),
            seed=self.settings.seed,
        )

    def _search(self, part: str) -> Search | None:
        """None, and a remark, where nothing can be more or fewer."""
        variants, trials = self.variants, self.trials
        if part == "tables":
            if not variants.kinds:
                self.remarks.append(NO_TABLES)
                return None
            box = Box((0,) * len(variants.kinds), variants.most_tables())
            outline = Outline(variants.hall, trials)
            return Search(trials, Dimension("tables", variants.now, box), outline)
        if not variants.slots_may_be_compared() or not variants.ends:
            self.remarks.append(BREAKS if variants.ends else NO_SESSIONS)
            return None
        low = tuple(-len(end.slots) for end in variants.ends)
        box = Box(low, variants.most_slots())
        here = len(self.problem.slots)
        dimension = Dimension("slots", variants.now, box)
        lengths = Lengths(trials, dimension)
        outline = Outline(lambda added: variants.outline(here + added), trials)
        return Search(trials, dimension, outline, lengths)

    def _narrow(self, searches: list[Search], keep: float) -> None:
        """Each open search in its turn; ``keep`` is the share of the time that others get."""
        kept = keep * self.clock.remaining()
        searches = [search for search in searches if search.least() < search.most()]
        for number, search in enumerate(searches):
            spare = self.clock.remaining() - kept
            search.run(kept + spare * (1 - 1 / (len(searches) - number)))

    def _follow(self, courses: list[Course]) -> None:
        """Bounds of all points first, then what fits in beside schedules that are known, then as
        many points as there is time for: the nearest first, but where more promises nothing,
        the farthest, which may settle all before it.
        """
        added = {stop.variant: stop.added for course in courses for stop in course.stops}
        largest_first = sorted(added, key=lambda each: -added[each])  # bounds some of the others
        for learn in (self.trials.bound, self.trials.adapt):
            for variant in largest_first:
                if not self.clock.over():
                    learn(variant)
        order = sorted(added, key=lambda each: (self.trials.bound(each), -added[each]))
        for number, variant in enumerate(order):
            left = SHARE_OF_CURVES * self.clock.remaining()
            if not self.clock.over():
                self.trials.attempt(variant, left * max(SHARE_OF_POINT, 1 / (len(order) - number)))

    def _unplaceable(self, search: Search | None) -> tuple[Unplaced, ...]:
        return unplaceable(self.variants.problem_of(search.dimension.top)) if search else ()

    def _fewest(self, search: Search | None, lost: tuple[Unplaced, ...]) -> Fewest | None:
        if search is None:
            return None
        dimension = search.dimension
        names, here = self._kinds_of(dimension)
        vector, now = dimension.vector(search.reached()), dimension.vector(self.variants.now)
        changes = (size - before for size, before in zip(vector, now, strict=True))
        mix = tuple((name, n + more) for name, n, more in zip(names, here, changes, strict=True))
        most = sum(count for _, count in mix)
        top = dimension.top
        return Fewest(
            now=sum(here),
            at_least=most - search.most() + search.least(),
            at_most=most,
            mix=mix,
            reached=self.trials.point(top, most, most - sum(here)),
            unplaceable=lost,
        )

    def _kinds_of(self, dimension: Dimension) -> tuple[list[str], list[int]]:
        if dimension.name == "tables":
            kinds = self.variants.kinds
            return [kind.zone or "tables" for kind in kinds], [len(kind.tables) for kind in kinds]
        ends = self.variants.ends
        return [end.session for end in ends], [len(end.slots) for end in ends]
