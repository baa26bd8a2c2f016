"""Placing a meeting by moving others: what is in its way goes elsewhere, or out.

For every start what is in the way is taken out, the meeting is put in, and what was taken out is
seated again, heavy before light. The starts are tried in the order of what they are likely to
cost; the schedule is as before in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from solver.attendance import Span
from solver.chains import Chains
from solver.completion import extra_cost
from solver.facts import Fact
from solver.obstacles import Survey
from solver.problem import Meeting
from solver.schedule import PlacedMeeting
from solver.ways import Choice

MOST_TRIES = 6  # starts that are really tried
ENOUGH = 2  # tries that cost no more than the next one promises
MOST_COUNTED = 2  # of them are looked at exactly
ROUNDS = 3  # of taking out what is still in the way
PLACES_TRIED = 4  # openings looked at for one meeting that has to move
Moves = dict[str, PlacedMeeting | None]
Leavers = Callable[[Choice, Fact, frozenset[str]], frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would have to leave for one choice, and the weight that this is likely to cost."""

    choice: Choice
    leaving: frozenset[str]
    risk: int


class Swaps:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.openings = survey.openings
        self.roster = survey.roster
        self.possibilities = survey.possibilities
        self.problem = survey.problem
        self.chains = Chains(survey.openings)
        self._mobile: dict[str, bool] = {}
        self._seated: dict[tuple[tuple[str, ...], Span], list[frozenset[str]]] = {}
        self.leavers: dict[str, Leavers] = {
            "busy": self._busy,
            "travel": self._all,
            "after": self._all,
            "exclusive": self._all,
            "max_meetings": self._any,
            "interpreter": self._any,
            "place_taken": self._sitting,
        }

    def find(self, meeting: Meeting, choices: list[Choice]) -> Iterator[Moves]:
        """Moves that let the meeting in, the meeting itself left out; cheap ones first."""
        plans = [plan for choice in choices if (plan := self.plan(choice)) is not None]
        plans.sort(key=lambda plan: (plan.risk, len(plan.leaving), plan.choice.option.start))
        tries: list[tuple[int, int, Moves]] = []
        for plan in plans[:MOST_TRIES]:
            if sum(lost <= plan.risk for lost, _, _ in tries) >= ENOUGH:
                break
            moves = self._try(meeting, plan, chained=not tries)
            if moves is not None:
                lost = sum(self._weight(name) for name, row in moves.items() if row is None)
                tries.append((lost, len(tries), moves))
        least = min((lost for lost, _, _ in tries), default=0)
        yield from [moves for lost, _, moves in tries if lost == least][:MOST_COUNTED]

    def plan(self, choice: Choice) -> Plan | None:
        """None where something other than movable meetings is in the way."""
        leaving: frozenset[str] = frozenset()
        for fact in choice.facts:
            find = self.leavers.get(fact.rule)
            names = find(choice, fact, leaving) if find is not None else None
            if names is None or not all(map(self.roster.movable, names)):
                return None
            leaving |= names
        return Plan(choice, leaving, self.risk(leaving)) if leaving else None

    def _one_of(
        self, sets: Iterable[frozenset[str]], leaving: frozenset[str]
    ) -> frozenset[str] | None:
        """Those that leave anyway, or the set that is likely to cost least."""
        best: tuple[tuple[int, list[str]], frozenset[str]] | None = None
        for names in sets:
            if names <= leaving:
                return names
            key = self.risk(names), sorted(names)
            if (best is None or key < best[0]) and all(map(self.roster.movable, names)):
                best = key, names
        return best[1] if best is not None else None

    def _all(self, _choice: Choice, fact: Fact, _leaving: frozenset[str]) -> frozenset[str]:
        return frozenset(fact.meetings)

    def _any(self, _choice: Choice, fact: Fact, leaving: frozenset[str]) -> frozenset[str] | None:
        return self._one_of((frozenset([name]) for name in fact.meetings), leaving)

    def _busy(self, choice: Choice, fact: Fact, leaving: frozenset[str]) -> frozenset[str] | None:
        one_seat = self.possibilities.participants[fact.participants[0]].seats == 1
        return (self._all if one_seat else self._any)(choice, fact, leaving)

    def _sitting(
        self, choice: Choice, fact: Fact, leaving: frozenset[str]
    ) -> frozenset[str] | None:
        """Those who sit then at one of the places that it could use."""
        key = fact.subject, fact.slots
        if key not in self._seated:
            sets = list(self._sets_at(choice, fact))
            sets.sort(key=lambda names: (self.risk(names), sorted(names)))
            self._seated[key] = [names for names in sets if all(map(self.roster.movable, names))]
        known = self._seated[key]
        if any(names <= leaving for names in known):
            return leaving
        return known[0] if known else None

    def _sets_at(self, choice: Choice, fact: Fact) -> Iterator[frozenset[str]]:
        cast, option = choice.option.cast, choice.option
        pools = option.pools if fact.subject == tuple(p.name for p in option.pools) else ()
        rooms = cast.rooms if cast is not None else ()
        places = {place.id for pool in pools or rooms for place in pool.places}
        sitting: dict[str, set[str]] = {}
        for slot in fact.slots:
            for name in self.survey.meetings_in(slot):
                for used in places & {
                    self.roster.placed[name].place,
                    self.roster.placed[name].room,
                }:
                    sitting.setdefault(used, set()).add(name)
        for _, names in sorted(sitting.items()):
            if len(fact.slots) > 1:
                yield frozenset(names)
            else:
                yield from (frozenset([name]) for name in sorted(names))

    def risk(self, names: AbstractSet[str]) -> int:
        """The weight of those that cannot simply go elsewhere."""
        return sum(self._weight(name) for name in names if not self._is_mobile(name))

    def _weight(self, name: str) -> int:
        meeting = self.problem.meeting_by_id[name]
        return meeting.weight + (10**12 if meeting.must else 0)

    def _is_mobile(self, name: str) -> bool:
        if name not in self._mobile:
            meeting = self.problem.meeting_by_id[name]
            here = self.roster.start(name)
            likely = self.openings.likely_starts(meeting)
            self._mobile[name] = any(
                start != here and self._has_room(meeting, start) for start in likely
            )
        return self._mobile[name]

    def _has_room(self, meeting: Meeting, start: int) -> bool:
        span = self.possibilities.span(meeting, start)
        pools = [cast.pools for cast in self.possibilities.casts[meeting.id]]
        return any(not each or self.survey.has_room(each, span) for each in pools)

    def _try(self, meeting: Meeting, plan: Plan, *, chained: bool) -> Moves | None:
        """What moves, and what leaves (None); the schedule is put back. ``chained``: where
        nothing is free, slots may be swapped along Kempe chains (that takes long).
        """
        mark = len(self.roster.journal)
        before = {name: self.roster.remove(name) for name in sorted(plan.leaving)}
        moves: Moves | None = None
        if self._enter(meeting, plan.choice.option.start, before):
            self._settle(before, chained=chained)
            if self.chains.days_hold(list(before.values())):
                moves = {name: self.roster.placed.get(name) for name in self._touched(mark)}
                moves.pop(meeting.id)
        self.roster.undo_to(mark)
        return moves

    def _touched(self, mark: int) -> list[str]:
        return sorted({row.meeting for _, row in self.roster.journal[mark:]})

    def _enter(self, meeting: Meeting, start: int, before: dict[str, PlacedMeeting]) -> bool:
        for _ in range(ROUNDS):
            answer = self.openings.find(meeting, start)
            if isinstance(answer, PlacedMeeting):
                self.roster.add(answer)
                return True
            names = [name for name in answer.meetings if self.roster.movable(name)]
            if not names or len(names) < len(answer.meetings):
                return False
            before.update({name: self.roster.remove(name) for name in names})
        return False

    def _settle(self, before: dict[str, PlacedMeeting], *, chained: bool) -> None:
        order = sorted(before, key=lambda name: (-self._weight(name), name))
        for name in order:
            meeting = self.problem.meeting_by_id[name]
            best = self._best_opening(meeting, before[name])
            if best is not None:
                self.roster.add(best)
            elif chained:
                self.chains.insert(meeting)

    def _best_opening(self, meeting: Meeting, before: PlacedMeeting) -> PlacedMeeting | None:
        """The one where it was if it can be, else of a few the one with fewest breaks and moves."""
        if self.openings.allows(meeting, before):
            return before
        found = []
        for start in self.openings.likely_starts(meeting):
            answer = self.openings.find(meeting, start)
            if isinstance(answer, PlacedMeeting):
                found.append(answer)
                if len(found) == PLACES_TRIED:
                    break
        return min(found, key=lambda row: extra_cost(self.openings, row), default=None)
