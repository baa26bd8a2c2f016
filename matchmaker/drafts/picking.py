"""What a page shows of a meeting that was picked up: each of its cells, open or not, and why."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.drafts.options import Option, Options
from matchmaker.drafts.places import Choices, SlotChoice
from matchmaker.drafts.refusals import sentences
from matchmaker.drafts.screens import Screen, plain
from matchmaker.events.models import Event
from matchmaker.schedules.board import ONLINE
from matchmaker.schedules.models import ScheduledMeeting
from matchmaker.schedules.names import Names


def picked_up(session: Session, event: Event, screen: Screen, meeting: str) -> dict[str, Any]:
    names = screen.boards.names
    if _is_locked(session, screen, meeting):
        return {"refusal": _("This meeting is locked. Unlock it first."), "cells": {}}
    if screen.view.by == "places":
        cells = _by_places(session, event, screen, meeting, names)
    else:
        cells = _by_slots(session, event, screen, meeting, names)
    open_ = sum(cell["state"] in ("free", "swap") for cell in cells.values())
    said = ngettext(
        "%(meeting)s: one cell of this page is open.",
        "%(meeting)s: %(num)s cells of this page are open.",
        open_,
        meeting=plain(names.meeting(meeting)),
    )
    return {"cells": cells, "sentence": said}


def _is_locked(session: Session, screen: Screen, meeting: str) -> bool:
    draft = screen.draft
    row = session.get(ScheduledMeeting, (draft.event_id, draft.id, meeting))
    return row is not None and row.locked


def _by_places(
    session: Session, event: Event, screen: Screen, meeting: str, names: Names
) -> dict[str, Any]:
    slots = [slot.id for slot in screen.board.slots] if screen.board else []
    places = [row.key or None for row in screen.rows]
    found = Options(session, event, screen.draft, meeting, (slots, places)).all()
    shown = {option: _shown(option, meeting, names) for option in dict.fromkeys(found.values())}
    return {f"{cell.slot}|{cell.place or ONLINE}": shown[option] for cell, option in found.items()}


def _shown(option: Option, meeting: str, names: Names) -> dict[str, Any]:
    about = [meeting, *([option.other] if option.other else ())]
    reason = plain(sentences(option.faults, names, about if option.state == "swap" else [meeting]))
    if option.state == "swap" and option.other:
        reason = _("Exchange with %(meeting)s", meeting=plain(names.meeting(option.other)))
    return {"state": option.state, "reason": reason, "other": option.other}


def _by_slots(
    session: Session, event: Event, screen: Screen, meeting: str, names: Names
) -> dict[str, Any]:
    """Where rows are people, a meeting moves along its own; the place is chosen for it."""
    slots = {slot.id for slot in screen.board.slots} if screen.board else set()
    choices = Choices(session, event, screen.draft, meeting, names)
    by_slot = {row.slot.id: _of_slot(row) for row in choices.slots(slots)}
    own = choices.own_rows()
    elsewhere = {"state": "no", "reason": _("This row is not its own."), "other": None}
    return {
        f"{slot}|{row.key}": by_slot[slot] if row.key in own else elsewhere
        for row in screen.rows
        for slot in by_slot
    }


def _of_slot(row: SlotChoice) -> dict[str, Any]:
    state = "here" if row.is_here else "free" if row.free else "no"
    return {"state": state, "reason": plain(row.reason), "other": None}
