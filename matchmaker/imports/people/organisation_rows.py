"""The organisations and delegations that an import adds or changes, in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id
from matchmaker.imports.people.companies import PlannedCompany
from matchmaker.imports.people.fields import OF_LISTS, OF_ORGANISATION, UNTOUCHED_ORGANISATION
from matchmaker.imports.people.planning import PeoplePlan
from matchmaker.imports.people.terms import codes_in, save_chosen, save_terms
from matchmaker.imports.surroundings import Surroundings
from matchmaker.journal.services import note_many
from matchmaker.organisations.models import Delegation, Organisation


def save_companies(
    session: Session,
    around: Surroundings,
    plan: PeoplePlan,
    wanted: Collection[str],
    choice: str,
) -> dict[str, str]:
    """Key → id of every organisation that is there now; new ones only where ``wanted``."""
    event_id, planned = around.event.id, plan.companies
    ids = {key: one.company.id for key, one in planned.items() if one.company}
    new, changed = [], []
    lists: dict[str, dict[str, Any]] = {}  # id → field → codes
    for key, one in sorted(planned.items()):
        if one.company is None and key in wanted:
            ids[key] = new_id()
            new.append(_new_row(event_id, ids[key], one))
            lists[ids[key]] = _listed(one.said)
        elif one.company is not None:
            chosen = one.comparison.chosen(choice)
            values, lists[ids[key]] = _columns(chosen), _listed(chosen)
            if one.comparison.said:
                values["imported"] = one.comparison.said
            if values:
                changed.append({"event_id": event_id, "id": ids[key], **values})
    if new:
        insert_rows(session, Organisation, new)
        note_many(session, event_id, "added", "organisation", [row["id"] for row in new])
    if changed:
        session.execute(update(Organisation), changed)
        note_many(session, event_id, "changed", "organisation", [row["id"] for row in changed])
    save_terms(session, around, plan.terms, _used(lists))
    save_chosen(session, event_id, lists, {row["id"] for row in new})
    return ids


def _used(lists: Mapping[str, Mapping[str, Any]]) -> set[tuple[str, str]]:
    """List and code of everything chosen."""
    return {
        (OF_LISTS[field], code)
        for values in lists.values()
        for field, value in values.items()
        for code in codes_in(value)
    }


def _listed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in values.items() if field in OF_LISTS}


def _new_row(event_id: str, id_: str, one: PlannedCompany) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "id": id_,
        "name": one.name,
        "name_key": one.key,
        "imported": one.said,
        **_columns(UNTOUCHED_ORGANISATION | one.said),
    }


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        OF_ORGANISATION[field]: value for field, value in values.items() if field in OF_ORGANISATION
    }


def save_delegations(
    session: Session, around: Surroundings, wanted: Collection[str]
) -> dict[str, str]:
    """Code → id of every delegation that is there now."""
    ids = {code: delegation.id for code, delegation in around.delegations.items()}
    added = {code: new_id() for code in sorted(set(wanted) - set(ids))}
    if added:
        event_id = around.event.id
        rows = [
            {"event_id": event_id, "id": id_, "code": code, "names": {}}
            for code, id_ in added.items()
        ]
        insert_rows(session, Delegation, rows)
        note_many(session, event_id, "added", "delegation", added.values())
    return ids | added
