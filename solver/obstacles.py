"""Everything that stands in a meeting's way in a schedule, as single facts.

Where the reason of a meeting names the first obstacle of each slot, here all are found. A start
with one kind of people in one zone is an *option*; each has the facts that close it, as bits.
Taking facts away opens options: what blocks the meeting is a set of facts that closes them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from solver.attendance import Span
from solver.facts import Fact, Presence
from solver.openings import Openings
from solver.places import Pool
from solver.possibilities import Cast
from solver.problem import Interpreter, Meeting

MOST_REFUSED = 400  # combinations of people, each told by its own rule


@dataclass(frozen=True, slots=True)
class Option:
    """The slots of one start: what closes it for all, and for each person of each side."""

    span: Span
    cast: Cast | None
    pools: tuple[Pool, ...]
    common: int
    sides: tuple[dict[str, int], ...]

    @property
    def start(self) -> int:
        return self.span[0]

    def closed(self, active: int) -> bool:
        """Do these facts, given as bits, leave no way?"""
        return self.people(active) is None

    def people(self, active: int) -> tuple[str, ...] | None:
        """Whom to send where only these facts count; None where nobody can be."""
        if self.common & active:
            return None
        free = [[name for name, bits in side.items() if not bits & active] for side in self.sides]
        return next((sent for sent in product(*free) if len(set(sent)) == len(sent)), None)


class Obstacles:
    """All options of one meeting (in these starts) with the facts that close them."""

    def __init__(self, survey: Survey, meeting: Meeting, starts: Iterable[int]) -> None:
        self.survey = survey
        self.meeting = meeting
        self.facts: list[Fact] = []
        self._bits: dict[Fact, int] = {}
        self.options = [option for start in starts for option in self._options(start)]

    def bits(self, facts: Iterable[Fact]) -> int:
        """These facts as bits; new ones are taken in."""
        found = 0
        for fact in facts:
            if fact not in self._bits:
                self._bits[fact] = 1 << len(self.facts)
                self.facts.append(fact)
            found |= self._bits[fact]
        return found

    def named(self, bits: int) -> list[Fact]:
        return [fact for number, fact in enumerate(self.facts) if bits >> number & 1]

    @property
    def everything(self) -> int:
        return (1 << len(self.facts)) - 1

    def _options(self, start: int) -> Iterator[Option]:
        span, facts = self.survey.meeting_facts(self.meeting, start)
        common = self.bits(facts)
        for cast in self.survey.possibilities.casts[self.meeting.id]:
            yield from self._furnished(cast, span, common)
        for people, refused in self.survey.refused(self.meeting):
            here = common | self.bits([refused])
            alone = self._without_interpreter(people, refused)
            if alone is not None:
                yield from self._furnished(alone, span, here)
            else:
                members = tuple(frozenset([person]) for person in people)
                yield Option(span, None, (), here, self._sides(members, (), span))

    def _without_interpreter(self, people: tuple[str, ...], refused: Fact) -> Cast | None:
        if refused.rule != "language":
            return None
        return self.survey.possibilities.without_interpreter(self.meeting, people)

    def _furnished(self, cast: Cast, span: Span, common: int) -> Iterator[Option]:
        needed = common | self.bits(self.survey.room_facts(cast, span))
        for pools in self.survey.zones(cast):
            here = needed | self.bits(self.survey.zone_facts(cast, pools, span))
            yield Option(span, cast, pools, here, self._sides(cast.members, pools, span))

    def _sides(
        self, members: tuple[frozenset[str], ...], pools: tuple[Pool, ...], span: Span
    ) -> tuple[dict[str, int], ...]:
        zone = pools[0].zone if pools else None
        facts = self.survey.presence.facts
        return tuple(
            {person: self.bits(facts(person, span, zone)) for person in sorted(side)}
            for side in members
        )


class Survey:
    """Finds facts about one schedule; what is found is kept for the next meeting."""

    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.roster = openings.roster
        self.possibilities = openings.possibilities
        self.problem = openings.problem
        self.presence = Presence(openings)
        self._room: dict[tuple[tuple[Pool, ...], Span], bool] = {}

    def of(self, meeting: Meeting, starts: Iterable[int] | None = None) -> Obstacles:
        every = range(len(self.problem.slots))
        return Obstacles(self, meeting, every if starts is None else starts)

    def meeting_facts(self, meeting: Meeting, start: int) -> tuple[Span, list[Fact]]:
        """The slots that it would take, and what stands against them whoever is sent."""
        slot = self.problem.slots[start].id
        facts = []
        if (meeting.slots is not None and slot not in meeting.slots) or meeting.fixed_slot not in (
            None,
            slot,
        ):
            facts.append(Fact("start_slot", slots=(start,)))
        locked = self.possibilities.published.locked.get(meeting.id)
        if start not in self.possibilities.future or (locked and locked.slot != slot):
            facts.append(Fact("kept", slots=(start,)))
        span = self.possibilities.span(meeting, start)
        if not span:
            facts.append(Fact("length", slots=(start,)))
            session = self.possibilities.session_of[start]
            span = session[session.index(start) :]
        return span, [*facts, *self._order_facts(meeting, span)]

    def _order_facts(self, meeting: Meeting, span: Span) -> Iterator[Fact]:
        placed = self.roster.span
        for group in self.openings.exclusive.get(meeting.id, ()):
            others = tuple(other for other in group if other != meeting.id and other in placed)
            if others:
                yield Fact("exclusive", meetings=others)
        for earlier in sorted(meeting.after):
            if earlier in placed and placed[earlier][-1] >= span[0]:
                yield Fact("after", (), (earlier,), (span[0],), (earlier,))
        for later in self.openings.followers.get(meeting.id, ()):
            if later in placed and placed[later][0] <= span[-1]:
                yield Fact("after", (), (later,), (span[0],), (later,))

    def zones(self, cast: Cast) -> list[tuple[Pool, ...]]:
        """The pools that the cast may use, by zone where ways between zones count."""
        if not self.openings.roads:
            return [cast.pools]
        groups: dict[str | None, list[Pool]] = {}
        for pool in cast.pools:
            groups.setdefault(pool.zone, []).append(pool)
        return [tuple(pools) for pools in groups.values()] or [()]

    def room_facts(self, cast: Cast, span: Span) -> list[Fact]:
        return self._place_facts(cast.rooms, span)

    def zone_facts(self, cast: Cast, pools: tuple[Pool, ...], span: Span) -> list[Fact]:
        """What is missing in one zone: a place, an interpreter who is in time."""
        facts = self._place_facts(pools, span)
        zone = pools[0].zone if pools and self.openings.roads else None
        hindering = [self.hindering(each, zone, span) for each in cast.interpreters]
        if hindering and None not in hindering:
            languages = tuple(sorted({name for i in cast.interpreters for name in i.languages}))
            meetings = tuple(sorted({name for each in hindering for name in each or ()}))
            facts.append(Fact("interpreter", (), languages, span, meetings))
        return facts

    def _place_facts(self, pools: tuple[Pool, ...], span: Span) -> list[Fact]:
        if not pools or self.has_room(pools, span):
            return []
        is_open = any(pool.open_in(span) for pool in pools)
        names = tuple(pool.name for pool in pools)
        return [Fact("place_taken" if is_open else "place_closed", (), names, span)]

    def has_room(self, pools: tuple[Pool, ...], span: Span) -> bool:
        """Is one of these places free throughout?"""
        key = pools, span
        if key not in self._room:
            self._room[key] = any(self._pool_has_room(pool, span) for pool in pools)
        return self._room[key]

    def _pool_has_room(self, pool: Pool, span: Span) -> bool:
        if any(self.roster.pool_used[pool, slot] >= pool.capacity[slot] for slot in span):
            return False
        return any(self.openings.has_room(place, span) for place in pool.places)

    @cached_property
    def _by_slot(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for name, span in sorted(self.roster.span.items()):
            for slot in span:
                found.setdefault(slot, []).append(name)
        return found

    def meetings_in(self, slot: int) -> list[str]:
        """Those that were there when the survey was made, or first asked."""
        return self._by_slot.get(slot, [])

    def hindering(
        self, interpreter: Interpreter, zone: str | None, span: Span
    ) -> tuple[str, ...] | None:
        """None where the interpreter can come; else the meetings in the way, if any."""
        calendar = self.roster.interpreted[interpreter.id]
        meetings = {name for slot in span for name in calendar.get(slot, ())}
        if zone is not None:
            near = self.openings.near(calendar, span)
            meetings |= {name for name in near if self.openings.too_far(zone, span, name)}
        absent = not self.possibilities.interpreter_absent[interpreter.id].isdisjoint(span)
        return tuple(sorted(meetings)) if meetings or absent else None

    def refused(self, meeting: Meeting) -> Iterator[tuple[tuple[str, ...], Fact]]:
        """People whom no cast lets meet, with the rule that refuses them."""
        casts = self.possibilities.casts[meeting.id]
        ways = prod(len(side) for side in meeting.sides)
        if sum(prod(len(side) for side in cast.members) for cast in casts) == ways:
            return
        sides = [sorted(set(side)) for side in meeting.sides]
        for people in product(*sides) if ways <= MOST_REFUSED else ():
            rule = self.possibilities.refusal(meeting, people)
            if rule is not None:
                yield people, Fact(rule, people)
