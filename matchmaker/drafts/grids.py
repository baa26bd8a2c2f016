"""The other boards: slots by participant, and by interpreter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Interpreter, InterpreterAbsence
from matchmaker.participants.models import Absence
from matchmaker.participants.presence import kept_away
from matchmaker.schedules.board import Boards
from matchmaker.schedules.models import InterpreterBooking, PersonBooking, Version
from matchmaker.schedules.queries import BookedMeeting, count_meetings

WAYS = ("places", "people", "interpreters")


class PeopleBoards(Boards):
    """Rows are the people who may meet, by name."""

    def rows(self, day: date) -> list[tuple[str, str]]:
        met = set(count_meetings(self.session, self.version))
        everybody = self.names.people.values()
        shown = [who for who in everybody if who.state == "validated" or who.id in met]
        return sorted(((who.id, who.name) for who in shown), key=lambda row: (row[1], row[0]))

    def meetings_on(self, day: date, places: list[str]) -> set[str]:
        return _booked(self, PersonBooking, PersonBooking.participant_id.in_(places), day)

    def keys_of(self, meeting: BookedMeeting) -> set[str]:
        return set(meeting.people)

    def closed(self) -> set[tuple[str, str]]:
        away = kept_away(self.session, self.version.event_id)
        elsewhere = {(person, slot) for person, slots in away.items() for slot in slots}
        return _away(self, Absence.participant_id, Absence.slot_id) | elsewhere


class InterpreterBoards(Boards):
    """Rows are the interpreters, by name."""

    def rows(self, day: date) -> list[tuple[str, str]]:
        query = select(Interpreter.id, Interpreter.name).where(
            Interpreter.event_id == self.version.event_id
        )
        rows = self.session.execute(query.order_by(Interpreter.name, Interpreter.id))
        return [(row.id, row.name) for row in rows]

    def meetings_on(self, day: date, places: list[str]) -> set[str]:
        mine = InterpreterBooking.interpreter_id.in_(places)
        return _booked(self, InterpreterBooking, mine, day)

    def keys_of(self, meeting: BookedMeeting) -> set[str]:
        return {meeting.interpreter_id} if meeting.interpreter_id else set()

    def closed(self) -> set[tuple[str, str]]:
        return _away(self, InterpreterAbsence.interpreter_id, InterpreterAbsence.slot_id)


def boards_of(session: Session, version: Version, by: str) -> Boards:
    kind = {"people": PeopleBoards, "interpreters": InterpreterBoards}.get(by, Boards)
    return kind(session, version)


def _booked(boards: Boards, table: Any, mine: Any, day: date) -> set[str]:
    slots = [slot.id for slot in boards.slots_of(day)]
    query = select(table.meeting_id).where(
        table.event_id == boards.version.event_id,
        table.version_id == boards.version.id,
        table.slot_id.in_(slots),
        mine,
    )
    return set(boards.session.scalars(query))


def _away(boards: Boards, who: Any, slot: Any) -> set[tuple[str, str]]:
    query = select(who, slot).where(who.class_.event_id == boards.version.event_id)
    rows: Iterable[Any] = boards.session.execute(query)
    return {(row[0], row[1]) for row in rows}
