"""The cells of a draft's board: each meeting leads to its own page, and carries a mark that says
in words or numbers what its colour says.
"""

from __future__ import annotations

from functools import cached_property

from flask_babel import gettext as _
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.changed import changed_meetings
from matchmaker.organisations.models import Delegation
from matchmaker.participants.models import Participant
from matchmaker.schedules.board import Board
from matchmaker.schedules.cells import BREAK, CellWriter
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import BookedMeeting

COLOURS = ("weight", "delegation", "state")
HUES = 8


class DraftCells(CellWriter):
    """``address`` leads to the page of a meeting, whose id follows it."""

    def __init__(
        self, session: Session, draft: Version, names: Names, colour: str, address: str
    ) -> None:
        super().__init__(names, lambda person: person)
        self.session, self.draft, self.colour, self.home = session, draft, colour, address

    def _meeting(self, board: Board, meeting: BookedMeeting) -> str:
        people = BREAK.join(self._person(person) for person in meeting.people)
        hue, mark = self._mark(board, meeting)
        lock = f'<span class="lock">{escape(_("Locked"))}</span>' if meeting.locked else ""
        name = escape(meeting.id)
        return (
            f'<div class="met" data-meeting="{name}" data-{self.colour}="{hue}">'
            f'<a href="{escape(self.home)}{name}">{people}</a>'
            f'<small class="mark">{escape(mark)}</small>{lock}</div>'
        )

    def _person(self, person: str) -> str:
        if person not in self.people:
            name = escape(self.names.person(person))
            house = escape(self.names.organisation(person))
            small = f" <small><bdi>{house}</bdi></small>" if house else ""
            self.people[person] = f"<bdi>{name}</bdi>{small}"
        return self.people[person]

    def _mark(self, board: Board, meeting: BookedMeeting) -> tuple[object, str]:
        """What colours it, and the same to be read."""
        if self.colour == "delegation":
            codes = [self.delegations[p] for p in meeting.people if p in self.delegations]
            hues = sorted(self.hues)
            return (hues.index(codes[0]) % HUES + 1 if codes else 0), " · ".join(
                dict.fromkeys(codes)
            )
        if self.colour == "state":
            if meeting.locked:
                return "locked", ""
            return ("changed", str(_("Changed"))) if meeting.id in self.changed else ("as_was", "")
        return board.shade(meeting.weight), str(meeting.weight)

    @cached_property
    def delegations(self) -> dict[str, str]:
        """The code of each person's delegation."""
        query = (
            select(Participant.id, Delegation.code)
            .join(
                Delegation,
                (Delegation.event_id == Participant.event_id)
                & (Delegation.id == Participant.delegation_id),
            )
            .where(Participant.event_id == self.draft.event_id)
        )
        return {row.id: row.code for row in self.session.execute(query)}

    @cached_property
    def hues(self) -> dict[str, int]:
        codes = sorted(set(self.delegations.values()))
        return {code: place % HUES + 1 for place, code in enumerate(codes)}

    @cached_property
    def changed(self) -> set[str]:
        return changed_meetings(self.session, self.draft)
