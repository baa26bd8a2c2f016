"""The decisions of the CP-SAT model, in the words of the field.

Only what is possible gets a variable: a meeting may start in a slot, send a participant, be in
a pool of places, have an interpreter. Meetings in ``fixed`` (kept ones, and in a neighbourhood
all that stay) are constants: they fill people and places but are not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import repeat
from typing import TypeVar

from solver.clock import Interrupted, never
from solver.cp_sat import cp_model
from solver.places import Pool
from solver.possibilities import Cast, Possibilities
from solver.problem import Interpreter, Meeting
from solver.roster import Roster
from solver.settings import StopSignal

Literal = cp_model.IntVar  # a Boolean variable
Truth = Literal | int  # or a constant: 0 or 1
Expression = cp_model.LinearExprT
Option = TypeVar("Option", Pool, Interpreter)
Used = tuple[Option, int, Literal]  # what is used, from which start on, if this is true


class Decisions:
    """The variables of one meeting."""

    def __init__(self, meeting: Meeting, placed: Literal) -> None:
        self.meeting = meeting
        self.placed = placed
        self.start: dict[int, Literal] = {}
        self.casts: list[tuple[Cast, Literal]] = []
        self.sent: list[tuple[int, str, Literal]] = []  # side, participant
        self.attends: list[tuple[int, str, int, Literal]] = []  # side, participant, start
        self.pools: list[Used[Pool]] = []
        self.rooms: list[Used[Pool]] = []
        self.interpreters: list[Used[Interpreter]] = []
        self.unchanged: Truth = 0  # as published


class Variables:
    def __init__(
        self,
        possibilities: Possibilities,
        fixed: Roster,
        free: Iterable[Meeting],
        slots: frozenset[int] | None = None,
        stop: StopSignal = never,
    ) -> None:
        """``slots``: free meetings may start in these only (None: wherever the rules allow).
        ``stop`` is asked meeting by meeting; see :meth:`look_up`.
        """
        self.stop = stop
        self.model = cp_model.CpModel()
        self.possibilities = possibilities
        self.problem = possibilities.problem
        self.fixed = fixed
        self.slots = slots
        self.meetings = {meeting.id: self._decide(meeting) for meeting in free}
        self.days_implied = False
        self.expressions: dict[tuple[str, int], Expression] = {}  # of goals, by level
        self.break_literals: dict[str, tuple[list[Literal], int]] = {}
        self._busy: dict[tuple[str, int], Truth] = {}

    def look_up(self) -> None:
        """Raises :class:`Interrupted` where building the model takes too long."""
        if self.stop():
            raise Interrupted

    def new(self) -> Literal:
        return self.model.new_bool_var("")

    def span(self, meeting: Meeting, start: int) -> tuple[int, ...]:
        return self.possibilities.span(meeting, start)

    def _decide(self, meeting: Meeting) -> Decisions:
        self.look_up()
        decisions = Decisions(meeting, self.new())
        placed = decisions.placed
        starts = self.possibilities.starts[meeting.id]
        allowed = starts if self.slots is None else [s for s in starts if s in self.slots]
        decisions.start = {start: self.new() for start in allowed}
        self.exactly_one(decisions.start.values(), placed)
        casts = self.possibilities.casts[meeting.id]
        decisions.casts = [(cast, placed if len(casts) == 1 else self.new()) for cast in casts]
        if len(casts) > 1:
            self.exactly_one((used for _, used in decisions.casts), placed)
        for side in range(len(meeting.sides)):
            self._send(decisions, side)
        spans = {start: self.span(meeting, start) for start in decisions.start}
        decisions.pools = self._assign(decisions, spans, lambda cast: cast.pools, Pool.open_in)
        decisions.rooms = self._assign(decisions, spans, lambda cast: cast.rooms, Pool.open_in)
        decisions.interpreters = self._assign(
            decisions, spans, lambda cast: cast.interpreters, self._works_in
        )
        return decisions

    def exactly_one(self, literals: Iterable[Literal], condition: Literal) -> None:
        """Exactly one where the condition holds, none elsewhere."""
        self.model.add_exactly_one([*literals, ~condition])

    def _works_in(self, interpreter: Interpreter, span: tuple[int, ...]) -> bool:
        absent = self.possibilities.interpreter_absent[interpreter.id]
        return "interpreter" in self.possibilities.without or absent.isdisjoint(span)

    def _send(self, decisions: Decisions, side: int) -> None:
        classes = sorted({cast.members[side] for cast, _ in decisions.casts}, key=sorted)
        people = sorted(person for members in classes for person in members)
        if len(people) == 1:
            decisions.sent.append((side, people[0], decisions.placed))
            for start, begins in decisions.start.items():
                decisions.attends.append((side, people[0], start, begins))
            return
        sent = {person: self.new() for person in people}
        decisions.sent += [(side, person, literal) for person, literal in sent.items()]
        self.exactly_one(sent.values(), decisions.placed)
        for members in classes if len(classes) > 1 else ():
            casts = [used for cast, used in decisions.casts if cast.members[side] == members]
            self.model.add(sum(casts) == sum(sent[person] for person in sorted(members)))
        self._attend(decisions, side, sent)

    def _attend(self, decisions: Decisions, side: int, sent: dict[str, Literal]) -> None:
        by_person: dict[str, list[Literal]] = {person: [] for person in sent}
        for start, begins in decisions.start.items():
            span = self.span(decisions.meeting, start)
            present = [p for p in sent if self.possibilities.attends(p, span)]
            here = {person: self.new() for person in present}
            self.exactly_one(here.values(), begins)
            for person, literal in here.items():
                by_person[person].append(literal)
                decisions.attends.append((side, person, start, literal))
        for person, literals in by_person.items():
            self.exactly_one(literals, sent[person])

    def _assign(
        self,
        decisions: Decisions,
        spans: dict[int, tuple[int, ...]],
        wanted: Callable[[Cast], tuple[Option, ...]],
        usable: Callable[[Option, tuple[int, ...]], bool],
    ) -> list[Used[Option]]:
        """One of the wanted places (or interpreters) where the cast used needs one."""
        options = list(dict.fromkeys(each for cast, _ in decisions.casts for each in wanted(cast)))
        needy = [used for cast, used in decisions.casts if wanted(cast)]
        always = len(needy) == len(decisions.casts)
        chosen: list[Used[Option]] = []
        for start, begins in decisions.start.items() if options else ():
            here = [option for option in options if usable(option, spans[start])]
            if always and len(here) == 1:
                chosen.append((here[0], start, begins))
                continue
            literals = [self.new() for _ in here]
            chosen += zip(here, repeat(start), literals, strict=False)
            if always:
                self.exactly_one(literals, begins)
            else:
                self.model.add(sum(literals) <= begins)
        if options and not always:
            self.model.add(sum(literal for _, _, literal in chosen) == sum(needy))
        self._fit_to_cast(decisions, wanted, options, chosen)
        return chosen

    def _fit_to_cast(
        self,
        decisions: Decisions,
        wanted: Callable[[Cast], tuple[Option, ...]],
        options: list[Option],
        chosen: list[Used[Option]],
    ) -> None:
        for option in options:
            unfit: list[Literal] = [
                used for cast, used in decisions.casts if option not in wanted(cast)
            ]
            if unfit:
                literals: list[Literal] = [used for each, _, used in chosen if each is option]
                self.model.add_at_most_one([*unfit, *literals])

    # -- indexes, built when a rule or goal first asks --------------------------------

    @cached_property
    def holding(self) -> dict[tuple[str, int], list[Literal]]:
        """The literals under which a participant is in a meeting in a slot."""
        index: dict[tuple[str, int], list[Literal]] = defaultdict(list)
        for decisions in self.meetings.values():
            for _, person, start, literal in decisions.attends:
                for slot in self.span(decisions.meeting, start):
                    index[person, slot].append(literal)
        return index

    @cached_property
    def sending(self) -> dict[str, list[Literal]]:
        """The literals under which a participant is sent to a meeting."""
        index: dict[str, list[Literal]] = defaultdict(list)
        for decisions in self.meetings.values():
            for _, person, literal in decisions.sent:
                index[person].append(literal)
        return index

    @cached_property
    def lengths(self) -> dict[str, list[Expression]]:
        """For each participant, the slots that each meeting they are sent to takes."""
        index: dict[str, list[Expression]] = defaultdict(list)
        for decisions in self.meetings.values():
            for _, person, literal in decisions.sent:
                index[person].append(decisions.meeting.length * literal)
        return index

    @cached_property
    def occupying(self) -> dict[tuple[Pool, int], list[tuple[Meeting, Literal]]]:
        """The literals under which a meeting is in a pool of places in a slot."""
        index: dict[tuple[Pool, int], list[tuple[Meeting, Literal]]] = defaultdict(list)
        for decisions in self.meetings.values():
            for pool, start, literal in (*decisions.pools, *decisions.rooms):
                for slot in self.span(decisions.meeting, start):
                    index[pool, slot].append((decisions.meeting, literal))
        return index

    def count(self, person: str) -> int:
        """Fixed meetings of a participant."""
        return len(self.fixed.meetings_of.get(person, ()))

    def placed(self, meeting: str) -> Truth:
        if meeting in self.meetings:
            return self.meetings[meeting].placed
        return int(meeting in self.fixed.placed)

    def busy(self, person: str, slot: int) -> Truth:
        """Is the participant in a meeting in this slot?"""
        key = person, slot
        if key not in self._busy:
            held = slot in self.fixed.held.get(person, ())
            self._busy[key] = 1 if held else self._any(self.holding.get(key, ()), person)
        return self._busy[key]

    def _any(self, literals: Sequence[Literal], person: str) -> Truth:
        if len(literals) <= 1:
            return literals[0] if literals else 0
        single = self.possibilities.participants[person].seats == 1
        return self.disjunction(literals, disjoint=single and self.possibilities.enforces("busy"))

    def disjunction(self, literals: Sequence[Literal], *, disjoint: bool = False) -> Literal:
        """A literal that is true exactly where one of these is."""
        either = self.new()
        if disjoint:
            self.exactly_one(literals, either)
        else:
            self.model.add_max_equality(either, literals)
        return either
