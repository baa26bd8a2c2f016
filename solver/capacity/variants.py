"""The event with more or fewer tables, slots and interpreters, and how two such events compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from solver.capacity.languages import needed_pairs, with_interpreters
from solver.capacity.sessions import MINUTE, session_ends, with_slots
from solver.capacity.tables import (
    TableKind,
    enough_tables,
    plain_tables,
    table_kinds,
    with_tables,
)
from solver.problem import Goal, Participant, Problem, Rules, Slot

FIRST = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Variant:
    """Plain tables of each kind; slots added to each session; interpreters added of each pair."""

    tables: tuple[int, ...]
    slots: tuple[int, ...]
    interpreters: tuple[int, ...]

    def within(self, other: Variant) -> bool:
        """Has the other all that this one has? Then every schedule of this is one of the other."""
        pairs = (
            (self.tables, other.tables),
            (self.slots, other.slots),
            (self.interpreters, other.interpreters),
        )
        return all(a <= b for mine, yours in pairs for a, b in zip(mine, yours, strict=True))


class Variants:
    """All sizes of one event. Published meetings and ``now`` do not count: it has not begun.

    Musts are counted before all wishes, in one number (``lift`` is more than all wishes
    together): a size too small for them has a value as well.
    """

    def __init__(self, problem: Problem) -> None:
        self.weight = sum(meeting.weight for meeting in problem.meetings)
        self.musts = sum(1 for meeting in problem.meetings if meeting.must)
        self.lift = self.weight + 1
        self.problem = self._before(problem)
        self.kinds = table_kinds(problem)
        self.ends = session_ends(problem)
        self.pairs = needed_pairs(problem)
        self.now = Variant(
            tuple(len(kind.tables) for kind in self.kinds),
            (0,) * len(self.ends),
            (0,) * len(self.pairs),
        )

    def _before(self, problem: Problem) -> Problem:
        rules = replace(problem.rules, now=None, max_changes=None)
        meetings = tuple(
            replace(each, must=False, weight=each.weight + self.lift) if each.must else each
            for each in problem.meetings
        )
        goals = (Goal(goal="wishes"),)
        return replace(problem, meetings=meetings, published=(), rules=rules, goals=goals)

    def problem_of(self, variant: Variant) -> Problem:
        seated = with_tables(self.problem, self.kinds, variant.tables)
        helped = with_interpreters(seated, self.pairs, variant.interpreters)
        return with_slots(helped, self.ends, variant.slots)

    def most_tables(self) -> tuple[int, ...]:
        """More of a kind are of no use."""
        enough = enough_tables(self.problem)
        return tuple(max(enough, here) for here in self.now.tables)

    def most_slots(self) -> tuple[int, ...]:
        """As many as the days have room for, and not more than all meetings one by one take."""
        one_by_one = sum(meeting.length for meeting in self.problem.meetings)
        return tuple(min(len(end.new), one_by_one) for end in self.ends)

    def outline(self, slots: int) -> Problem:
        """An event with so many slots in a row and no rule about time but that all end.

        Every schedule of an event with so many slots in whatever sessions is one of it: let the
        first slot be the first, and so on.
        """
        longest = self.problem_of(replace(self.now, slots=self.most_slots()))
        row = tuple(_slot(number) for number in range(slots))
        there = len(longest.slots)
        people = (
            _always_there(person, min(slots, there - len(person.absent)))
            for person in longest.participants
        )
        return replace(
            longest,
            slots=row,
            places=longest.places
            and tuple(replace(place, closed=frozenset()) for place in longest.places),
            participants=tuple(people),
            interpreters=tuple(replace(each, absent=frozenset()) for each in longest.interpreters),
            meetings=tuple(
                replace(each, slots=None, fixed_slot=None, after=frozenset())
                for each in longest.meetings
            ),
            limits=(),
            travel=(),
            rules=Rules(),
        )

    def hall(self, tables: int) -> Problem:
        """The event with so many plain tables in one hall, all open and as large as the largest.

        Every schedule with so many tables in whatever zones is one of it.
        """
        plain = list(plain_tables(self.problem))
        names = {place.id for place in plain}
        others = [place for place in self.problem.places or () if place.id not in names]
        most = max((place.capacity for place in plain), default=1)
        taken = {place.id for place in others}
        new = TableKind(None, ()).first(tables, taken)
        mine = (replace(place, capacity=most) for place in new)
        return replace(self.problem, places=(*others, *mine), travel=())

    def slots_may_be_compared(self) -> bool:
        """Elsewhere an empty slot at the end of a session can be somebody's break too many."""
        rules = self.problem.rules
        return rules.breaks_per_participant is None or rules.breaks_within == "session"

    def split(self, lifted: int) -> tuple[int, int]:
        """A sum with lifted musts as musts and weight."""
        musts, weight = divmod(lifted, self.lift)
        return (musts, weight) if musts <= self.musts else (self.musts, self.weight)


def _slot(number: int) -> Slot:
    start = FIRST + number * MINUTE
    return Slot(id=f"{number}", start=start, end=start + MINUTE, session="all")


def _always_there(person: Participant, slots: int) -> Participant:
    """Not more meetings than slots that the person can attend, and in any slots."""
    room = slots * person.seats
    most = room if person.max_meetings is None else min(room, person.max_meetings)
    return replace(person, absent=frozenset(), max_meetings=most, max_in_a_row=None)
