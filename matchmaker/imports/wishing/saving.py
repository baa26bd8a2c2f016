"""Taking over a list of wishes: in bulk, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id
from matchmaker.imports.comparing import Answers
from matchmaker.imports.plans import Plan
from matchmaker.imports.surroundings import Surroundings
from matchmaker.imports.wishing.planning import FIELDS, STANDARD
from matchmaker.journal.services import note_many
from matchmaker.wishes.models import Wish


def save_wishes(
    session: Session, around: Surroundings, plan: Plan, answers: Answers
) -> dict[str, int]:
    """Everything; returns how many wishes are new and how many are changed."""
    event_id = around.event.id
    new = [row for row in plan.rows if row.id is None]
    _add(session, event_id, [row.said for row in new])
    changed, rows = 0, []
    for row in plan.rows:
        values = row.comparison.chosen(answers.choice)
        changed += bool(values)
        if row.comparison.said:
            values["imported"] = row.comparison.said
        if values:
            rows.append({"event_id": event_id, "id": row.id, **values})
    if rows:
        session.execute(update(Wish), rows)
        note_many(session, event_id, "changed", "wish", [str(row["id"]) for row in rows])
    return {"new": len(new), "changed": changed}


def _add(session: Session, event_id: str, new: list[Mapping[str, Any]]) -> None:
    """The order of the rows is the order in which was asked, after the wishes here."""
    if not new:
        return
    last = session.scalar(select(func.max(Wish.position)).where(Wish.event_id == event_id)) or 0
    rows = [
        {
            "event_id": event_id,
            "id": new_id(),
            "to_id": None,
            "to_organisation_id": None,
            **STANDARD,
            **said,
            "position": last + place,
            "imported": {name: said[name] for name in FIELDS if name in said},
        }
        for place, said in enumerate(new, start=1)
    ]
    insert_rows(session, Wish, rows)
    note_many(session, event_id, "added", "wish", [row["id"] for row in rows])
