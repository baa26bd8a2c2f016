"""What each meeting may do on its own: when it may start, whom it may send, where it may be.

Rules about one meeting alone are answered here once, so that the constructive start, the model
and the reasons ask the same question in the same words. Everything is in canonical order: ids
sorted, slots in the order of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from solver.breaks import breaks_of
from solver.places import Pool, Pools
from solver.problem import Interpreter, Meeting, Participant, Problem
from solver.published import Published, read_published


@dataclass(frozen=True, slots=True)
class Cast:
    """One choice of people that is alike in places and languages, with what it needs.

    ``members[i]`` may be sent by side i. ``pools`` and ``rooms`` are where the meeting may then
    be; an empty tuple means that it needs none. ``interpreters`` likewise.
    """

    members: tuple[frozenset[str], ...]
    online: bool
    pools: tuple[Pool, ...] = ()
    rooms: tuple[Pool, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()


@dataclass
class Possibilities:
    """``without``: codes of rules to leave out (tests, and the search for a conflict)."""

    problem: Problem
    without: frozenset[str] = frozenset()
    apart: bool = False  # every place in its own pool
    published: Published = field(init=False)
    pools: Pools = field(init=False)
    obstacles: dict[str, str] = field(default_factory=dict)
    _open: dict[tuple[Pool, ...], set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.published = read_published(self.problem)
        self.pools = Pools(self.problem, self.without, apart=self.apart)
        meetings = sorted(self.problem.meetings, key=lambda meeting: meeting.id)
        self.meetings: tuple[Meeting, ...] = tuple(meetings)
        self.casts = {meeting.id: tuple(self._casts_of(meeting)) for meeting in meetings}
        self.starts = {meeting.id: tuple(self._starts_of(meeting)) for meeting in meetings}

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
        return {
            person.id: frozenset(position[slot] for slot in person.absent)
            for person in self.problem.participants
        }

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

    def _starts_of(self, meeting: Meeting) -> Iterator[int]:
        fitting = {start for cast in self.casts[meeting.id] for start in self._fitting(cast)}
        for start in sorted(fitting):
            slot = self.problem.slots[start].id
            if self.start_obstacle(meeting, slot) is not None:
                continue
            if meeting.length == 1 or self._peopled(meeting, start):
                yield start

    def _fitting(self, cast: Cast) -> set[int]:
        """Slots in which every side has somebody and every need has an open place."""
        fitting = set(range(len(self.problem.slots)))
        for side in cast.members if self.enforces("absent") else ():
            fitting -= frozenset.intersection(*(self.absent[person] for person in side))
        for pools in (cast.pools, cast.rooms):
            if pools:
                fitting &= self._open_slots(pools)
        return fitting

    def _open_slots(self, pools: tuple[Pool, ...]) -> set[int]:
        if pools not in self._open:
            slots = range(len(self.problem.slots))
            self._open[pools] = {s for s in slots if any(pool.capacity[s] for pool in pools)}
        return self._open[pools]

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

    def _peopled(self, meeting: Meeting, start: int) -> bool:
        span = self.span(meeting, start)
        for cast in self.casts[meeting.id]:
            if not all(any(self.attends(p, span) for p in side) for side in cast.members):
                continue
            needed = (cast.pools, cast.rooms)
            if all(not pools or any(pool.open_in(span) for pool in pools) for pools in needed):
                return True
        return False

    def _casts_of(self, meeting: Meeting) -> Iterator[Cast]:
        sides = [self._alike(side) for side in meeting.sides]
        for members in product(*sides):
            if self.enforces("side") and not _can_differ(members):
                continue
            people = [self.participants[min(side)] for side in members]
            cast = self._furnish(meeting, members, people)
            if isinstance(cast, Cast):
                yield cast
            else:
                self.obstacles.setdefault(meeting.id, cast)

    def _alike(self, side: tuple[str, ...]) -> list[frozenset[str]]:
        groups: dict[tuple[object, ...], set[str]] = {}
        for person in sorted(side):
            known = self.participants[person]
            kind = (known.place or "", known.remote, tuple(sorted(known.languages)))
            groups.setdefault(kind, set()).add(person)
        return [frozenset(group) for group in groups.values()]

    def _furnish(
        self, meeting: Meeting, members: tuple[frozenset[str], ...], people: list[Participant]
    ) -> Cast | str:
        """The cast with its places and interpreters, or the rule that refuses it."""
        interpreters = self._interpreters_for(people)
        if isinstance(interpreters, str):
            return interpreters
        pools = self.pools.wanted(meeting, people)
        if isinstance(pools, str):
            return pools
        online = self.enforces("online") and any(person.remote for person in people)
        rooms = self.pools.open_to(meeting, people, "online") if online else ()
        if isinstance(rooms, str):
            return rooms
        return Cast(members, online, pools, rooms, interpreters)

    def refusal(self, meeting: Meeting, people: tuple[str, ...]) -> str | None:
        """The rule against sending these people together, whenever and wherever it were."""
        if len(set(people)) < len(people):
            return "side"
        known = [self.participants[person] for person in people]
        cast = self._furnish(meeting, tuple(frozenset([person]) for person in people), known)
        return None if isinstance(cast, Cast) else cast

    def _interpreters_for(self, people: list[Participant]) -> tuple[Interpreter, ...] | str:
        if not self.enforces("language"):
            return ()
        spoken = [person.languages for person in people if person.languages]
        if not spoken or frozenset.intersection(*spoken):
            return ()
        able = [
            each
            for each in self.interpreters
            if all(not each.languages.isdisjoint(languages) for languages in spoken)
        ]
        return tuple(able) or "language"


def _can_differ(members: tuple[frozenset[str], ...]) -> bool:
    singles = [next(iter(side)) for side in members if len(side) == 1]
    return len(singles) == len(set(singles))
