"""What keeps one participant from a meeting: every rule that does, not only the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from solver.attendance import Span
from solver.openings import Openings
from solver.problem import Participant


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so. ``slots`` are positions; ``subject`` says what is meant beside
    people: a limit by its number, pools of places by their names, languages.
    """

    rule: str
    participants: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    slots: Span = ()
    meetings: tuple[str, ...] = ()


class Presence:
    """Facts about people in one schedule; what is found is kept for the next question."""

    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.attendance = openings.attendance
        self.roster = openings.roster
        self.possibilities = openings.possibilities
        self.problem = openings.problem
        self._known: dict[tuple[str, Span, str | None], tuple[Fact, ...]] = {}
        self.limits: dict[str, list[int]] = {}
        for number, limit in enumerate(self.problem.limits):
            for person in limit.participants:
                self.limits.setdefault(person, []).append(number)

    def facts(self, person: str, span: Span, zone: str | None) -> tuple[Fact, ...]:
        """All that keeps the person from one more meeting in these slots, in this zone."""
        key = person, span, zone if self.openings.roads else None
        if key not in self._known:
            known = self.possibilities.participants[person]
            self._known[key] = (
                *self._time_facts(known, span),
                *self._day_facts(known, span),
                *self._limit_facts(person, span),
                *self._travel_facts(known, span, key[2]),
            )
        return self._known[key]

    def _time_facts(self, known: Participant, span: Span) -> Iterator[Fact]:
        held = self.roster.held[known.id]
        for slot in span:
            if not self.possibilities.attends(known.id, (slot,)):
                yield Fact("absent", (known.id,), slots=(slot,))
            meetings = held.get(slot, ())
            if len(meetings) >= known.seats:
                yield Fact("busy", (known.id,), slots=(slot,), meetings=tuple(sorted(meetings)))
        mine = self.roster.meetings_of[known.id]
        if known.max_meetings is not None and len(mine) >= known.max_meetings:
            yield Fact("max_meetings", (known.id,), meetings=tuple(sorted(mine)))

    def _day_facts(self, known: Participant, span: Span) -> Iterator[Fact]:
        if known.seats > 1:
            return
        if self.attendance.too_long_a_run(known, span):
            yield Fact("max_in_a_row", (known.id,), slots=(span[0],))
        if self.attendance.too_many_breaks(known, span):
            yield Fact("breaks", (known.id,), slots=(span[0],))

    def _limit_facts(self, person: str, span: Span) -> Iterator[Fact]:
        for number in self.limits.get(person, ()):
            limit = self.problem.limits[number]
            people = tuple(limit.participants) if limit.together else (person,)
            if not self.attendance.limit_allows(limit, people, span):
                yield Fact("limits", people, (str(number),), (span[0],))

    def _travel_facts(self, known: Participant, span: Span, zone: str | None) -> Iterator[Fact]:
        if zone is None or known.seats > 1 or known.remote:
            return
        for other in self.openings.near(self.roster.held[known.id], span):
            apart = set(span).isdisjoint(self.roster.span[other])  # else somebody is busy
            if apart and self.openings.too_far(zone, span, other):
                yield Fact("travel", (known.id,), (other,), (span[0],), (other,))
