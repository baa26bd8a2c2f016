"""A schedule laid out for judging: who, where and when, each looked up once.

Nothing here knows how a schedule was found, and nothing trusts it: unknown ids are left for the
rules to tell, and a meeting that is placed twice stands here twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from solver.problem import Meeting, Participant, Problem, PublishedMeeting
from solver.schedule import PlacedMeeting


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A placed meeting with the slots it occupies (fewer than its length where they end)."""

    placed: PlacedMeeting
    meeting: Meeting
    slots: tuple[str, ...]
    first: int  # positions in the order of time
    last: int
    session: str
    kept: bool  # published, started before now and unchanged: not judged

    @property
    def id(self) -> str:
        return self.meeting.id


class Plan:
    """The entries of a schedule by meeting, person, place and interpreter."""

    def __init__(
        self,
        problem: Problem,
        meetings: Iterable[PlacedMeeting],
        *,
        started: Mapping[str, PublishedMeeting] | None = None,
    ) -> None:
        self.problem = problem
        self.meetings = tuple(meetings)
        self.started = started_before_now(problem) if started is None else started
        known = (self._entry(placed) for placed in self.meetings)
        self.entries = [entry for entry in known if entry is not None]
        self.by_meeting = {entry.id: entry for entry in self.entries}
        self.by_person: dict[str, list[Entry]] = {}
        self.by_place: dict[str, list[Entry]] = {}
        self.by_interpreter: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda entry: (entry.first, entry.id)):
            self._index(entry)

    def _entry(self, placed: PlacedMeeting) -> Entry | None:
        meeting = self.problem.meeting_by_id.get(placed.meeting)
        first = self.problem.slot_position.get(placed.slot)
        if meeting is None or first is None:
            return None
        session = self.problem.slot_by_id[placed.slot].session
        slots = self._occupied(placed.slot, session, meeting.length)
        published = self.started.get(meeting.id)
        kept = published is not None and is_unchanged(published, placed)
        last = self.problem.slot_position[slots[-1]]
        return Entry(placed, meeting, slots, first, last, session, kept)

    def _occupied(self, slot: str, session: str, length: int) -> tuple[str, ...]:
        if length == 1:
            return (slot,)
        start = self.place_in_session[slot]
        return self.problem.sessions[session][start : start + length]

    def _index(self, entry: Entry) -> None:
        for person in set(entry.placed.participants):
            self.by_person.setdefault(person, []).append(entry)
        for place in {entry.placed.place, entry.placed.room} - {None}:
            self.by_place.setdefault(str(place), []).append(entry)
        if entry.placed.interpreter is not None:
            self.by_interpreter.setdefault(entry.placed.interpreter, []).append(entry)

    @cached_property
    def judged(self) -> list[Entry]:
        """The entries that rules of a single meeting apply to."""
        return [entry for entry in self.entries if not entry.kept]

    @cached_property
    def place_in_session(self) -> dict[str, int]:
        """Number of each slot within its session, from 0."""
        sessions = self.problem.sessions.values()
        return {slot: number for slots in sessions for number, slot in enumerate(slots)}

    @cached_property
    def owned_places(self) -> frozenset[str]:
        people = self.problem.participants
        return frozenset(person.place for person in people if person.place is not None)

    def sent(self, entry: Entry) -> list[Participant]:
        """The people sent, in the order of the sides, as far as the problem knows them."""
        people = self.problem.participant_by_id
        return [people[name] for name in entry.placed.participants if name in people]

    def is_online(self, entry: Entry) -> bool:
        return any(person.remote for person in self.sent(entry))

    def zone_of(self, entry: Entry) -> str | None:
        place = self.problem.place_by_id.get(entry.placed.place or "")
        return place.zone if place is not None else None


def started_before_now(problem: Problem) -> dict[str, PublishedMeeting]:
    """The published meetings that have begun, by meeting."""
    now = problem.rules.now
    if now is None:
        return {}
    slots, meetings = problem.slot_by_id, problem.meeting_by_id
    return {
        row.meeting: row
        for row in problem.published
        if row.slot in slots and row.meeting in meetings and slots[row.slot].start < now
    }


def is_unchanged(row: PublishedMeeting, placed: PlacedMeeting | None) -> bool:
    """Same slot, place, room, people and interpreter."""
    if placed is None:
        return False
    same_seat = (row.slot, row.place, row.room) == (placed.slot, placed.place, placed.room)
    same_people = frozenset(row.participants) == frozenset(placed.participants)
    return same_seat and same_people and row.interpreter == placed.interpreter
