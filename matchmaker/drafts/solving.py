"""Letting the engine work on a draft: place some, fill the gaps, improve around what is locked.

The run starts from the draft as it is and makes a version of its own, which is looked at and
compared first. Taking it over is one change of the draft, refused where somebody has changed one
of its meetings since the run began.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matchmaker.accounts.models import Account
from matchmaker.drafts.models import Change
from matchmaker.drafts.services import Hand, apply_states
from matchmaker.drafts.states import State
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.schedules import bridge
from matchmaker.schedules.differences import differing
from matchmaker.schedules.handwriting import placed_of
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.queries import find_version, meetings_of
from matchmaker.schedules.services import add_run, refuse_seconds

SECONDS = 10


def start(
    session: Session,
    event: Event,
    draft: Version,
    wanted: MultiDict[str, str],
    account: Account | None = None,
) -> Run:
    """As a form says: ``fill`` all gaps or place those ``marked``, without moving anything; or
    ``improve`` around what is locked, and what participants have fixed themselves.
    """
    rows, asked = meetings_of(session, draft), set(bridge.asked_meetings(draft.problem))
    if wanted.get("aim") == "improve":
        fixed = bridge.booked_ids(session, event.id)
        rows = [row for row in rows if row.locked or row.id in fixed]
    elif wanted.get("aim") == "marked":
        asked &= set(wanted.getlist("ids"))
        if not asked:
            raise Refusal(_("Mark the meetings that are to be placed first."))
    kept = [placed_of(row) for row in rows]
    problem = bridge.to_be_solved(draft.problem, kept, asked)
    return _add(session, draft, problem, _seconds(wanted.get("seconds", "")), account)


def _seconds(text: str) -> int:
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else SECONDS
    refuse_seconds(seconds)
    return seconds


def _add(
    session: Session,
    draft: Version,
    problem: tuple[str, str],
    seconds: int,
    account: Account | None,
) -> Run:
    run = Run(
        event_id=draft.event_id,
        wanted="most_wishes",
        seconds=seconds,
        problem=problem[0],
        problem_sha256=problem[1],
        draft_id=draft.id,
        draft_revision=draft.revision,
        created_by=account.id if account else None,
    )
    return add_run(session, run)


def take_over(session: Session, hand: Hand, run: Run) -> Change:
    """The draft stands as the run's version says; locked meetings stay locked."""
    found = find_version(session, hand.event.id, run.version_id or "")
    if found is None:
        raise Refusal(_("This run has made no schedule that could be taken over."))
    names = differing(session, hand.version, found)
    new = {row.id: placed_of(row) for row in meetings_of(session, found) if row.id in set(names)}
    asked = set(bridge.asked_meetings(run.problem))
    states = {name: State(new.get(name)) for name in names if name in asked}
    if not states:
        raise Refusal(_("The draft stands like this already; there is nothing to take over."))
    seen = Hand(hand.event, hand.version, run.draft_revision or 0, hand.account_id)
    return apply_states(session, seen, states)
