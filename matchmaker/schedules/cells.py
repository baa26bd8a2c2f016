"""The cells of the board as HTML: made here, where thousands of them cost a tenth of what the
template would take, with each person's part made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask_babel import gettext as _
from markupsafe import Markup

from matchmaker.schedules.board import Board
from matchmaker.schedules.names import Names, isolated
from matchmaker.schedules.queries import BookedMeeting

LINK, TO, LINKED = Markup('<a href="'), Markup('">'), Markup("</a>")
HOUSE, HOUSED = Markup(' <small class="muted">'), Markup("</small>")
SPEAKS = Markup("<br><small>{} {}</small>")
BREAK = "<br>"


class CellWriter:
    """``address`` leads to the page of a person."""

    def __init__(self, names: Names, address: Callable[[str], str]) -> None:
        self.names, self.address = names, address
        self.people: dict[str, str] = {}
        self.interpreters: dict[str, str] = {}

    def write(self, board: Board, meetings: Iterable[BookedMeeting]) -> Markup:
        """What stands between ``<td>`` and ``</td>``."""
        return Markup("".join(self._meeting(board, meeting) for meeting in meetings))

    def _meeting(self, board: Board, meeting: BookedMeeting) -> str:
        people = BREAK.join(self._person(person) for person in meeting.people)
        helper = self._interpreter(meeting.interpreter_id) if meeting.interpreter_id else ""
        return f'<div class="met" data-shade="{board.shade(meeting.weight)}">{people}{helper}</div>'

    def _person(self, person: str) -> str:
        if person not in self.people:
            house = self.names.organisation(person)
            link = LINK + self.address(person) + TO + isolated(self.names.person(person)) + LINKED
            self.people[person] = link + (HOUSE + isolated(house) + HOUSED if house else "")
        return self.people[person]

    def _interpreter(self, interpreter: str) -> str:
        if interpreter not in self.interpreters:
            name = self.names.interpreters[interpreter]
            self.interpreters[interpreter] = SPEAKS.format(_("Interpreter:"), isolated(name))
        return self.interpreters[interpreter]
