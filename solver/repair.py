"""The goals of a schedule that is repaired: few changes first, proven, and then all the rest.

What surely stays (``standing``) is fixed. Then few meetings are left to decide, and because no
other schedule has so few changes, what is proven of them is proven of the whole problem. Where
the fewest changes, or the ``minimum`` before them, cannot be shown to be reached in this way, the
whole model is searched as for any problem.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from solver.bounds import matching_bound, missing_for_sure
from solver.breaks import breaks_of
from solver.clock import Interrupted
from solver.hints import hint
from solver.model import build
from solver.moves import moves_of
from solver.objective import GOALS, Target, set_objective
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Goal, Meeting
from solver.roster import Roster
from solver.schedule import Conflict, PlacedMeeting
from solver.search import Effort, Outcome, search
from solver.shortage import missing_at_least
from solver.stages import Stages
from solver.standing import fill_in, put_back, stand
from solver.turns import SHARE, improve, take_turn

(MINIMUM,), (STABILITY,) = GOALS["minimum"], GOALS["stability"]


class Repair:
    """Steers the stages: ``freeze`` what stands, ``thaw`` it again where that is not enough."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.all = stages.possibilities
        roster = put_back(self.all)
        self.standing = standing = stand(self.all, roster)
        self.fixed = self._what_stands(roster)
        self.beside = self._beside_what_stands()
        stages.placed = fill_in(roster, self.beside)
        self.least = len(standing.broken)  # no schedule has fewer changes
        stages.known_bounds["stability"] = self.least

    @property
    def decisive(self) -> bool:
        """Does a contradiction beside what stands hold without it too? (Breaks can be mended.)"""
        return self.all.problem.rules.breaks_per_participant is None

    def freeze(self) -> None:
        self.stages.frozen = self.fixed
        self.stages.possibilities = narrow = self.beside
        self.stages.whole = None
        free = self.stages.free_meetings()
        weights = {each.id: each.weight for each in narrow.meetings}
        names = {*self.fixed.placed, *(each.id for each in free)}
        self.stages.known_bounds["wishes"] = sum(weights[name] for name in names)
        self._count_settled(free)

    def _count_settled(self, free: Iterable[Meeting]) -> None:
        """Breaks and moves of people whose whole day stands: they are in every schedule."""
        touched = {person for each in free for person in each.people()}
        breaks = moves = 0
        for name, known in self.all.participants.items():
            if known.seats == 1 and name not in touched:
                breaks += breaks_of(self.all, name, self.fixed.held.get(name, ()))
                moves += moves_of(self.fixed, name)
        self.stages.known_bounds |= {"breaks": breaks, "moves": moves}

    def thaw(self) -> None:
        self.stages.frozen = None
        self.stages.possibilities = self.all
        self.stages.whole = None
        self.stages.known_bounds |= {
            "wishes": matching_bound(self.all).bound,
            "breaks": 0,
            "moves": 0,
        }

    def _what_stands(self, roster: Roster) -> Roster:
        """The roster itself where all that was put back stands."""
        stands = {*self.all.published.kept, *self.standing.stands}
        if stands == roster.placed.keys():
            return roster
        return Roster(self.all).load(self.standing.stands.values())

    def _beside_what_stands(self) -> Possibilities:
        """The same possibilities, without starts that what stands makes impossible."""
        openings = Openings(self.fixed)
        narrow = copy(self.all)
        position = self.all.problem.slot_position
        fixed: dict[str, tuple[int, ...]] = dict.fromkeys(self.all.published.kept, ())
        for name, row in self.standing.stands.items():
            fixed[name] = (position[row.slot],)
        narrow.starts = {
            meeting.id: fixed[meeting.id]
            if meeting.id in fixed
            else tuple(self._starts(openings, meeting))
            for meeting in self.all.meetings
        }
        return narrow

    def _starts(self, openings: Openings, meeting: Meeting) -> Iterable[int]:
        starts = openings.likely_starts(meeting)
        if not self.decisive:
            return starts
        return (s for s in starts if isinstance(openings.find(meeting, s), PlacedMeeting))

    # -- the goals ----------------------------------------------------------------------

    def improve(self, goals: tuple[Goal, ...]) -> None:
        """All goals in turn; what stands stays fixed where that is proven to be the best."""
        stages = self.stages
        if not self.standing.counted and self.decisive and not stages.relaxed:
            self._search_least()
        position = [goal.goal for goal in goals].index("stability")
        for goal in goals[:position]:
            self._improve_minimum(goal, self._seconds_for(goals, goal))
        stability = goals[position]
        if self._reach_least() or stages.relaxed:
            stages.settle(STABILITY, stability, self.least)
        else:
            self.thaw()
            take_turn(stages, STABILITY, stability, self._seconds_for(goals, stability))
        self._hold(self._is_settled(stability) or stages.relaxed)
        improve(stages, goals[position + 1 :])

    def count(self, goals: tuple[Goal, ...]) -> None:
        """Without time to search: the bounds that are counted, beside what stands where it may."""
        position = [goal.goal for goal in goals].index("stability")
        for goal in goals[:position]:
            self.stages.settle(MINIMUM, goal, missing_for_sure(self.all))
        self.stages.settle(STABILITY, goals[position], self.least)
        if self._is_settled(goals[position]):
            self.freeze()

    def _hold(self, held: bool) -> None:
        """Freeze or thaw where it is not so already."""
        if held != (self.stages.possibilities is not self.all):
            self.freeze() if held else self.thaw()

    def _is_settled(self, stability: Goal) -> bool:
        """Do later goals have to keep what stands?"""
        value = self.stages.value_of(STABILITY)
        return value == self.least and stability.allowance(value) == 0

    def _seconds_for(self, goals: tuple[Goal, ...], goal: Goal) -> float:
        later = goals[goals.index(goal) :]
        shares = [SHARE.get(each.goal, 2.0) for each in later]
        return self.stages.clock.remaining() * shares[0] / sum(shares)

    def _search_least(self) -> None:
        """Some clash: how many have to change, beside nothing but what has to be."""
        stages = self.stages
        wanted = [e for e in stages.free_meetings() if e.id in self.standing.unsettled]
        v = build(stages.possibilities, self.fixed, wanted, relaxed=stages.relaxed)
        set_objective(v, STABILITY)
        effort = Effort(stages.clock.remaining() / 2)
        found = search(v.model, stages.clock, stages.settings, effort, lambda value, bound: None)
        if found.outcome in (Outcome.PROVEN, Outcome.FOUND):
            self.least = max(self.least, found.bound or 0)
            stages.known_bounds["stability"] = self.least

    def _improve_minimum(self, goal: Goal, seconds: float) -> None:
        """``minimum`` comes before few changes: beside what stands where a bound allows it."""
        stages = self.stages
        target = MINIMUM
        bound = missing_at_least(self.all, stages.placed, stages.clock, stages.settings)
        stages.known_bounds["minimum"] = bound
        stages.tell(target, stages.value_of(target), bound)
        if stages.value_of(target) != bound:
            self._attempt(target, seconds / 2, bound)
        if stages.value_of(target) == bound or stages.relaxed:
            stages.settle(target, goal, bound)
            return
        self.thaw()
        take_turn(stages, target, goal, seconds / 2)
        self.freeze()

    def _reach_least(self) -> bool:
        stages = self.stages
        value = stages.value_of(STABILITY)
        stages.tell(STABILITY, value, self.least)
        if value != self.least:
            self._attempt(STABILITY, stages.clock.remaining() / 2, self.least)
        return stages.value_of(STABILITY) == self.least

    def _attempt(self, target: Target, seconds: float, bound: int) -> None:
        """Improve one target beside what stands; what CP-SAT proves of it is not used."""
        stages = self.stages
        try:
            v = stages.model()
        except Interrupted:
            return
        set_objective(v, target)
        hint(v, stages.placed.values())
        effort = Effort(seconds, good_enough=bound)
        news = stages.news(target, bound)
        found = search(
            v.model, stages.clock, stages.settings, effort, lambda value, _: news(value, None)
        )
        v.model.clear_objective()  # type: ignore[no-untyped-call]
        stages.take(v, found, target)

    # -- where it cannot be ---------------------------------------------------------------

    def conflict(self) -> Conflict | None:
        """Where more meetings break a rule alone than may change: the rules that are enough."""
        most = self.all.problem.rules.max_changes
        broken = self.standing.broken.values()
        if most is None or len(broken) <= most:
            return None
        rules = sorted({rule for each in broken for rule in each})
        for rule in tuple(rules):
            fewer = set(rules) - {rule}
            if sum(not fewer.isdisjoint(each) for each in broken) > most:
                rules.remove(rule)
        text = f"Published meetings that {', '.join(rules)} forbids are more than {most}, "
        return Conflict(rules=(*rules, "changes"), text=text + "which is all that may change.")
