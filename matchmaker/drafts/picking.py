"""What a page shows of a meeting that was picked up: each of its cells, open or not, and why."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.drafts.grids import boards_of
from matchmaker.drafts.options import Option
from matchmaker.drafts.places import Choices, SlotChoice
from matchmaker.drafts.refusals import sentences
from matchmaker.drafts.screens import View, plain
from matchmaker.events.models import Event
from matchmaker.schedules.board import ONLINE
from matchmaker.schedules.models import ScheduledMeeting, Version
from matchmaker.schedules.names import Names

Cells = dict[str, dict[str, Any]]  # by slot and row


def picked_up(
    session: Session, event: Event, draft: Version, view: View, meeting: str
) -> dict[str, Any]:
    if _is_locked(session, draft, meeting):
        return {"refusal": _("This meeting is locked. Unlock it first."), "cells": {}}
    boards = boards_of(session, draft, view.by)
    frame = boards.frame(view.day, view.page)
    slots = [slot.id for slot in frame.slots] if frame else []
    rows = [key for key, _code in frame.page.rows] if frame else []
    seen = _by_places if view.by == "places" else _by_slots
    cells = seen(Choices(session, event, draft, meeting, boards.names), slots, rows)
    open_ = sum(cell["state"] in ("free", "swap") for cell in cells.values())
    said = ngettext(
        "%(meeting)s: one cell of this page is open.",
        "%(meeting)s: %(num)s cells of this page are open.",
        open_,
        meeting=plain(boards.names.meeting(meeting)),
    )
    return {"cells": cells, "sentence": said}


def _is_locked(session: Session, draft: Version, meeting: str) -> bool:
    row = session.get(ScheduledMeeting, (draft.event_id, draft.id, meeting))
    return row is not None and row.locked


def _by_places(choices: Choices, slots: list[str], rows: list[str]) -> Cells:
    found = choices.options(slots, [row or None for row in rows]).all()
    meeting, names = choices.meeting, choices.names
    shown = {option: _shown(option, meeting, names) for option in dict.fromkeys(found.values())}
    return {f"{cell.slot}|{cell.place or ONLINE}": shown[option] for cell, option in found.items()}


def _shown(option: Option, meeting: str, names: Names) -> dict[str, Any]:
    about = [meeting, *([option.other] if option.other else ())]
    reason = plain(sentences(option.faults, names, about if option.state == "swap" else [meeting]))
    if option.state == "swap" and option.other:
        reason = _("Exchange with %(meeting)s", meeting=plain(names.meeting(option.other)))
    return {"state": option.state, "reason": reason, "other": option.other}


def _by_slots(choices: Choices, slots: list[str], rows: list[str]) -> Cells:
    """Where rows are people, a meeting moves along its own; the place is chosen for it."""
    by_slot = {row.slot.id: _of_slot(row) for row in choices.slots(slots)}
    own = choices.own_rows()
    elsewhere = {"state": "no", "reason": _("This row is not its own."), "other": None}
    return {
        f"{slot}|{row}": by_slot[slot] if row in own else elsewhere
        for row in rows
        for slot in by_slot
    }


def _of_slot(row: SlotChoice) -> dict[str, Any]:
    state = "here" if row.is_here else "free" if row.free else "no"
    return {"state": state, "reason": plain(row.reason), "other": None}
