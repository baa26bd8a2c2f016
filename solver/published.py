"""The published schedule read again: what stays, what is locked, what had to be released."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, permutations

from solver.problem import (
    ON_SITE_KINDS,
    Meeting,
    Participant,
    Place,
    Problem,
    PublishedMeeting,
)
from solver.schedule import PlacedMeeting

MOST_ORDERS = 720  # of the people of one meeting, tried


@dataclass(frozen=True, slots=True)
class Published:
    """Each published meeting is in exactly one of the four, by meeting id."""

    kept: dict[str, PublishedMeeting]  # started before now: stays, and is not judged
    locked: dict[str, PublishedMeeting]  # keeps everything it has
    released: dict[str, str]  # locked, but alone not allowed any more: the rule that says so
    loose: dict[str, PublishedMeeting]  # may change, and then counts as a change


def read_published(problem: Problem) -> Published:
    published = Published({}, {}, {}, {})
    rows = sorted(problem.published, key=lambda entry: entry.meeting)
    for entry in (in_order_of_sides(problem, row) for row in rows):
        if started_before_now(problem, entry):
            published.kept[entry.meeting] = entry
        elif not entry.locked:
            published.loose[entry.meeting] = entry
        elif rule := next(broken_alone(problem, entry), None):
            published.released[entry.meeting] = rule
        else:
            published.locked[entry.meeting] = entry
    return published


def started_before_now(problem: Problem, entry: PublishedMeeting) -> bool:
    slot = problem.slot_by_id.get(entry.slot)
    now = problem.rules.now
    known = entry.meeting in problem.meeting_by_id
    return known and slot is not None and now is not None and slot.start < now


def in_order_of_sides(problem: Problem, row: PublishedMeeting) -> PublishedMeeting:
    """The sides of a meeting may have been turned round since: the same people still count."""
    meeting = problem.meeting_by_id.get(row.meeting)
    if meeting is None or len(meeting.sides) != len(row.participants):
        return row
    for people in islice(permutations(row.participants), MOST_ORDERS):
        if all(person in side for person, side in zip(people, meeting.sides, strict=True)):
            return replace(row, participants=people)
    return row


def as_placed(entry: PublishedMeeting) -> PlacedMeeting:
    return PlacedMeeting(
        meeting=entry.meeting,
        slot=entry.slot,
        place=entry.place,
        room=entry.room,
        participants=entry.participants,
        interpreter=entry.interpreter,
    )


def broken_alone(problem: Problem, entry: PublishedMeeting) -> Iterator[str]:
    """The rules that this entry breaks even with nothing else in the schedule."""
    meeting = problem.meeting_by_id.get(entry.meeting)
    if meeting is None:
        yield "once"
        return
    if entry.slot not in problem.slot_by_id:
        yield "start_slot"
        return
    occupied = problem.slots_from(entry.slot, meeting.length)
    if occupied is None:
        yield "length"
        return
    sent = entry.participants
    fits = len(sent) == len(meeting.sides) == len(set(sent))
    if not fits or any(p not in side for p, side in zip(sent, meeting.sides, strict=True)):
        yield "side"
        return
    people = [problem.participant_by_id[person] for person in sent]
    if any(not person.absent.isdisjoint(occupied) for person in people):
        yield "absent"
    yield from _broken_in_place(problem, meeting, entry, people, occupied)
    if meeting.fixed_slot not in (None, entry.slot):
        yield "start_slot"
    if meeting.slots is not None and entry.slot not in meeting.slots:
        yield "start_slot"
    yield from _broken_in_language(problem, entry, people, occupied)
    yield from _broken_by_length(problem, entry, people, occupied)


def _broken_in_language(
    problem: Problem,
    entry: PublishedMeeting,
    people: list[Participant],
    occupied: tuple[str, ...],
) -> Iterator[str]:
    spoken = [person.languages for person in people if person.languages]
    common = not spoken or bool(frozenset.intersection(*spoken))
    if common != (entry.interpreter is None):
        yield "language"
    if entry.interpreter is None:
        return
    interpreter = problem.interpreter_by_id.get(entry.interpreter)
    if interpreter is None or not interpreter.absent.isdisjoint(occupied):
        yield "interpreter"
    elif any(interpreter.languages.isdisjoint(each) for each in spoken):
        yield "language"


def _broken_by_length(
    problem: Problem,
    entry: PublishedMeeting,
    people: list[Participant],
    occupied: tuple[str, ...],
) -> Iterator[str]:
    for person in people:
        most = person.max_in_a_row
        if person.seats == 1 and most is not None and len(occupied) > most:
            yield "max_in_a_row"
    for limit in problem.limits:
        if limit.free_slots and not set(entry.participants).isdisjoint(limit.participants):
            taken = len(limit.slots.intersection(occupied))
            if taken > len(limit.slots) - limit.free_slots:
                yield "limits"


def _broken_in_place(
    problem: Problem,
    meeting: Meeting,
    entry: PublishedMeeting,
    people: list[Participant],
    occupied: tuple[str, ...],
) -> Iterator[str]:
    places = [problem.place_by_id.get(name or "") for name in (entry.place, entry.room)]
    if any(place and not place.closed.isdisjoint(occupied) for place in places):
        yield "place_closed"
    online = any(person.remote for person in people)
    if not online:
        yield from _broken_on_site(problem, entry, places[0])
    owned = [person.place for person in people if person.place]
    wanted = meeting.place or (owned[0] if owned else None)
    if wanted and not online and entry.place != wanted:
        yield "own_place"
    allowed = {*owned, meeting.place}
    if any(
        used in problem.owned_places and used not in allowed for used in (entry.place, entry.room)
    ):
        yield "own_place"
    if online:
        yield from _broken_online(problem, entry, all(person.remote for person in people))
    elif entry.room is not None:
        yield "online"


def _broken_on_site(
    problem: Problem, entry: PublishedMeeting, place: Place | None
) -> Iterator[str]:
    if problem.places is None:
        if entry.place is not None:
            yield "place_kind"
    elif place is None or place.kind not in ON_SITE_KINDS:
        yield "place_kind"


def _broken_online(problem: Problem, entry: PublishedMeeting, all_remote: bool) -> Iterator[str]:
    kinds = {place.kind for place in problem.places or ()}
    needs = (("online", entry.room, True), ("quiet", entry.place, not all_remote))
    for kind, used, needed in needs:
        place = problem.place_by_id.get(used or "")
        expected = kind if needed and kind in kinds else None
        if (place.kind if place else None) != expected or (used is not None and place is None):
            yield "online"
