"""What an organiser looks at: one page of one board of a draft, in one colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask import request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import short_day_text
from matchmaker.drafts.cells import COLOURS, DraftCells
from matchmaker.drafts.grids import WAYS, boards_of
from matchmaker.drafts.models import Change
from matchmaker.drafts.states import state_from
from matchmaker.paging import asked_page
from matchmaker.schedules.board import ONLINE, Board, Boards, Row
from matchmaker.schedules.bridge import Placed
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names

ZOOMS = ("1", "2", "3")


def _chosen(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = request.args.get(name, default)
    return value if value in allowed else default


@dataclass(frozen=True)
class View:
    """As the address says: rows, day, page, colour, zoom, and what is searched for."""

    by: str
    day: str | None
    page: int
    colour: str
    zoom: str
    search: str

    @classmethod
    def asked(cls) -> View:
        return cls(
            by=_chosen("by", WAYS, "places"),
            day=request.args.get("day"),
            page=asked_page(),
            colour=_chosen("colour", COLOURS, "weight"),
            zoom=_chosen("zoom", ZOOMS, "2"),
            search=request.args.get("q", "").strip()[:80],
        )

    @property
    def values(self) -> dict[str, object]:
        """For an address that shows the same; what stands as it stands by itself is left out."""
        usual = View("places", None, 1, "weight", "2", "")
        names = {"by": "by", "day": "day", "page": "page", "colour": "colour", "zoom": "zoom"}
        values = {name: getattr(self, name) for name in names}
        values["q"] = self.search or None
        return {
            name: value
            for name, value in values.items()
            if value and (name == "q" or value != getattr(usual, name))
        }


class Screen:
    """``changes``: of the page's rows only those that they touch."""

    def __init__(
        self, session: Session, draft: Version, view: View, changes: Iterable[Change] | None = None
    ) -> None:
        self.session, self.draft, self.view = session, draft, view
        self.boards: Boards = boards_of(session, draft, view.by)
        touched = None
        if changes is not None:
            touched = {key for change in changes for key in self._keys(change)}
        self.board: Board | None = self.boards.draw(view.day, view.page, touched)

    @cached_property
    def names(self) -> Names:
        return Names(self.session, self.draft.event_id, self.board.people if self.board else ())

    @cached_property
    def cells(self) -> DraftCells:
        address = url_for(
            "drafts.meeting",
            event_id=self.draft.event_id,
            draft_id=self.draft.id,
            meeting_id="",
            _external=False,
        )
        return DraftCells(self.session, self.draft, self.names, self.view.colour, address)

    @property
    def days(self) -> list[tuple[str, str]]:
        language = current_language()
        return [(day.isoformat(), short_day_text(day, language)) for day in self.boards.days]

    @property
    def rows(self) -> list[Row]:
        return list(self.board.page.rows) if self.board else []

    def written(self) -> dict[str, str]:
        """Every cell of the rows, by slot and row."""
        if self.board is None:
            return {}
        return {
            f"{slot.id}|{row.key}": str(self.cells.write(self.board, meetings))
            for row in self.rows
            for slot, meetings in zip(self.board.slots, row.cells, strict=True)
        }

    def _keys(self, change: Change) -> set[str]:
        states = [state_from(row) for row in (*change.before.values(), *change.after.values())]
        return {key for state in states if state.placed for key in self._of(state.placed)}

    def _of(self, placed: Placed) -> set[str]:
        if self.view.by == "people":
            return set(placed.participants)
        if self.view.by == "interpreters":
            return {placed.interpreter} if placed.interpreter else set()
        return {place for place in (placed.place, placed.room) if place} or {ONLINE}


def plain(sentence: Markup | str) -> str:
    """For a page that shows it as text."""
    return Markup(sentence).striptags()
