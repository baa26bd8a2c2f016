"""The good rows of a file, taken into a draft as one change of it. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from matchmaker.database import insert_rows
from matchmaker.drafts.importing.base import IMPORT, Base
from matchmaker.drafts.importing.planning import MeetingPlan
from matchmaker.drafts.importing.rows import Meant
from matchmaker.drafts.opening import begin_draft, not_placed_yet
from matchmaker.drafts.parts import Part
from matchmaker.drafts.services import Hand, write_change
from matchmaker.drafts.states import State
from matchmaker.imports.comparing import Answers
from matchmaker.imports.plans import CHANGED, NEW
from matchmaker.imports.surroundings import Surroundings
from matchmaker.schedules.handwriting import hold_draft
from matchmaker.schedules.models import UnplacedMeeting, Version


def save_meetings(
    session: Session, around: Surroundings, plan: MeetingPlan, answers: Answers
) -> dict[str, int]:
    """Where nothing changes, no draft is opened."""
    if plan.meant:
        draft = _draft(session, plan.base, plan.meant, answers.by)
        hand = Hand(around.event, draft, draft.revision or 0, answers.by)
        part = Part(session, around.event, draft, set(plan.meant))
        states = {name: State(row.placed) for name, row in plan.meant.items()}
        write_change(session, hand, part, IMPORT, states)
    return {NEW: plan.counts[NEW], CHANGED: plan.counts[CHANGED]}


def _draft(
    session: Session, base: Base, meant: Mapping[str, Meant], account_id: str | None
) -> Version:
    """Open, and asking for the meetings of the file as well."""
    placed = set(base.placed)
    problem = base.problem(row.asked for row in meant.values())
    if base.version is not None and base.version.is_open:
        draft = hold_draft(session, base.version)
        draft.problem = problem
    else:
        draft = begin_draft(session, base.event, base.version, account_id, problem=problem)
    session.flush()
    new = [row.asked for name, row in meant.items() if name not in placed]
    insert_rows(session, UnplacedMeeting, not_placed_yet(session, draft, new))
    return draft
