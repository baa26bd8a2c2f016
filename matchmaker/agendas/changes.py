"""How two agendas of one person differ: what is new, what fell, what moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matchmaker.agendas.agenda import Agenda, AgendaMeeting


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting before and after; None where the agenda does not hold it."""

    before: AgendaMeeting | None
    after: AgendaMeeting | None

    @property
    def id(self) -> str:
        return self._shown.id

    @property
    def at(self) -> datetime:
        return self._shown.starts_at

    @property
    def _shown(self) -> AgendaMeeting:
        shown = self.after or self.before
        assert shown is not None
        return shown

    @property
    def kind(self) -> str:
        """``new``, ``fallen``, ``moved`` (time or place) or ``changed`` (with whom)."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "fallen"
        return "moved" if _where(self.before) != _where(self.after) else "changed"


def changes_between(before: Agenda | None, after: Agenda) -> tuple[Change, ...]:
    """By time. Only what a person would notice counts."""
    had = {meeting.id: meeting for meeting in before.meetings} if before else {}
    has = {meeting.id: meeting for meeting in after.meetings}
    found = [
        Change(had.get(name), has.get(name))
        for name in {*had, *has}
        if _seen(had.get(name)) != _seen(has.get(name))
    ]
    return tuple(sorted(found, key=lambda change: change.at))


def _seen(meeting: AgendaMeeting | None) -> tuple[object, ...] | None:
    if meeting is None:
        return None
    people = tuple(partner.id for partner in meeting.partners)
    return (*_where(meeting), people, meeting.interpreter)


def _where(meeting: AgendaMeeting) -> tuple[object, ...]:
    return meeting.starts_at, meeting.ends_at, meeting.place
