"""What the engine is told: the nouns of ``matchmaker-problem/1``.

Every class is frozen and plain. Identity is the text id that the file gives; nothing here
depends on the order of rows. ``solver.files.read_problem`` is the door that checks a file and
names its faults; a :class:`Problem` that came through it needs no further checking.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

GOALS = ("minimum", "stability", "wishes", "worst_off", "breaks", "moves")
DEFAULT_GOALS = ("minimum", "wishes", "worst_off", "breaks", "moves")
DEFAULT_GOALS_WITH_PUBLISHED = ("minimum", "stability", "wishes", "worst_off", "breaks", "moves")
ON_SITE_KINDS = ("table", "stand")
PLACE_KINDS = ("table", "stand", "online", "quiet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One meeting-long piece of time, in the event's wall time."""

    id: str
    start: datetime
    end: datetime
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where meetings take place; ``capacity`` meetings at once, none in ``closed`` slots."""

    id: str
    kind: str = "table"
    zone: str | None = None
    capacity: int = 1
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person, or a stand that several people share, who takes meetings."""

    id: str
    name: str = ""
    delegation: str | None = None
    absent: frozenset[str] = frozenset()
    seats: int = 1
    max_meetings: int | None = None
    min_meetings: int = 0
    max_in_a_row: int | None = None
    place: str | None = None
    languages: frozenset[str] = frozenset()
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """Somebody who serves one meeting per slot between two of their languages."""

    id: str
    languages: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What the engine may place: one participant of each side meets.

    ``slots`` lists where it may start (None: anywhere); ``fixed_slot`` is the only start slot;
    ``after`` names meetings that must have ended before it starts, where both are placed.
    """

    id: str
    sides: tuple[tuple[str, ...], ...]
    weight: int = 1
    must: bool = False
    length: int = 1
    slots: frozenset[str] | None = None
    fixed_slot: str | None = None
    place: str | None = None
    after: frozenset[str] = frozenset()

    def people(self) -> frozenset[str]:
        """Everybody listed on any side."""
        return frozenset[str]().union(*self.sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Rule **limits**: for each participant listed, or ``together`` for all as one."""

    participants: tuple[str, ...]
    slots: frozenset[str]
    max_meetings: int | None = None
    free_slots: int | None = None
    together: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        bounds = (self.max_meetings or 0, self.free_slots or 0, self.together)
        return (self.participants, sorted(self.slots), *bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """``slots`` whole slots lie between meetings in the two zones, in both directions."""

    origin: str
    destination: str
    slots: int

    @property
    def order(self) -> tuple[str, str]:
        return self.origin, self.destination


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMeeting:
    """A meeting of the published schedule; ``locked`` ones keep everything they have."""

    meeting: str
    slot: str
    place: str | None = None
    room: str | None = None
    participants: tuple[str, ...]
    interpreter: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules that hold for the whole event."""

    pause_within_session: int = 10
    breaks_per_participant: int | None = None
    breaks_within: str = "session"  # "session", "day" or "event"
    absence_is_idle: bool = False
    now: datetime | None = None
    max_changes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One entry of the lexicographic order; later goals may give back ``slack`` of its best."""

    goal: str
    slack: float = 0.0

    def allowance(self, best: int) -> int:
        """``⌊slack · best⌋``, counted with the decimals that the file shows."""
        return int(Decimal(repr(self.slack)) * best)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything that the engine is told.

    ``places`` None means that no places are needed; an empty tuple that there is no room on
    site. ``slots`` are in the order of their start.
    """

    slots: tuple[Slot, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    name: str = ""
    timezone: str = "UTC"
    places: tuple[Place, ...] | None = None
    interpreters: tuple[Interpreter, ...] = ()
    limits: tuple[Limit, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    travel: tuple[Travel, ...] = ()
    published: tuple[PublishedMeeting, ...] = ()
    rules: Rules = field(default_factory=Rules)
    goals: tuple[Goal, ...] = tuple(Goal(goal=name) for name in DEFAULT_GOALS)

    @cached_property
    def slot_by_id(self) -> dict[str, Slot]:
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def slot_position(self) -> dict[str, int]:
        """Position of each slot in the order of time, over all sessions."""
        return {slot.id: position for position, slot in enumerate(self.slots)}

    @cached_property
    def sessions(self) -> dict[str, tuple[str, ...]]:
        """Slot ids of each session, in the order of time."""
        grouped: dict[str, list[str]] = {}
        for slot in self.slots:
            grouped.setdefault(slot.session, []).append(slot.id)
        return {session: tuple(slots) for session, slots in grouped.items()}

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        return {place.id: place for place in self.places or ()}

    @cached_property
    def owned_places(self) -> frozenset[str]:
        """Places that belong to participants."""
        return frozenset(person.place for person in self.participants if person.place)

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        return {participant.id: participant for participant in self.participants}

    @cached_property
    def interpreter_by_id(self) -> dict[str, Interpreter]:
        return {interpreter.id: interpreter for interpreter in self.interpreters}

    @cached_property
    def meeting_by_id(self) -> dict[str, Meeting]:
        return {meeting.id: meeting for meeting in self.meetings}

    def slots_from(self, start: str, length: int) -> tuple[str, ...] | None:
        """The ``length`` slots that a meeting starting at ``start`` occupies; None if too long."""
        session = self.sessions[self.slot_by_id[start].session]
        first = session.index(start)
        occupied = session[first : first + length]
        return occupied if len(occupied) == length else None
