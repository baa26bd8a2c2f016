"""The one shape of an agenda, used by screen, PDF, calendar and spreadsheet alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Protocol, TypeVar

from matchmaker.database import Texts
from matchmaker.programme.entries import Entry as Item

# Marks that turn the direction of what follows: in a name they would reach beyond it.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text on one line, without control characters and without direction marks."""
    kept = _SPACE.sub(" ", _TURNING.sub("", text))
    return "".join(sign for sign in kept if unicodedata.category(sign) != "Cc").strip()


class Presence(StrEnum):
    """What a participant does about the place of a meeting."""

    STAYS = "stays"
    COMES = "comes"
    BOTH_COME = "both_come"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an event's schedule, as it is shown or printed now."""

    event_id: str
    slug: str
    names: Texts
    venue: Texts
    zone: str
    language: str
    first_day: date
    last_day: date
    number: int
    published_at: datetime
    printed_at: datetime
    is_preliminary: bool = False  # may change, and nobody was told


@dataclass(frozen=True, slots=True)
class Person:
    """What participants see of each other before they meet: no address, no phone."""

    id: str
    name: str
    job: str
    organisation: str
    country: str  # ISO 3166 code
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is looked for; ``code`` is what stands on it."""

    code: str
    kind: str
    names: Texts
    zone: Texts


@dataclass(frozen=True, slots=True)
class InterpreterName:
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaMeeting:
    """A meeting as one of its participants sees it."""

    id: str
    slot_id: str
    starts_at: datetime  # wall time of the event
    ends_at: datetime
    spot: Spot | None  # None: online, without a room
    room: str  # code of the online room
    partners: tuple[Person, ...]
    interpreter: InterpreterName | None
    presence: Presence

    @property
    def place(self) -> str:
        """Place and online room in one label."""
        return " · ".join(part for part in (self.spot.code if self.spot else "", self.room) if part)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """Consecutive slots without a meeting."""

    starts_at: datetime
    ends_at: datetime
    slots: int


class Timed(Protocol):
    @property
    def starts_at(self) -> datetime: ...


Entry = TypeVar("Entry", bound=Timed)


def by_day(entries: Iterable[Entry]) -> tuple[tuple[date, tuple[Entry, ...]], ...]:
    """The entries by time, day by day."""
    ordered = sorted(entries, key=lambda entry: entry.starts_at)
    return tuple(
        (day, tuple(of_day))
        for day, of_day in groupby(ordered, lambda entry: entry.starts_at.date())
    )


@dataclass(frozen=True, slots=True)
class Agenda:
    """A participant's meetings, programme and free times in one edition."""

    edition: Edition
    person: Person
    language: str
    secret: str
    meetings: tuple[AgendaMeeting, ...]
    free: tuple[FreeTime, ...]
    items: tuple[Item, ...] = ()  # of the programme, that the person attends

    @property
    def days(self) -> tuple[tuple[date, tuple[AgendaMeeting | FreeTime | Item, ...]], ...]:
        entries: list[AgendaMeeting | FreeTime | Item] = [*self.meetings, *self.free, *self.items]
        return by_day(entries)

    def next_after(self, moment: datetime) -> AgendaMeeting | None:
        """The meeting that runs at this wall time or comes next."""
        return next((meeting for meeting in self.meetings if meeting.ends_at > moment), None)


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting as its place and the organisers see it."""

    id: str
    starts_at: datetime
    ends_at: datetime
    spot: Spot | None
    room: str
    people: tuple[Person, ...]
    interpreter: InterpreterName | None
    interpreter_id: str | None = None

    @property
    def place(self) -> str:
        """Place and online room in one label."""
        return " · ".join(part for part in (self.spot.code if self.spot else "", self.room) if part)


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What lies on a table or hangs at a stand: who meets there, and when it is free."""

    edition: Edition
    spot: Spot
    owners: tuple[Person, ...]
    meetings: tuple[Booking, ...]
    free: tuple[FreeTime, ...]

    @property
    def days(self) -> tuple[tuple[date, tuple[Booking | FreeTime, ...]], ...]:
        entries: list[Booking | FreeTime] = [*self.meetings, *self.free]
        return by_day(entries)


@dataclass(frozen=True, slots=True)
class SlotTime:
    id: str
    session_id: str
    starts_at: datetime
    ends_at: datetime


def free_times(slots: Iterable[SlotTime], taken: set[str]) -> tuple[FreeTime, ...]:
    """Runs of slots of one session that are not taken."""
    found: list[FreeTime] = []
    before: SlotTime | None = None
    for slot in slots:
        if slot.id in taken:
            before = None
            continue
        if before is not None and before.session_id == slot.session_id:
            run = found.pop()
            found.append(FreeTime(run.starts_at, slot.ends_at, run.slots + 1))
        else:
            found.append(FreeTime(slot.starts_at, slot.ends_at, 1))
        before = slot
    return tuple(found)
