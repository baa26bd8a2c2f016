"""Taking over a list of participants: in bulk, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.accounts.services import email_key
from matchmaker.database import insert_rows, new_id
from matchmaker.imports.comparing import Answers
from matchmaker.imports.people.fields import OWN, UNTOUCHED
from matchmaker.imports.people.organisation_rows import save_companies, save_delegations
from matchmaker.imports.people.participation import save_types
from matchmaker.imports.people.planning import PeoplePlan
from matchmaker.imports.plans import PlannedRow
from matchmaker.imports.surroundings import Surroundings
from matchmaker.journal.services import note_many
from matchmaker.participants.consents import enter_consents
from matchmaker.participants.models import Absence, Attendance, Participant, ParticipantSeat
from matchmaker.participants.seats import set_seats

TIMES = (("sessions", Attendance, "session_id"), ("absent", Absence, "slot_id"))


@dataclass(frozen=True)
class Change:
    """What is entered of one person: ``values`` are fields of the import."""

    row: PlannedRow
    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Homes:
    """Ids by the keys of names."""

    companies: Mapping[str, str]
    delegations: Mapping[str, str]


def save_people(
    session: Session, around: Surroundings, plan: PeoplePlan, answers: Answers
) -> dict[str, int]:
    """Everything; returns how many people are new and how many are changed."""
    event_id, choice = around.event.id, answers.choice
    changes = [_change(row, choice) for row in plan.rows]
    homes = Homes(
        save_companies(session, around, plan, _named(changes, "organisation"), choice),
        save_delegations(session, around, _named(changes, "delegation")),
    )
    save_types(session, around, plan.types, _named(changes, "kind"))
    new = [change for change in changes if change.row.id is None]
    known = [change for change in changes if change.row.id is not None]
    _add(session, around, new, homes)
    _update(session, event_id, known, homes)
    _save_times(session, event_id, changes)
    _save_seats(session, event_id, known)
    if answers.agreed:
        enter_consents(session, around.event, [change.id for change in changes])
    changed = [one for one in known if one.values or _shares(one.row, plan, choice)]
    return {"new": len(new), "changed": len(changed)}


def _change(row: PlannedRow, choice: str) -> Change:
    if row.id is None:
        return Change(row, new_id(), row.said)
    return Change(row, row.id, row.comparison.chosen(choice))


def _named(changes: Iterable[Change], field: str) -> set[str]:
    return {change.values[field] for change in changes if change.values.get(field)}


def _shares(row: PlannedRow, plan: PeoplePlan, choice: str) -> bool:
    """Whether the row changes its organisation."""
    if row.also_changed:
        return True
    fields = {clash.field for clash in row.also_clashes}
    return any(
        fields & company.comparison.chosen(choice).keys()
        for company in plan.companies.values()
        if row.number in company.says.values()
    )


def _add(session: Session, around: Surroundings, new: list[Change], homes: Homes) -> None:
    if not new:
        return
    event_id = around.event.id
    standard = UNTOUCHED | {"language": around.event.language, "state": "validated"}
    rows = [
        {
            "event_id": event_id,
            "id": change.id,
            "imported": change.values,
            **_columns({**standard, **change.values}, homes),
        }
        for change in new
    ]
    insert_rows(session, Participant, rows)
    seats = [
        {"event_id": event_id, "participant_id": row["id"], "seat": seat}
        for row in rows
        for seat in range(1, row["seats"] + 1)
    ]
    insert_rows(session, ParticipantSeat, seats)
    note_many(session, event_id, "added", "participant", [change.id for change in new])


def _update(session: Session, event_id: str, known: list[Change], homes: Homes) -> None:
    rows = []
    for change in known:
        values = _columns({k: v for k, v in change.values.items() if k != "seats"}, homes)
        if change.row.comparison.said:
            values["imported"] = change.row.comparison.said
        if values:
            rows.append({"event_id": event_id, "id": change.id, **values})
    if rows:
        session.execute(update(Participant), rows)
        note_many(session, event_id, "changed", "participant", [row["id"] for row in rows])


def _columns(values: Mapping[str, Any], homes: Homes) -> dict[str, Any]:
    """The participant's columns for fields of an import."""
    columns = {name: values[name] for name in (*OWN, "state") if name in values}
    if "email" in values:
        columns |= {"email": values["email"], "email_key": email_key(values["email"]) or None}
    if "reference" in values:
        columns["reference"] = values["reference"] or None
    if "kind" in values:
        columns["type_code"] = values["kind"] or None
    if "sessions" in values:
        columns["attends_all"] = not values["sessions"]
    if "place" in values:
        columns["place_id"] = values["place"] or None
    if "organisation" in values:
        columns["organisation_id"] = homes.companies.get(values["organisation"])
        columns["team_role"] = "member"
    if "delegation" in values:
        columns["delegation_id"] = homes.delegations.get(values["delegation"])
    return columns


def _save_times(session: Session, event_id: str, changes: list[Change]) -> None:
    """Sessions attended and slots of absence: the whole list replaces the one before."""
    for field, model, column in TIMES:
        said = {change.id: change.values[field] for change in changes if field in change.values}
        known = [c.id for c in changes if c.row.id is not None and c.id in said]
        for id_ in known:
            session.execute(
                delete(model).where(model.event_id == event_id, model.participant_id == id_)
            )
        rows = [
            {"event_id": event_id, "participant_id": id_, column: value}
            for id_, values in said.items()
            for value in values
        ]
        if rows:
            insert_rows(session, model, rows)
        keys = [f"{row['participant_id']}/{row[column]}" for row in rows]
        note_many(session, event_id, "added", model.__tablename__, keys)


def _save_seats(session: Session, event_id: str, known: list[Change]) -> None:
    """Few people change their seats: one after the other, by the service that knows bookings."""
    for change in known:
        if "seats" in change.values:
            participant = session.scalars(
                select(Participant).where(
                    Participant.event_id == event_id, Participant.id == change.id
                )
            ).one()
            set_seats(session, participant, change.values["seats"])
