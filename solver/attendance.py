"""Can a participant take one more meeting in these slots? If not, which rule says so?"""

from __future__ import annotations

from dataclasses import replace

from solver.breaks import breaks_of, run_around
from solver.problem import Limit, Participant
from solver.roster import Roster
from solver.schedule import Reason

Span = tuple[int, ...]
ASKED = ("absent", "busy", "max_meetings", "max_in_a_row", "breaks", "limits")  # in this order


def least_in_the_way(reasons: list[Reason]) -> Reason:
    """Where any one of several may come and none can: those who got furthest in the questions.

    Without this rule for one of them the side has somebody whom it keeps no longer.
    """
    rule = max((reason.rule for reason in reasons), key=ASKED.index)
    mine = [reason for reason in reasons if reason.rule == rule]
    if len(mine) == 1:
        return mine[0]
    people = {person for reason in mine for person in reason.participants}
    meetings = {meeting for reason in mine for meeting in reason.meetings}
    return replace(mine[0], participants=tuple(sorted(people)), meetings=tuple(sorted(meetings)))


class Attendance:
    """Questions about people to one roster, in the state in which it is."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.possibilities = roster.possibilities
        self.problem = roster.problem
        self.limits: dict[str, list[Limit]] = {}
        for limit in self.problem.limits:
            for person in limit.participants:
                self.limits.setdefault(person, []).append(limit)

    def obstacle(self, person: str, span: Span) -> Reason | None:
        """The rule that keeps one participant from one more meeting in these slots."""
        known = self.possibilities.participants[person]
        if not self.possibilities.attends(person, span):
            return self.reason("absent", span, person)
        held = self.roster.held[person]
        in_the_way = [held[slot] for slot in span if len(held.get(slot, ())) >= known.seats]
        if in_the_way:
            meetings = tuple(sorted({meeting for each in in_the_way for meeting in each}))
            return self.reason("busy", span, person, meetings)
        mine = self.roster.meetings_of[person]
        if known.max_meetings is not None and len(mine) >= known.max_meetings:
            return self.reason("max_meetings", (), person, tuple(sorted(mine)))
        if rule := self._day_obstacle(known, span):
            return self.reason(rule, span, person)
        for limit in self.limits.get(person, ()):
            if not limit.together and not self.limit_allows(limit, (person,), span):
                return self.reason("limits", (), person)
        return None

    def reason(self, rule: str, span: Span, person: str, meetings: tuple[str, ...] = ()) -> Reason:
        slots = tuple(self.problem.slots[slot].id for slot in span)
        return Reason(rule=rule, participants=(person,), slots=slots, meetings=meetings)

    def _day_obstacle(self, person: Participant, span: Span) -> str | None:
        if person.seats > 1:
            return None
        if self.too_long_a_run(person, span):
            return "max_in_a_row"
        return "breaks" if self.too_many_breaks(person, span) else None

    def too_many_breaks(self, person: Participant, span: Span) -> bool:
        """With one more meeting in these slots (of somebody with one seat)."""
        most = self.problem.rules.breaks_per_participant
        if most is None:
            return False
        busy = set(self.roster.held[person.id])
        alone = self.possibilities.kept_breaks(person.id)
        return breaks_of(self.possibilities, person.id, busy | set(span)) > max(most, alone)

    def too_long_a_run(self, person: Participant, span: Span) -> bool:
        if person.max_in_a_row is None:
            return False
        busy = set(self.roster.held[person.id])
        session = self.possibilities.session_of[span[0]]
        return run_around(busy | set(span), session, span[0]) > person.max_in_a_row

    def limit_allows(self, limit: Limit, people: tuple[str, ...], span: Span) -> bool:
        slots = {self.problem.slot_position[slot] for slot in limit.slots}
        mine = {each for person in people for each in self.roster.meetings_of[person]}
        begun = sum(1 for each in mine if self.roster.span[each][0] in slots)
        starts_here = span[0] in slots
        if limit.max_meetings is not None and starts_here and begun >= limit.max_meetings:
            return False
        if limit.free_slots is None:
            return True
        busy = {slot for person in people for slot in self.roster.held[person]} & slots
        after = busy | (set(span) & slots)
        return len(after) == len(busy) or len(slots) - len(after) >= limit.free_slots

    def together_obstacle(self, people: tuple[str, ...], span: Span) -> Reason | None:
        for limit in self.problem.limits:
            concerned = limit.together and not set(people).isdisjoint(limit.participants)
            if concerned and not self.limit_allows(limit, limit.participants, span):
                return Reason(rule="limits", participants=limit.participants)
        return None

    def breaks_allowed(self, person: str) -> bool:
        """After meetings were taken out: does the person still have few enough breaks?"""
        most = self.problem.rules.breaks_per_participant
        if most is None or self.possibilities.participants[person].seats > 1:
            return True
        busy = self.roster.held[person]
        alone = self.possibilities.kept_breaks(person)
        return breaks_of(self.possibilities, person, busy) <= max(most, alone)
