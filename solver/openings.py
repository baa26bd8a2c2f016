"""Can this meeting be added to this schedule, in this slot? If not, which rule says so?

One function per question, asked in the order in which an organiser would ask: the meeting
itself, its people, its interpreter, its place. Used by the constructive start, by the final
filling-up and by the reasons for unplaced meetings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, product

from solver.attendance import Attendance, Span, least_in_the_way
from solver.places import Pool
from solver.possibilities import Cast
from solver.problem import Interpreter, Meeting, Place
from solver.published import as_placed
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason


class Openings:
    """Questions to one roster. Everything is asked of its state at the time of asking."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.possibilities = roster.possibilities
        self.problem = roster.problem
        self.roads: dict[tuple[str, str], int] = {}
        for road in self.problem.travel:
            self.roads[road.origin, road.destination] = road.slots
            self.roads[road.destination, road.origin] = road.slots
        self.longest_road = max(self.roads.values(), default=0)
        self.exclusive: dict[str, list[tuple[str, ...]]] = {}
        for group in self.problem.exclusive:
            for meeting in group:
                self.exclusive.setdefault(meeting, []).append(group)
        self.followers: dict[str, list[str]] = {}
        for later in self.possibilities.meetings:
            for earlier in sorted(later.after):
                self.followers.setdefault(earlier, []).append(later.id)
        self.attendance = Attendance(roster)

    def find(self, meeting: Meeting, start: int) -> PlacedMeeting | Reason:
        """The first way to hold the meeting from this slot on, or the rule in its way."""
        slot = self.problem.slots[start].id
        if rule := self.possibilities.start_obstacle(meeting, slot):
            return Reason(rule=rule, slots=(slot,))
        if meeting.id in self.possibilities.published.locked:
            return self._as_locked(meeting, slot)
        span = self.possibilities.span(meeting, start)
        if reason := self._meeting_obstacle(meeting, span):
            return reason
        casts = self.possibilities.casts[meeting.id]
        if not casts:
            return Reason(rule=self.possibilities.obstacles.get(meeting.id, "side"))
        first: Reason | None = None
        for cast in casts:
            answer = self._with_cast(meeting, span, cast)
            if isinstance(answer, PlacedMeeting):
                return answer
            first = first or answer
        return first or Reason(rule="side")

    def _as_locked(self, meeting: Meeting, slot: str) -> PlacedMeeting | Reason:
        """A locked meeting has one way only."""
        entry = self.possibilities.published.locked[meeting.id]
        if entry.slot == slot and self.allows(meeting, as_placed(entry)):
            return as_placed(entry)
        return Reason(rule="kept", slots=(slot,))

    def find_for(self, placed: PlacedMeeting, start: int) -> PlacedMeeting | None:
        """The same people in another slot, if that is possible."""
        meeting = self.problem.meeting_by_id[placed.meeting]
        if start not in self.possibilities.starts[meeting.id]:
            return None
        answer = self.find(meeting, start)
        return answer if isinstance(answer, PlacedMeeting) else None

    def likely_starts(self, meeting: Meeting) -> Iterator[int]:
        """Starts in which the people who have to come are free."""
        single = [side[0] for side in meeting.sides if len(side) == 1]
        held = [
            self.roster.held[person]
            for person in single
            if self.possibilities.participants[person].seats == 1
        ]
        for start in self.possibilities.starts[meeting.id]:
            span = self.possibilities.span(meeting, start)
            if all(slot not in slots for slots in held for slot in span):
                yield start

    def possible_starts(self, meeting: Meeting) -> list[int]:
        """Starts in which the meeting could be added."""
        likely = self.likely_starts(meeting)
        return [start for start in likely if isinstance(self.find(meeting, start), PlacedMeeting)]

    def allows(self, meeting: Meeting, wanted: PlacedMeeting) -> bool:
        """Can the meeting be added exactly like this?"""
        start = self.problem.slot_position.get(wanted.slot)
        if start is None or start not in self.possibilities.starts[meeting.id]:
            return False
        span = self.possibilities.span(meeting, start)
        if meeting.id in self.roster.placed or self._meeting_obstacle(meeting, span):
            return False
        if len(wanted.participants) != len(meeting.sides):
            return False
        for cast in self.possibilities.casts[meeting.id]:
            fits = zip(wanted.participants, cast.members, strict=True)
            if all(person in members for person, members in fits):
                return self._allows_cast(wanted, span, cast)
        return False

    def _allows_cast(self, wanted: PlacedMeeting, span: Span, cast: Cast) -> bool:
        people = wanted.participants
        if len(set(people)) < len(people) or self.attendance.together_obstacle(people, span):
            return False
        if any(self.attendance.obstacle(person, span) for person in people):
            return False
        for name, pools in ((wanted.place, cast.pools), (wanted.room, cast.rooms)):
            pool = self.possibilities.pools.pool_of.get(name or "")
            if (name is None) != (not pools) or (pools and pool not in pools):
                return False
            place = self.problem.place_by_id.get(name or "")
            if place is not None and not self.has_room(place, span):
                return False
        return self._allows_way(wanted, span, cast)

    def _allows_way(self, wanted: PlacedMeeting, span: Span, cast: Cast) -> bool:
        place = self.problem.place_by_id.get(wanted.place or "")
        if self._travel_obstacle(wanted.participants, place, span):
            return False
        able = [each for each in cast.interpreters if each.id == wanted.interpreter]
        if bool(cast.interpreters) != (wanted.interpreter is not None) or not cast.interpreters:
            return not cast.interpreters and wanted.interpreter is None
        one = replace(cast, interpreters=tuple(able))
        return bool(able) and not isinstance(self._interpreter(one, place, span), Reason)

    def _meeting_obstacle(self, meeting: Meeting, span: Span) -> Reason | None:
        placed = self.roster.span
        for group in self.exclusive.get(meeting.id, ()):
            others = tuple(other for other in group if other != meeting.id and other in placed)
            if others:
                return Reason(rule="exclusive", meetings=others)
        for earlier in sorted(meeting.after):
            if earlier in placed and placed[earlier][-1] >= span[0]:
                return Reason(rule="after", meetings=(earlier,))
        for later in self.followers.get(meeting.id, ()):
            if later in placed and placed[later][0] <= span[-1]:
                return Reason(rule="after", meetings=(later,))
        return None

    def _with_cast(self, meeting: Meeting, span: Span, cast: Cast) -> PlacedMeeting | Reason:
        choices: list[list[str]] = []
        for side in cast.members:
            reasons = {person: self.attendance.obstacle(person, span) for person in sorted(side)}
            in_the_way = [reason for reason in reasons.values() if reason is not None]
            if len(in_the_way) == len(reasons):
                return least_in_the_way(in_the_way)
            choices.append([person for person, reason in reasons.items() if reason is None])
        first: Reason | None = None
        for people in product(*choices):
            if len(set(people)) < len(people):
                continue
            answer = self._with_people(meeting, span, cast, people)
            if isinstance(answer, PlacedMeeting):
                return answer
            first = first or answer
        return first or Reason(rule="side", participants=tuple(sorted(meeting.people())))

    def _with_people(
        self, meeting: Meeting, span: Span, cast: Cast, people: tuple[str, ...]
    ) -> PlacedMeeting | Reason:
        if reason := self.attendance.together_obstacle(people, span):
            return reason
        rooms = self._places(cast.rooms, span)
        if isinstance(rooms, Reason):
            return rooms
        places = self._places(cast.pools, span)
        if isinstance(places, Reason):
            return places
        first: Reason | None = None
        for place in places:
            reason = self._travel_obstacle(people, place, span)
            interpreter = reason or self._interpreter(cast, place, span)
            if isinstance(interpreter, Reason):
                first = first or interpreter
                continue
            return PlacedMeeting(
                meeting=meeting.id,
                slot=self.problem.slots[span[0]].id,
                place=place.id if place else None,
                room=rooms[0].id if rooms[0] else None,
                participants=people,
                interpreter=interpreter.id if interpreter else None,
            )
        return first or Reason(rule="place_kind")

    def _places(self, pools: tuple[Pool, ...], span: Span) -> list[Place | None] | Reason:
        """One free place of each zone, as no rule tells others there apart; [None]: none needed."""
        if not pools:
            return [None]
        found: dict[str | None, Place] = {}
        for pool in pools:
            place = None if pool.zone in found else next(self._free_in(pool, span), None)
            if place is not None:
                found[pool.zone] = place
        if found:
            return list(found.values())
        is_open = any(pool.open_in(span) for pool in pools)
        rule = "place_taken" if is_open else "place_closed"
        slots = tuple(self.problem.slots[slot].id for slot in span)
        alone = len(pools) == 1 == len(pools[0].places)
        names = (pools[0].name,) if alone else ()
        return Reason(rule=rule, slots=slots, places=names)

    def _free_in(self, pool: Pool, span: Span) -> Iterator[Place]:
        if any(self.roster.pool_used[pool, slot] >= pool.capacity[slot] for slot in span):
            return
        first = self.roster.pool_used[pool, span[0]] % len(pool.places)
        for place in chain(pool.places[first:], pool.places[:first]):
            if self.has_room(place, span):
                yield place
                return

    def has_room(self, place: Place, span: Span) -> bool:
        slots = self.problem.slots
        is_open = self.possibilities.pools.is_open
        return all(
            is_open(place, slots[slot].id) and self.roster.used[place.id, slot] < place.capacity
            for slot in span
        )

    def _interpreter(
        self, cast: Cast, place: Place | None, span: Span
    ) -> Interpreter | Reason | None:
        if not cast.interpreters:
            return None
        fewest: tuple[str, ...] | None = None
        for each in cast.interpreters:
            if not self.possibilities.interpreter_absent[each.id].isdisjoint(span):
                continue
            hindering = self._hindering(each, place, span)
            if not hindering:
                return each
            if fewest is None or len(hindering) < len(fewest):
                fewest = hindering
        slots = tuple(self.problem.slots[slot].id for slot in span)
        return Reason(rule="interpreter", slots=slots, meetings=fewest or ())

    def _hindering(
        self, interpreter: Interpreter, place: Place | None, span: Span
    ) -> tuple[str, ...]:
        """The interpreter's meetings that are at the same time or too far away."""
        zone = place.zone if place is not None else None
        found = []
        for name in self.near(self.roster.interpreted[interpreter.id], span):
            overlaps = not set(span).isdisjoint(self.roster.span[name])
            if overlaps or (zone is not None and self.too_far(zone, span, name)):
                found.append(name)
        return tuple(found)

    def near(self, calendar: dict[int, list[str]], span: Span) -> list[str]:
        """The meetings of a calendar that lie within the longest walk of the span."""
        session = self.possibilities.session_of[span[0]]
        first, last = session.index(span[0]), session.index(span[-1])
        window = session[max(0, first - self.longest_road) : last + self.longest_road + 1]
        return sorted({name for slot in window for name in calendar.get(slot, ())})

    def _travel_obstacle(
        self, people: tuple[str, ...], place: Place | None, span: Span
    ) -> Reason | None:
        if not self.roads or place is None or place.zone is None:
            return None
        for person in people:
            known = self.possibilities.participants[person]
            if known.seats > 1 or known.remote:
                continue
            for other in self.near(self.roster.held[person], span):
                if self.too_far(place.zone, span, other):
                    return self.attendance.reason("travel", span, person, (other,))
        return None

    def too_far(self, zone: str, span: Span, other: str) -> bool:
        there = self.problem.place_by_id.get(self.roster.placed[other].place or "")
        if there is None or there.zone is None:
            return False
        needed = self.roads.get((zone, there.zone), 0)
        session = self.possibilities.session_of[span[0]]
        theirs = self.roster.span[other]
        if not needed or theirs[0] not in session:
            return False
        index = session.index
        between = max(index(span[0]) - index(theirs[-1]), index(theirs[0]) - index(span[-1])) - 1
        return between < needed
