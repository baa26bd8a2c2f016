"""What each meeting may do on its own: when it may start, whom it may send, where it may be.

Rules about one meeting alone are answered here once, so that the constructive start, the model
and the reasons ask the same question in the same words. Everything is in canonical order: ids
sorted, slots in the order of time.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from solver.breaks import breaks_of
from solver.casts import Cast, Casting
from solver.places import Pools
from solver.problem import Interpreter, Meeting, Participant, Problem
from solver.published import Published, read_published
from solver.starts import Starts

__all__ = ["Cast", "Possibilities"]


@dataclass
class Possibilities:
    """``without``: codes of rules to leave out (tests, and the search for a conflict)."""

    problem: Problem
    without: frozenset[str] = frozenset()
    apart: bool = False  # every place in its own pool
    published: Published = field(init=False)
    pools: Pools = field(init=False)
    obstacles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.published = read_published(self.problem)
        self.pools = Pools(self.problem, self.without, apart=self.apart)
        meetings = sorted(self.problem.meetings, key=lambda meeting: meeting.id)
        self.meetings: tuple[Meeting, ...] = tuple(meetings)
        self.casting = Casting(self)
        self.casts = {meeting.id: self.casting.casts_of(meeting) for meeting in meetings}
        starts = Starts(self)
        self.starts = {meeting.id: starts.of(meeting) for meeting in meetings}

    def tell_apart(self, meetings: Iterable[Meeting]) -> Possibilities:
        """The same with every place in its own pool; only these meetings can be placed."""
        apart = copy(self)
        apart.separate_places(meetings)
        return apart

    def separate_places(self, meetings: Iterable[Meeting]) -> None:
        self.apart = True
        self.pools = Pools(self.problem, self.without, apart=True)
        self.casting = Casting(self)
        self.casts = dict.fromkeys(self.casts, ())
        self.casts.update((each.id, self.casting.casts_of(each)) for each in meetings)

    def enforces(self, rule: str) -> bool:
        return rule not in self.without

    @cached_property
    def participants(self) -> dict[str, Participant]:
        return dict(sorted(self.problem.participant_by_id.items()))

    @cached_property
    def future(self) -> frozenset[int]:
        """The slots in which a meeting may still be placed."""
        now = self.problem.rules.now
        slots = enumerate(self.problem.slots)
        return frozenset(position for position, slot in slots if not now or slot.start >= now)

    @cached_property
    def kept_slots(self) -> dict[str, frozenset[int]]:
        """The slots that kept meetings fill for each participant."""
        slots: dict[str, set[int]] = {}
        for entry in self.published.kept.values():
            meeting = self.problem.meeting_by_id[entry.meeting]
            start = self.problem.slot_position[entry.slot]
            session = self.session_of[start]
            first = session.index(start)
            for person in entry.participants:
                slots.setdefault(person, set()).update(session[first : first + meeting.length])
        return {person: frozenset(mine) for person, mine in slots.items()}

    @cached_property
    def begun(self) -> dict[str, int]:
        """How many kept meetings each participant has."""
        begun = dict.fromkeys(self.participants, 0)
        for entry in self.published.kept.values():
            for person in entry.participants:
                begun[person] += 1
        return begun

    def kept_breaks(self, person: str) -> int:
        return breaks_of(self, person, self.kept_slots.get(person, frozenset()))

    @cached_property
    def degree(self) -> dict[str, int]:
        """How many meetings list each participant."""
        degree = dict.fromkeys(self.participants, 0)
        for meeting in self.meetings:
            for person in meeting.people():
                degree[person] += 1
        return degree

    @cached_property
    def reach(self) -> dict[str, int]:
        """How many meetings each participant can have at most, looking at nobody else."""
        kept = self.published.kept
        own = dict.fromkeys(self.participants, 0)
        for meeting in self.meetings:
            if meeting.id not in kept and self.starts[meeting.id]:
                for person in meeting.people():
                    own[person] += 1
        for name, known in self.participants.items():
            own[name] = min(own[name], len(self.future - self.absent[name]) * known.seats)
            if known.max_meetings is not None:
                own[name] = min(own[name], max(0, known.max_meetings - self.begun[name]))
        return {name: own[name] + self.begun[name] for name in own}

    @cached_property
    def interpreters(self) -> tuple[Interpreter, ...]:
        """Those who speak least first: the others are of use for more meetings."""
        known = self.problem.interpreters
        return tuple(sorted(known, key=lambda each: (len(each.languages), each.id)))

    @cached_property
    def sessions(self) -> tuple[tuple[int, ...], ...]:
        position = self.problem.slot_position
        return tuple(
            tuple(position[slot] for slot in slots) for slots in self.problem.sessions.values()
        )

    @cached_property
    def session_of(self) -> dict[int, tuple[int, ...]]:
        return {slot: session for session in self.sessions for slot in session}

    @cached_property
    def absent(self) -> dict[str, frozenset[int]]:
        """Positions of the slots in which a participant or interpreter is absent."""
        position = self.problem.slot_position
        known: dict[frozenset[str], frozenset[int]] = {}  # many are absent in the same slots
        for person in self.problem.participants:
            if person.absent not in known:
                known[person.absent] = frozenset(position[slot] for slot in person.absent)
        return {person.id: known[person.absent] for person in self.problem.participants}

    @cached_property
    def interpreter_absent(self) -> dict[str, frozenset[int]]:
        position = self.problem.slot_position
        return {
            each.id: frozenset(position[slot] for slot in each.absent) for each in self.interpreters
        }

    def span(self, meeting: Meeting, start: int) -> tuple[int, ...]:
        """Positions of the slots that the meeting occupies; empty where it does not fit."""
        if meeting.length == 1:
            return (start,)
        session = self.session_of[start]
        first = session.index(start)
        occupied = session[first : first + meeting.length]
        if len(occupied) < meeting.length and self.enforces("length"):
            return ()
        return occupied

    def attends(self, person: str, span: tuple[int, ...]) -> bool:
        return not self.enforces("absent") or self.absent[person].isdisjoint(span)

    def start_obstacle(self, meeting: Meeting, slot: str) -> str | None:
        """The rule against a start in this slot that holds whoever is sent."""
        if self.enforces("start_slot"):
            if meeting.fixed_slot is not None and slot != meeting.fixed_slot:
                return "start_slot"
            if meeting.slots is not None and slot not in meeting.slots:
                return "start_slot"
        now = self.problem.rules.now
        if now and self.enforces("kept") and self.problem.slot_by_id[slot].start < now:
            return "kept"
        if not self.span(meeting, self.problem.slot_position[slot]):
            return "length"
        return None

    def refusal(self, meeting: Meeting, people: tuple[str, ...]) -> str | None:
        """The rule against sending these people together, whenever and wherever it were."""
        return self.casting.refusal(meeting, people)

    def without_interpreter(self, meeting: Meeting, people: tuple[str, ...]) -> Cast | None:
        """These people with their places, as if they needed nobody between them."""
        return self.casting.without_interpreter(meeting, people)
