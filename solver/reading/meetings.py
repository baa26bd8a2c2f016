"""The parts of a problem file that speak of meetings: meetings, limits, lists, published rows."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from solver.faults import shown
from solver.problem import Limit, Meeting, PublishedMeeting, Travel
from solver.reading.known import Known
from solver.reading.rows import Row

HIGHEST_WEIGHT = 10**9
MEETING_FIELDS = frozenset(field.name for field in fields(Meeting))
PLAIN_FIELDS = frozenset({"id", "sides", "weight", "length"})
LIMIT_FIELDS = frozenset(field.name for field in fields(Limit))
TRAVEL_FIELDS = frozenset({"from", "to", "slots"})
PUBLISHED_FIELDS = frozenset(field.name for field in fields(PublishedMeeting))


def meetings(root: Row, known: Known) -> tuple[Meeting, ...]:
    def read(row: Row) -> Meeting:
        meeting = Meeting(
            id=row.identity("id"),
            sides=_sides(row, known),
            weight=row.whole("weight", 1, most=HIGHEST_WEIGHT),
            must=row.flag("must"),
            length=row.whole("length", 1, least=1),
            slots=_start_slots(row, known),
            fixed_slot=row.optional_id("fixed_slot", known.slots, "slot"),
            place=row.optional_id("place", known.places, "place"),
            after=frozenset(row.ids("after", known.meetings, "meeting")),
        )
        if meeting.id and meeting.id in meeting.after:
            row.refuse("after", f"the meeting {shown(meeting.id)} is said to come after itself")
        return meeting

    found = root.rows("meetings", MEETING_FIELDS, read, PlainMeetings(known).read)
    return tuple(sorted(found, key=lambda meeting: meeting.id))


class PlainMeetings:
    """Meetings of single people without anything special: most of a large file.

    Whatever is not exactly so goes the long way, which names faults. People who come again share
    one side, so that a million meetings stay small.
    """

    def __init__(self, known: Known) -> None:
        self.sides = {name: (name,) for name in known.participants}

    def read(self, item: Any) -> Meeting | None:
        if type(item) is not dict or not PLAIN_FIELDS.issuperset(item):
            return None
        name, weight, length = item.get("id"), item.get("weight", 1), item.get("length", 1)
        sides = self._sides(item.get("sides"))
        if sides is None or type(name) is not str or not name or not name.isascii():
            return None
        if type(weight) is not int or type(length) is not int:
            return None
        if not (0 <= weight <= HIGHEST_WEIGHT and length >= 1):
            return None
        return Meeting(id=name, sides=sides, weight=weight, length=length)

    def _sides(self, sides: Any) -> tuple[tuple[str, ...], ...] | None:
        if type(sides) is not list or [type(side) for side in sides] != [list, list]:
            return None
        first, second = sides
        if not len(first) == len(second) == 1:
            return None
        try:
            return self.sides[first[0]], self.sides[second[0]]
        except (KeyError, TypeError):
            return None


def _start_slots(row: Row, known: Known) -> frozenset[str] | None:
    if row.get("slots") is None:
        return None
    return frozenset(row.ids("slots", known.slots, "slot"))


def _sides(row: Row, known: Known) -> tuple[tuple[str, ...], ...]:
    if not row.required("sides"):
        return ()
    sides = tuple(_side(row, path, item, known) for path, item in row.items("sides"))
    if isinstance(row.get("sides"), list) and len(sides) < 2:
        row.refuse("sides", "fewer than two sides")
    return sides


def _side(row: Row, path: str, item: Any, known: Known) -> tuple[str, ...]:
    if isinstance(item, list) and not item:
        row.faults.add(path, "an empty side; list at least one participant")
    return row.known_ids(path, item, known.participants, "participant")


def limits(root: Row, known: Known) -> tuple[Limit, ...]:
    def read(row: Row) -> Limit:
        for field in ("participants", "slots"):
            row.required(field)
        limit = Limit(
            participants=row.ids("participants", known.participants, "participant"),
            slots=frozenset(row.ids("slots", known.slots, "slot")),
            max_meetings=row.optional_whole("max_meetings", least=1),
            free_slots=row.optional_whole("free_slots", least=1),
            together=row.flag("together"),
        )
        if limit.free_slots is not None and limit.free_slots > len(limit.slots):
            sentence = f"{limit.free_slots} slots shall stay free, {len(limit.slots)} are listed"
            row.refuse("free_slots", sentence)
        return limit

    found = root.rows("limits", LIMIT_FIELDS, read)
    return tuple(sorted(found, key=attrgetter("order")))


def exclusive(root: Row, known: Known) -> tuple[tuple[str, ...], ...]:
    lists = (
        root.known_ids(path, item, known.meetings, "meeting")
        for path, item in root.items("exclusive")
    )
    return tuple(sorted(lists))


def travel(root: Row) -> tuple[Travel, ...]:
    first_seen: dict[frozenset[str], str] = {}

    def read(row: Row) -> Travel:
        origin, destination = row.identity("from"), row.identity("to")
        pair = frozenset((origin, destination))
        first = first_seen.setdefault(pair, row.path)
        if first != row.path and origin and destination:
            names = f"{shown(origin)} and {shown(destination)}"
            row.faults.add(row.path, f"the pair {names} is already given in {first}")
        slots = row.whole("slots", 0) if row.required("slots") else 0
        low, high = sorted((origin, destination))
        return Travel(origin=low, destination=high, slots=slots)

    found = root.rows("travel", TRAVEL_FIELDS, read)
    return tuple(sorted(found, key=attrgetter("order")))


def published(root: Row) -> tuple[PublishedMeeting, ...]:
    """Published rows may name what is gone: such meetings count as dropped, or are released."""
    first_seen: dict[str, str] = {}

    def read(row: Row) -> PublishedMeeting:
        name = row.identity("meeting")
        first = first_seen.setdefault(name, row.path)
        if first != row.path and name:
            row.refuse("meeting", f"{shown(name)} is already given in {first}")
        row.required("participants")
        return PublishedMeeting(
            meeting=name,
            slot=row.identity("slot"),
            place=row.text("place") if row.get("place") is not None else None,
            room=row.text("room") if row.get("room") is not None else None,
            participants=row.listed_texts("participants"),
            interpreter=row.text("interpreter") if row.get("interpreter") is not None else None,
            locked=row.flag("locked"),
        )

    found = root.rows("published", PUBLISHED_FIELDS, read)
    return tuple(sorted(found, key=lambda row: row.meeting))
