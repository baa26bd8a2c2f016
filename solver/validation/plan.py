"""A schedule laid out for judging: who, where and when, each looked up once.

Nothing here knows how a schedule was found, and nothing trusts it: unknown ids are left for the
rules to tell, and a meeting that is placed twice stands here twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from solver.problem import Meeting, Participant, Problem, PublishedMeeting
from solver.schedule import PlacedMeeting


@dataclass(slots=True, eq=False)
class Entry:
    """A placed meeting with the slots it occupies (fewer than its length where they end)."""

    id: str
    placed: PlacedMeeting
    meeting: Meeting
    sent: list[Participant]  # in the order of the sides, as far as the problem knows them
    is_online: bool
    slots: tuple[str, ...]
    first: int  # positions in the order of time
    last: int
    session: str
    kept: bool  # published, started before now and unchanged: not judged


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
        in_order = sorted(self.entries, key=attrgetter("id"))
        in_order.sort(key=attrgetter("first"))
        for entry in in_order:
            self._index(entry)

    def _entry(self, placed: PlacedMeeting) -> Entry | None:
        meeting = self.problem.meeting_by_id.get(placed.meeting)
        first = self.problem.slot_position.get(placed.slot)
        if meeting is None or first is None:
            return None
        session = self.problem.slot_by_id[placed.slot].session
        slots = self._occupied(placed.slot, session, meeting.length)
        people = self.problem.participant_by_id
        sent = [people[name] for name in placed.participants if name in people]
        published = self.started.get(meeting.id)
        return Entry(
            id=meeting.id,
            placed=placed,
            meeting=meeting,
            sent=sent,
            is_online=True in [person.remote for person in sent],
            slots=slots,
            first=first,
            last=first + len(slots) - 1,
            session=session,
            kept=published is not None and is_unchanged(published, placed),
        )

    def _occupied(self, slot: str, session: str, length: int) -> tuple[str, ...]:
        if length == 1:
            return (slot,)
        start = self.place_in_session[slot]
        return self.problem.sessions[session][start : start + length]

    def _index(self, entry: Entry) -> None:
        placed = entry.placed
        for person in dict.fromkeys(placed.participants):
            self.by_person.setdefault(person, []).append(entry)
        if placed.place is not None:
            self.by_place.setdefault(placed.place, []).append(entry)
        if placed.room is not None and placed.room != placed.place:
            self.by_place.setdefault(placed.room, []).append(entry)
        if placed.interpreter is not None:
            self.by_interpreter.setdefault(placed.interpreter, []).append(entry)

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
