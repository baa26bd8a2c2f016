"""What a list of participants would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.accounts.services import email_key
from matchmaker.imports.comparing import Clash, compare
from matchmaker.imports.people.columns import COLUMNS
from matchmaker.imports.people.companies import PlannedCompany, plan_companies
from matchmaker.imports.people.fields import OF_COMPANY, UNTOUCHED
from matchmaker.imports.people.identity import KEYS, Identified, identify
from matchmaker.imports.people.loading import load_present
from matchmaker.imports.people.participation import NewTypes, new_types, remarks_on_types
from matchmaker.imports.people.present import Present
from matchmaker.imports.people.terms import NewTerms, new_terms, remarks_on
from matchmaker.imports.plans import Plan, PlannedRow, Remark
from matchmaker.imports.reading import read_rows
from matchmaker.imports.remembering import Ledger
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Surroundings, key
from matchmaker.languages import isolate
from matchmaker.organisations.resembling import find_resembling


@dataclass(frozen=True, kw_only=True)
class PeoplePlan(Plan):
    companies: Mapping[str, PlannedCompany]  # by key of the name
    terms: NewTerms
    types: NewTypes


def plan_people(session: Session, around: Surroundings, sheet: Sheet) -> PeoplePlan:
    present = load_present(session, around, sheet.ledger)
    said, faults = read_rows(sheet, COLUMNS, around.names)
    keys = {sheet.title(name) for name in KEYS}
    unreadable = {fault.row for fault in faults if fault.column in keys}
    identified, more, repeated = identify(said, present, sheet, unreadable)
    faults = sorted({*faults, *more})
    faulty = {fault.row for fault in faults}
    good = [row for row in identified if row.said.number not in faulty]
    companies, remarks = plan_companies(good, present, sheet)
    terms = new_terms(sheet, (row.said.number for row in good if row.company), around)
    types = new_types(sheet, (row.said.number for row in good), around)
    return PeoplePlan(
        total=len(sheet.rows),
        rows=[_recall_row(row, companies.get(row.company), sheet.ledger) for row in good],
        faults=faults,
        remarks=sorted(
            [
                *remarks,
                *remarks_on(terms),
                *remarks_on_types(types),
                *resembling(companies, present, sheet.ledger),
            ]
        ),
        repeated=repeated,
        companies=companies,
        terms=terms,
        types=types,
    )


def _recall_row(row: Identified, company: PlannedCompany | None, ledger: Ledger) -> PlannedRow:
    return ledger.recall(row.said.number, (row, company), partial(_plan_row, row, company))


def _plan_row(row: Identified, company: PlannedCompany | None) -> PlannedRow:
    person = row.person
    said = {name: value for name, value in row.said.values.items() if name not in OF_COMPANY}
    if "organisation" in said:  # compared and remembered by its key
        said["organisation"] = row.company
    if person is None:
        return PlannedRow(number=row.said.number, title=_title(said, {}), id=None, said=said)
    here = person.values
    title = _title(said, here)
    _keep_spelling(said, here)
    return PlannedRow(
        number=row.said.number,
        title=title,
        id=person.id,
        said=said,
        comparison=compare(said, here, person.before, UNTOUCHED),
        also_changed=company is not None and _changes(row, company),
        also_clashes=_clashes(row, company) if company is not None else (),
    )


def _keep_spelling(said: dict[str, Any], here: Mapping[str, Any]) -> None:
    """Case and spaces make no other address and no other reference."""
    for name, as_key in (("email", email_key), ("reference", key)):
        if name not in said or said[name] == here[name]:
            continue
        if as_key(said[name]) == as_key(here[name]):
            said[name] = here[name]


def _changes(row: Identified, company: PlannedCompany) -> bool:
    """The row also stands for what it says of its organisation."""
    return company.company is not None and any(
        row.said.values.get(name) == value for name, value in company.comparison.changes.items()
    )


def _clashes(row: Identified, company: PlannedCompany) -> tuple[Clash, ...]:
    """Those with its organisation, each shown once."""
    return tuple(
        clash
        for clash in company.comparison.clashes
        if company.says[clash.field] == row.said.number
    )


def _title(said: Mapping[str, Any], here: Mapping[str, Any]) -> str:
    """By which name a row is shown."""
    first, last, address, reference = (
        said.get(name) or here.get(name) or ""
        for name in ("first_name", "last_name", "email", "reference")
    )
    return f"{first} {last}".strip() or address or reference


def resembling(
    companies: Mapping[str, PlannedCompany], present: Present, ledger: Ledger
) -> list[Remark]:
    new = {key: company for key, company in companies.items() if company.company is None}
    remarks = []
    names = frozenset(new), frozenset(present.companies)
    for one, other in ledger.recall("resembling", names, partial(find_resembling, *names)):
        known = present.companies.get(other)
        remarks.append(
            Remark(
                new[one].says.get("organisation", 0),
                _(
                    "The new organisation %(new)s resembles %(other)s. If they are the same, "
                    "write the same name.",
                    new=isolate(new[one].name),
                    other=isolate(known.name if known else new[other].name),
                ),
            )
        )
    return remarks
