"""What would have to change in the problem for a fact to stand in the way no longer.

A *relief* is one such change: somebody present at a time, one more table, a higher limit. What
cannot be changed by the problem (another meeting of a person, the way between two halls, the
past) has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from solver.attendance import Span
from solver.breaks import breaks_of, run_around
from solver.facts import Fact
from solver.obstacles import Option, Survey
from solver.places import Pool
from solver.problem import Interpreter, Place


@dataclass(frozen=True, slots=True)
class Relief:
    """``kind`` and whom or what it concerns; ``slots`` are positions. A higher level helps
    wherever a lower one does.
    """

    kind: str
    subject: tuple[str, ...]
    slots: Span = ()
    level: int = 0

    @property
    def key(self) -> tuple[str, tuple[str, ...], Span]:
        return self.kind, self.subject, self.slots


Reliefs = tuple[Relief, ...]


class Remedies:
    """The reliefs of the facts of one schedule."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.roster = survey.roster
        self.possibilities = survey.possibilities
        self.problem = survey.problem
        self._closed: dict[tuple[tuple[str, ...], Span], str | None] = {}
        self.finders: dict[str, Callable[[Fact, Option], Reliefs | None]] = {
            "absent": lambda fact, _: (Relief("present", fact.participants, fact.slots),),
            "busy": self._seats,
            "max_meetings": self._meetings,
            "max_in_a_row": self._run,
            "breaks": self._breaks,
            "limits": self._limit,
            "place_taken": self._place,
            "place_closed": self._place,
            "interpreter": self._interpreter,
            "language": lambda fact, option: self._new_interpreter(fact.participants, option.span),
            "start_slot": lambda fact, _: (Relief("start", (), fact.slots),),
        }

    def of(self, fact: Fact, option: Option) -> Reliefs | None:
        """What relieves the fact for this option, all of it together; None where nothing does."""
        find = self.finders.get(fact.rule)
        return find(fact, option) if find is not None else None

    def _seats(self, fact: Fact, _option: Option) -> Reliefs | None:
        """Only a stand that several people share can have one more seat."""
        known = self.possibilities.participants[fact.participants[0]]
        if known.seats == 1:
            return None
        return (Relief("seats", fact.participants, level=len(fact.meetings) + 1),)

    def _meetings(self, fact: Fact, _option: Option) -> Reliefs:
        return (Relief("max_meetings", fact.participants, level=len(fact.meetings) + 1),)

    def _busy_with(self, person: str, option: Option) -> set[int]:
        return set(self.roster.held[person]) | set(option.span)

    def _run(self, fact: Fact, option: Option) -> Reliefs:
        session = self.possibilities.session_of[option.start]
        busy = self._busy_with(fact.participants[0], option)
        length = run_around(busy, session, option.start)
        return (Relief("max_in_a_row", fact.participants, level=length),)

    def _breaks(self, fact: Fact, option: Option) -> Reliefs:
        person = fact.participants[0]
        count = breaks_of(self.possibilities, person, self._busy_with(person, option))
        return (Relief("breaks", (), level=count),)

    def _limit(self, fact: Fact, option: Option) -> Reliefs:
        (number,) = fact.subject
        limit = self.problem.limits[int(number)]
        slots = {self.problem.slot_position[slot] for slot in limit.slots}
        people = fact.participants
        meetings = {name for person in people for name in self.roster.meetings_of[person]}
        begun = sum(self.roster.span[name][0] in slots for name in meetings)
        held = {slot for person in people for slot in self.roster.held[person]}
        taken = len((held | set(option.span)) & slots)
        found = []
        most = limit.max_meetings
        if most is not None and option.start in slots and begun >= most:
            found.append(Relief("limit", (number,), level=begun + 1))
        if limit.free_slots is not None and len(slots) - taken < limit.free_slots:
            found.append(Relief("free_slots", (number,), level=taken))
        return tuple(found)

    def _place(self, fact: Fact, option: Option) -> Reliefs | None:
        pools = option.pools if fact.subject == tuple(p.name for p in option.pools) else ()
        if not pools and option.cast is not None:
            pools = option.cast.rooms
        places = [place for pool in pools for place in pool.places]
        if not places:
            return None
        closed = self._closed_but_idle(fact, places)
        if closed is not None:
            return (Relief("open", (closed,), fact.slots),)
        if len(places) == 1 and places[0].id in self.possibilities.pools.single:
            return tuple(self._more_of(places[0], fact.slots))
        return (Relief("new place", _like(pools), fact.slots),)

    def _closed_but_idle(self, fact: Fact, places: list[Place]) -> str | None:
        key = fact.subject, fact.slots
        if key not in self._closed:
            found = (each.id for each in places if self._is_idle_when_closed(each, fact.slots))
            self._closed[key] = next(found, None)
        return self._closed[key]

    def _is_idle_when_closed(self, place: Place, span: Span) -> bool:
        shut = any(self.problem.slots[slot].id in place.closed for slot in span)
        return shut and all(self.roster.used[place.id, slot] < place.capacity for slot in span)

    def _more_of(self, place: Place, span: Span) -> Iterator[Relief]:
        """A place of its own (a stand, or named by meetings) holds one more, and is open."""
        most = max(self.roster.used[place.id, slot] for slot in span)
        if most >= place.capacity:
            yield Relief("capacity", (place.id,), level=most + 1)
        if any(self.problem.slots[slot].id in place.closed for slot in span):
            yield Relief("open", (place.id,), span)

    def _interpreter(self, fact: Fact, option: Option) -> Reliefs | None:
        cast = option.cast
        for each in cast.interpreters if cast is not None else ():
            if self._idle_when_absent(each, option):
                return (Relief("interpreter", (each.id,), fact.slots),)
        people = tuple(min(side) for side in cast.members) if cast is not None else ()
        return self._new_interpreter(people, option.span)

    def _idle_when_absent(self, each: Interpreter, option: Option) -> bool:
        if self.possibilities.interpreter_absent[each.id].isdisjoint(option.span):
            return False
        zone = option.pools[0].zone if option.pools and self.survey.openings.roads else None
        return self.survey.hindering(each, zone, option.span) == ()

    def _new_interpreter(self, people: tuple[str, ...], span: Span) -> Reliefs:
        known = [self.possibilities.participants[person] for person in people]
        spoken = {min(person.languages) for person in known if person.languages}
        return (Relief("new interpreter", tuple(sorted(spoken)), span),)


def _like(pools: tuple[Pool, ...]) -> tuple[str, ...]:
    """The kind of a new place among these, and its zone where that matters."""
    place = pools[0].places[0]
    return (place.kind,) if place.zone is None else (place.kind, place.zone)
