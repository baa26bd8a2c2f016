"""Who must be told that the published schedule has changed, and what of it is theirs.

Only the problem's published rows and the new schedule are compared, from each one's own side:
what stands in somebody's agenda before and after. Nobody else's meeting appears in a notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from solver.problem import Problem, PublishedMeeting
from solver.schedule import PlacedMeeting, Schedule

Kind = Literal["new", "dropped", "moved", "changed"]
Row = PlacedMeeting | PublishedMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A meeting as one of its people sees it."""

    slot: str
    place: str | None
    room: str | None
    partners: tuple[str, ...]  # sorted
    interpreter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``kind``: ``moved`` is another time, ``changed`` the same time and something else.

    ``differs`` names what is different: ``slot``, ``place``, ``room``, ``partners``,
    ``interpreter``. ``before`` is None for a ``new`` meeting, ``after`` for a ``dropped`` one.
    """

    meeting: str
    kind: Kind
    before: Appointment | None = None
    after: Appointment | None = None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Those to be told, by id, each with their own changes in the order of meeting ids."""

    participants: Mapping[str, tuple[Change, ...]]
    interpreters: Mapping[str, tuple[Change, ...]]


def changes(problem: Problem, schedule: Schedule) -> Notices:
    """What the schedule changes for whom, against ``problem.published``.

    Participants and interpreters without a change are left out. Whoever is in a published row
    and not in the problem any more is told as well. What has begun stays and is no change.
    """
    before, after = _by_meeting(problem.published), _by_meeting(schedule.meetings)
    people: dict[str, list[Change]] = defaultdict(list)
    interpreters: dict[str, list[Change]] = defaultdict(list)
    for meeting in sorted(before.keys() | after.keys()):
        old, new = before.get(meeting), after.get(meeting)
        for person in sorted(_people(old) | _people(new)):
            people[person] += _change(meeting, _seen(old, person), _seen(new, person))
        for one in sorted(_interpreters(old) | _interpreters(new)):
            served = _served(old, one), _served(new, one)
            interpreters[one] += _change(meeting, *served)
    return Notices(participants=_told(people), interpreters=_told(interpreters))


def notices_to_json(notices: Notices) -> dict[str, Any]:
    """Plain lists and objects: one object a person, with ``id`` and ``changes``."""
    return {
        "participants": [_person_to_json(*entry) for entry in notices.participants.items()],
        "interpreters": [_person_to_json(*entry) for entry in notices.interpreters.items()],
    }


def _by_meeting(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.meeting: row for row in rows}


def _told(found: dict[str, list[Change]]) -> dict[str, tuple[Change, ...]]:
    return {name: tuple(changed) for name, changed in sorted(found.items()) if changed}


def _people(row: Row | None) -> set[str]:
    return set(row.participants) if row is not None else set()


def _interpreters(row: Row | None) -> set[str]:
    return {row.interpreter} if row is not None and row.interpreter is not None else set()


def _seen(row: Row | None, person: str) -> Appointment | None:
    """The meeting from one participant's side; None where it is not theirs."""
    if row is None or person not in row.participants:
        return None
    return _appointment(row, (other for other in row.participants if other != person))


def _served(row: Row | None, interpreter: str) -> Appointment | None:
    if row is None or row.interpreter != interpreter:
        return None
    return _appointment(row, row.participants)


def _appointment(row: Row, partners: Iterable[str]) -> Appointment:
    return Appointment(
        slot=row.slot,
        place=row.place,
        room=row.room,
        partners=tuple(sorted(partners)),
        interpreter=row.interpreter,
    )


def _change(
    meeting: str, before: Appointment | None, after: Appointment | None
) -> Iterator[Change]:
    """One change, or none where this side of the meeting is as it was."""
    if before == after:
        return
    if before is None or after is None:
        kind: Kind = "new" if before is None else "dropped"
        yield Change(meeting=meeting, kind=kind, before=before, after=after)
        return
    names = ("slot", "place", "room", "partners", "interpreter")
    differs = tuple(name for name in names if getattr(before, name) != getattr(after, name))
    kind = "moved" if "slot" in differs else "changed"
    yield Change(meeting=meeting, kind=kind, before=before, after=after, differs=differs)


def _person_to_json(name: str, changed: tuple[Change, ...]) -> dict[str, Any]:
    return {"id": name, "changes": [_change_to_json(change) for change in changed]}


def _change_to_json(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {"meeting": change.meeting, "kind": change.kind}
    for name, side in (("before", change.before), ("after", change.after)):
        row[name] = None if side is None else _appointment_to_json(side)
    return row | {"differs": list(change.differs)}


def _appointment_to_json(side: Appointment) -> dict[str, Any]:
    return {
        "slot": side.slot,
        "place": side.place,
        "room": side.room,
        "partners": list(side.partners),
        "interpreter": side.interpreter,
    }
