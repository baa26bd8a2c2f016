"""What one version has otherwise than an earlier one, meeting by meeting and by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from matchmaker.schedules.models import PersonBooking, ScheduledMeeting, Version
from matchmaker.schedules.queries import BookedMeeting, chosen_meetings

# What makes two meetings with the same id the same meeting.
AS_PLACED = ("meeting_id", "slot_id", "length", "place_id", "room_id", "interpreter_id")
AS_SEATED = ("meeting_id", "slot_id", "side", "participant_id")

FEW = 1000  # names in a statement; to read all is quicker than to name more

# To another time, to another place at the same time, with others or another interpreter.
KINDS = ("new", "moved", "elsewhere", "otherwise", "fallen")


@dataclass(frozen=True)
class Difference:
    """A meeting in two versions; None where a version does not hold it."""

    id: str
    kind: str
    before: BookedMeeting | None
    after: BookedMeeting | None

    @property
    def people(self) -> tuple[str, ...]:
        """Of both versions."""
        both = (row.people for row in (self.after, self.before) if row)
        return tuple(dict.fromkeys(person for people in both for person in people))


class Differences:
    """Between two versions of an event. Nothing before: every meeting is new."""

    def __init__(self, session: Session, before: Version | None, after: Version) -> None:
        self.session, self.before, self.after = session, before, after

    @cached_property
    def kinds(self) -> dict[str, str]:
        """How each meeting differs that does, by its id."""
        only = differing(self.session, self.before, self.after) if self.before else None
        had, has = self._placed(self.before, only), self._placed(self.after, only)
        names = sorted(has) if only is None else only
        return {name: _kind(had.get(name), has.get(name)) for name in names}

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.kinds.values())

    @cached_property
    def people(self) -> dict[str, list[str]]:
        """The meetings that differ, by each person who was or is in them."""
        found: dict[str, dict[str, None]] = {}
        for version in filter(None, (self.before, self.after)):
            query = _said(PersonBooking, ("participant_id", "meeting_id"), version, self.kinds)
            for person, meeting in self.session.execute(query):
                if meeting in self.kinds:
                    found.setdefault(person, {})[meeting] = None
        return {person: list(meetings) for person, meetings in sorted(found.items())}

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the meetings that differ so; all where the word is none of ours."""
        return [name for name, its in self.kinds.items() if kind not in KINDS or kind == its]

    def rows(self, ids: Collection[str]) -> list[Difference]:
        """These meetings, by the time at which they are now or were."""
        had, has = self._meetings(self.before, ids), self._meetings(self.after, ids)
        rows = [Difference(name, self.kinds[name], had.get(name), has.get(name)) for name in ids]
        return sorted(rows, key=_by_time)

    def by_person(self, people: Iterable[str]) -> list[tuple[str, list[Difference]]]:
        """What differs for each of these."""
        people = list(people)
        names = {name for person in people for name in self.people.get(person, ())}
        rows = {row.id: row for row in self.rows(names)}
        return [
            (person, sorted((rows[name] for name in self.people.get(person, ())), key=_by_time))
            for person in people
        ]

    def _meetings(self, version: Version | None, ids: Collection[str]) -> dict[str, BookedMeeting]:
        if version is None:
            return {}
        return {row.id: row for row in chosen_meetings(self.session, version, ids)}

    def _placed(self, version: Version | None, only: Collection[str] | None) -> dict[str, Any]:
        if version is None:
            return {}
        rows = self.session.execute(_said(ScheduledMeeting, AS_PLACED, version, only))
        return {row.meeting_id: row for row in rows}


def differing(session: Session, before: Version, after: Version) -> list[str]:
    """The ids of meetings that only one version holds, or that take place otherwise. The database
    lays what both versions say together, and finds what one of them says alone.
    """
    if before.id == after.id:
        return []
    found: set[str] = set()
    for table, names in ((ScheduledMeeting, AS_PLACED), (PersonBooking, AS_SEATED)):
        said = union_all(*(_said(table, ("version_id", *names), v) for v in (before, after)))
        both = said.subquery().c
        alone = func.min(both.version_id) == func.max(both.version_id)
        query = select(both.meeting_id).group_by(*(both[name] for name in names)).having(alone)
        found.update(session.scalars(query))
    return sorted(found)


def _kind(before: Any | None, after: Any | None) -> str:
    if before is None:
        return "new"
    if after is None:
        return "fallen"
    if (before.slot_id, before.length) != (after.slot_id, after.length):
        return "moved"
    here = (before.place_id, before.room_id) == (after.place_id, after.room_id)
    return "otherwise" if here else "elsewhere"


def _by_time(row: Difference) -> tuple[Any, str]:
    shown = row.after or row.before
    assert shown is not None
    return shown.starts_at, row.id


def _said(
    table: type[ScheduledMeeting | PersonBooking],
    names: Sequence[str],
    version: Version,
    only: Collection[str] | None = None,
) -> Select[Any]:
    """Of all meetings, or of these where they are few."""
    columns = table.__table__.c
    query = select(*(columns[name] for name in names)).where(
        columns.event_id == version.event_id, columns.version_id == version.id
    )
    is_short = only is not None and len(only) <= FEW
    return query.where(columns.meeting_id.in_(only or ())) if is_short else query
