"""From the cells of a row to a meeting: who meets, when, where and with which interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from itertools import permutations

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.drafts.importing.base import Base
from matchmaker.events.queries import interpreters_of
from matchmaker.imports.cells import CellFault
from matchmaker.imports.rows import Said, Sheet
from matchmaker.imports.surroundings import SlotTimes, Surroundings
from matchmaker.imports.wishing.directory import Directory, load_directory
from matchmaker.languages import comma, isolate
from matchmaker.schedules.bridge import Meeting, Placed
from matchmaker.spreadsheets.columns import fold

MOST_PEOPLE = 6


class RowFault(Exception):
    """``field`` is where it stands, the text the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Meant:
    """A row understood. ``is_wished``: somebody has asked for this meeting."""

    number: int
    asked: Meeting
    placed: Placed
    is_wished: bool


@dataclass(frozen=True)
class Reader:
    base: Base
    around: Surroundings
    sheet: Sheet

    def read(self, row: Said) -> Meant:
        people = self._people(row)
        first = self._slot(row)
        asked, is_wished = self._asked(people, self._length(row, first))
        here = self.base.placed.get(asked.id)
        placed = Placed(
            meeting=asked.id,
            slot=first.id,
            place=row.values.get("place", here.place if here else None) or None,
            room=row.values.get("room", here.room if here else None) or None,
            participants=_in_order(people, asked, here),
            interpreter=self._interpreter(row, here),
        )
        return Meant(row.number, asked, placed, is_wished)

    def _people(self, row: Said) -> tuple[str, ...]:
        keys = [(field, row.values.get(field, "")) for field in ("first", "second")]
        keys += [("others", name) for name in row.values.get("others", ())]
        people = []
        for field, name in keys:
            if not name:
                raise RowFault(field, _("Nobody is named here. Write an e-mail address."))
            try:
                people.append(self._directory.person(name))
            except CellFault as fault:
                raise RowFault(field, str(fault)) from None
        if len(set(people)) < len(people):
            raise RowFault("second", _("The same person stands here twice."))
        if len(people) > MOST_PEOPLE:
            raise RowFault("others", _("At most %(most)s people meet at once.", most=MOST_PEOPLE))
        return tuple(people)

    def _slot(self, row: Said) -> SlotTimes:
        moment = self._moment(row, "start")
        slot = self._starts.get(moment)
        if slot is None:
            raise RowFault(
                "start",
                _(
                    "No slot begins on %(day)s at %(time)s. Slots begin then: %(times)s.",
                    day=f"{moment:%Y-%m-%d}",
                    time=f"{moment:%H:%M}",
                    times=self._times_of(moment.date()),
                ),
            )
        return slot

    def _times_of(self, day: date) -> str:
        times = [f"{start:%H:%M}" for start in self._starts if start.date() == day]
        return comma(current_language()).join(times) or _("none on this day")

    def _moment(self, row: Said, field: str) -> datetime:
        if field not in row.values:
            raise RowFault(field, _("There is no time here. Write it as 09:30."))
        day, clock = row.values[field]
        day = day or row.values.get("day") or self._only_day
        if day is None:
            raise RowFault("day", _("There is no day here. Write it as 2026-10-14."))
        return datetime.combine(day, clock)

    def _length(self, row: Said, first: SlotTimes) -> int | None:
        """How many slots; None where the row does not say."""
        if "end" not in row.values:
            return None
        clock: time = row.values["end"][1]
        following = [
            slot
            for slot in self.around.names.slots
            if slot.session_id == first.session_id and slot.starts_at >= first.starts_at
        ]
        for number, slot in enumerate(following, start=1):
            if slot.ends_at.time() == clock:
                return number
        raise RowFault(
            "end",
            _(
                "No slot ends at %(time)s; the one that begins then ends at %(end)s.",
                time=f"{clock:%H:%M}",
                end=f"{first.ends_at:%H:%M}",
            ),
        )

    def _asked(self, people: tuple[str, ...], length: int | None) -> tuple[Meeting, bool]:
        """The meeting of these people as it is asked for, or one that nobody has asked for."""
        known = self._by_people.get(frozenset(people)) or self._wished_of(people)
        if known is None:
            made = Meeting(
                id="~".join(sorted(people)),
                sides=tuple((person,) for person in people),
                weight=self.base.event.like_weight,
                length=length or 1,
            )
            return made, False
        if length is not None and length != known.length:
            raise RowFault(
                "end",
                _("This meeting takes so many slots: %(number)s.", number=known.length),
            )
        return known, True

    def _wished_of(self, people: tuple[str, ...]) -> Meeting | None:
        """One of the meetings that are not placed, of which each side sends one of these."""
        own = self.base.asked.get("~".join(sorted(people)))
        if own is not None and own.id not in self.base.placed:
            return own
        for meeting in self._open_to_several:
            is_theirs = len(meeting.sides) == len(people) and set(people) <= meeting.people()
            if is_theirs and _sides_of(people, meeting) is not None:
                return meeting
        return None

    def _interpreter(self, row: Said, here: Placed | None) -> str | None:
        said = row.values.get("interpreter")
        if said is None:
            return here.interpreter if here else None
        if not said:
            return None
        found = self._interpreters.get(fold(said))
        if found is None:
            raise RowFault(
                "interpreter",
                _("There is no interpreter %(name)s. Add one first.", name=isolate(said[:60])),
            )
        return found

    @cached_property
    def _directory(self) -> Directory:
        return load_directory(self.base.session, self.base.event)

    @cached_property
    def _starts(self) -> Mapping[datetime, SlotTimes]:
        return {slot.starts_at: slot for slot in self.around.names.slots}

    @cached_property
    def _only_day(self) -> date | None:
        days = {slot.starts_at.date() for slot in self.around.names.slots}
        return days.pop() if len(days) == 1 else None

    @cached_property
    def _by_people(self) -> Mapping[frozenset[str], Meeting]:
        """Of those that are placed."""
        return {
            frozenset(row.participants): self.base.asked[name]
            for name, row in self.base.placed.items()
            if name in self.base.asked
        }

    @cached_property
    def _open_to_several(self) -> list[Meeting]:
        return [
            row
            for row in self.base.asked.values()
            if row.id not in self.base.placed and any(len(side) > 1 for side in row.sides)
        ]

    @cached_property
    def _interpreters(self) -> Mapping[str, str]:
        rows = interpreters_of(self.base.session, self.base.event.id)
        return {fold(row.name): row.id for row in rows}


def _in_order(people: tuple[str, ...], asked: Meeting, here: Placed | None) -> tuple[str, ...]:
    """As the sides of the meeting: where it is placed already, as it is."""
    if here is not None:
        return here.participants
    return _sides_of(people, asked) or people


def _sides_of(people: tuple[str, ...], asked: Meeting) -> tuple[str, ...] | None:
    """One person for each side."""
    for order in permutations(people):
        if all(person in side for person, side in zip(order, asked.sides, strict=False)):
            return order
    return None
