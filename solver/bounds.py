"""What no schedule can beat, known before any search.

The *matching bound* forgets the slots and keeps the sums: each participant takes at most as many
slot-long meetings as seats and attended slots allow, all meetings together at most what the
places hold (a b-matching). The *slot-wise bound* keeps these sums in every class of slots, which
is stronger where people are absent; see ``slot_classes``. Both are counted in whole numbers from
the prices of a linear programme; see ``relaxation``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.linear import LinearEffort, solve_linear
from solver.possibilities import Possibilities
from solver.relaxation import Real, Relaxation
from solver.relaxed_rules import count_variables, relax
from solver.slot_classes import alike_slots, one_class, sessions_as_classes

LEAST_SHARE = 0.01  # of a meeting; below, the solver left it out
MOST_VARIABLES = 1_500_000  # of a slot-wise programme
AT_ONCE = LinearEffort(seconds=None, threads=1, stop=lambda: False)


@dataclass(frozen=True)
class Slotwise:
    """The slot-wise linear programme, solved.

    For variable v of ``relaxation`` (a meeting in a class of slots) ``taken[v]`` between 0 and 1
    is how much of it the optimum takes, and ``margin[v]`` what the meeting earns there above
    what people, places and interpreters cost. Variables with a margin below 0 are in no best
    solution of the programme; a meeting whose margins are all below 0 is in none at all. From
    the simplex ``taken`` is mostly 0 or 1 (``is_vertex``); from the first-order method it is
    spread over all best solutions.
    """

    bound: int
    relaxation: Relaxation
    taken: Real
    margin: Real

    @property
    def is_vertex(self) -> bool:
        return bool(np.mean((self.taken > 0.01) & (self.taken < 0.99)) < 0.1)

    def chosen(self) -> dict[str, float]:
        """How much of each meeting the optimum takes, over all classes."""
        return _by_meeting(self.relaxation, self.taken)

    def by_start(self, possibilities: Possibilities) -> dict[str, dict[int, float]]:
        """For each meeting that the optimum takes: how much of it in each start slot, a class
        spread evenly over those of its slots in which the meeting may start.
        """
        relaxation = self.relaxation
        used = np.flatnonzero(self.taken > LEAST_SHARE)
        found: dict[str, dict[int, float]] = {}
        known: dict[tuple[int, tuple[int, ...], int], list[int]] = {}
        for variable, share in zip(used.tolist(), self.taken[used].tolist(), strict=True):
            meeting = relaxation.meetings[relaxation.meeting[variable]]
            number = int(relaxation.span[variable])
            starts = possibilities.starts[meeting.id]
            key = meeting.length, starts, number
            if key not in known:
                span_of = {start: possibilities.span(meeting, start) for start in starts}
                wanted = relaxation.spans[number]
                known[key] = [s for s in starts if relaxation.classes.span(span_of[s]) == wanted]
            mine = found.setdefault(meeting.id, {})
            for start in known[key]:
                mine[start] = mine.get(start, 0.0) + share / len(known[key])
        return found


@dataclass(frozen=True, slots=True)
class Matching:
    """``bound`` on the sum of weights; ``chosen``: how much of each meeting the optimum takes;
    ``slotwise``: when and where it takes it, where that is known.
    """

    bound: int
    chosen: dict[str, float]
    slotwise: Slotwise | None = None


def matching_bound(possibilities: Possibilities, effort: LinearEffort = AT_ONCE) -> Matching:
    """Upper bound of ``wishes`` that holds for every schedule of the problem."""
    relaxation = relax(possibilities, one_class(possibilities))
    solution = solve_linear(relaxation, effort)
    return Matching(relaxation.bound(solution.prices), _by_meeting(relaxation, solution.taken))


def slotwise_bound(
    possibilities: Possibilities, effort: LinearEffort = AT_ONCE, most: int = MOST_VARIABLES
) -> Slotwise | None:
    """A bound that is mostly stronger; None where it cannot be, or where the programme would
    have more than ``most`` variables.
    """
    for classes in (alike_slots(possibilities), sessions_as_classes(possibilities)):
        if len(classes.size) < 2:
            return None
        if count_variables(possibilities, classes) <= most:
            relaxation = relax(possibilities, classes)
            solution = solve_linear(relaxation, effort)
            bound = relaxation.bound(solution.prices)
            margin = relaxation.margins(solution.prices)
            return Slotwise(bound, relaxation, solution.taken, margin)
    return None


def _by_meeting(relaxation: Relaxation, taken: Real) -> dict[str, float]:
    sums = np.bincount(relaxation.meeting, weights=taken, minlength=len(relaxation.meetings))
    found: dict[str, float] = {}
    for meeting, share in zip(relaxation.meetings, sums.tolist(), strict=True):
        found[meeting.id] = found.get(meeting.id, 0.0) + share
    return found


def missing_for_sure(possibilities: Possibilities) -> int:
    """Lower bound of ``minimum``."""
    most = possibilities.reach
    people = possibilities.participants
    return sum(max(0, person.min_meetings - most[name]) for name, person in people.items())


def worse_off_for_sure(possibilities: Possibilities, level: int) -> int:
    """Lower bound of one level of ``worst_off``: those who cannot have more meetings."""
    most = possibilities.reach
    return sum(1 for name, wanted in possibilities.degree.items() if wanted > level >= most[name])
