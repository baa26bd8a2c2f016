"""A list of organisations, without people: each row is one, found by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.imports.comparing import Answers
from matchmaker.imports.people.columns import ORGANISATION
from matchmaker.imports.people.companies import PlannedCompany, plan_companies
from matchmaker.imports.people.identity import identified
from matchmaker.imports.people.loading import load_present
from matchmaker.imports.people.organisation_rows import save_companies
from matchmaker.imports.people.planning import PeoplePlan, resembling
from matchmaker.imports.people.terms import new_terms, remarks_on
from matchmaker.imports.plans import Fault, PlannedRow
from matchmaker.imports.reading import read_rows
from matchmaker.imports.rows import Said, Sheet, find_twins, name_rows
from matchmaker.imports.surroundings import Surroundings
from matchmaker.organisations.services import name_key

NEEDED = (("organisation",),)


def plan_organisations(session: Session, around: Surroundings, sheet: Sheet) -> PeoplePlan:
    present = load_present(session, around, sheet.ledger)
    said, faults = read_rows(sheet, ORGANISATION, around.names)
    repeated, twins = _judge_twins(said, sheet)
    faults = sorted({*faults, *_nameless(said, faults, sheet), *twins})
    out = {fault.row for fault in faults} | repeated
    good = [identified(row, None) for row in said if row.number not in out]
    companies, remarks = plan_companies(good, present, sheet)
    terms = new_terms(sheet, (row.said.number for row in good), around)
    return PeoplePlan(
        total=len(sheet.rows),
        rows=[_plan_row(row.said, companies) for row in good],
        faults=faults,
        remarks=sorted(
            [*remarks, *remarks_on(terms), *resembling(companies, present, sheet.ledger)]
        ),
        repeated=len(repeated),
        companies=companies,
        terms=terms,
        types={},
    )


def save_organisations(
    session: Session, around: Surroundings, plan: PeoplePlan, answers: Answers
) -> dict[str, int]:
    """Everything; returns how many organisations are new and how many are changed."""
    save_companies(session, around, plan, set(plan.companies), answers.choice)
    known = [one for one in plan.companies.values() if one.company is not None]
    changed = [one for one in known if one.comparison.chosen(answers.choice)]
    return {"new": len(plan.companies) - len(known), "changed": len(changed)}


def _plan_row(said: Said, companies: dict[str, PlannedCompany]) -> PlannedRow:
    one = companies[name_key(said.values["organisation"])]
    planned = PlannedRow(number=said.number, title=one.name, id=None, said=one.said)
    if one.company is None:
        return planned
    return replace(planned, id=one.company.id, comparison=one.comparison)


def _nameless(said: Sequence[Said], faults: Sequence[Fault], sheet: Sheet) -> list[Fault]:
    told = {fault.row for fault in faults}
    sentence = _("Give the organisation a name.")
    return [
        Fault(row.number, sheet.title("organisation"), sentence)
        for row in said
        if not row.values.get("organisation") and row.number not in told
    ]


def _judge_twins(said: Sequence[Said], sheet: Sheet) -> tuple[set[int], list[Fault]]:
    """Rows that repeat another, and rows that say different things of one organisation."""
    repeated: set[int] = set()
    faults = []
    named = [row for row in said if row.values.get("organisation")]
    for group in find_twins(named, lambda row: [name_key(row.values["organisation"])]):
        first, *others = sorted(group, key=lambda row: row.number)
        if all(row.values == first.values for row in others):
            repeated |= {row.number for row in others}
            continue
        sentence = _(
            "Rows %(rows)s are the same organisation and say different things. Keep one of them.",
            rows=name_rows(group),
        )
        faults += [Fault(row.number, sheet.title("organisation"), sentence) for row in group]
    return repeated, faults
