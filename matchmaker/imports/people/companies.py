"""What the rows say of their organisations, put together: no order of rows matters."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from matchmaker.imports.comparing import Comparison, compare
from matchmaker.imports.people.identity import Identified
from matchmaker.imports.people.present import (
    OF_COMPANY,
    UNTOUCHED_ORGANISATION,
    Company,
    Present,
)
from matchmaker.imports.plans import NOTHING, Remark
from matchmaker.imports.rows import Sheet
from matchmaker.languages import isolate
from matchmaker.organisations.services import name_key

Opinions = list[tuple[int, Any]]  # number of a row, and what it says


@dataclass(frozen=True, kw_only=True)
class PlannedCompany:
    """``company`` is None for a new one. ``says``: field → number of the first row saying it."""

    key: str
    name: str
    company: Company | None
    said: dict[str, Any]
    comparison: Comparison = NOTHING
    says: dict[str, int] = field(default_factory=dict)


def plan_companies(
    rows: Sequence[Identified], present: Present, sheet: Sheet
) -> tuple[dict[str, PlannedCompany], list[Remark]]:
    """By key; and what rows say against each other."""
    opinions: dict[str, dict[str, Opinions]] = defaultdict(lambda: defaultdict(list))
    remarks = []
    fields = [name for name in OF_COMPANY if name in sheet.found.places]
    for row in rows:
        key, values = company_of(row), row.said.values
        said = {name: values[name] for name in fields if name in values}
        if said and not key:
            remarks.append(_homeless(row.said.number, said, sheet))
        if not key:
            continue
        for name, value in said.items():
            opinions[key][name].append((row.said.number, value))
        if values.get("organisation"):
            opinions[key]["organisation"].append((row.said.number, values["organisation"]))
    planned = {}
    for key, of_key in opinions.items():
        planned[key] = _plan(key, of_key, present.companies.get(key))
        remarks += _disagreements(planned[key], of_key, sheet)
    return planned, remarks


def company_of(row: Identified) -> str:
    """The key of the organisation that a row speaks of."""
    if "organisation" in row.said.values:
        return name_key(row.said.values["organisation"])
    return str(row.person.values["organisation"]) if row.person else ""


def _plan(key: str, opinions: dict[str, Opinions], company: Company | None) -> PlannedCompany:
    # Of most organisations one row speaks.
    said = {name: of[0][1] if len(of) == 1 else _most_usual(of) for name, of in opinions.items()}
    name = said.pop("organisation", company.name if company else key)
    comparison = NOTHING
    if company is not None:
        comparison = compare(said, company.values, company.before, UNTOUCHED_ORGANISATION)
    return PlannedCompany(
        key=key,
        name=name,
        company=company,
        said=said,
        comparison=comparison,
        says={
            name: of[0][0] if len(of) == 1 else _first_saying(said.get(name), of)
            for name, of in opinions.items()
        },
    )


def _first_saying(value: Any, opinions: Opinions) -> int:
    """The number of the first row that says this; None: anything."""
    return min(number for number, other in opinions if value is None or other == value)


def _most_usual(opinions: Opinions) -> Any:
    """What most rows say; of equals the one that comes first in the alphabet."""
    values = [value for _number, value in opinions]
    if all(value == values[0] for value in values):
        return values[0]
    counted = Counter(json.dumps(value, ensure_ascii=False) for value in values)
    return json.loads(min(counted, key=lambda text: (-counted[text], text)))


def _disagreements(
    planned: PlannedCompany, opinions: dict[str, Opinions], sheet: Sheet
) -> list[Remark]:
    remarks = []
    for name, value in planned.said.items():
        if against := [number for number, other in opinions[name] if other != value]:
            remarks.append(
                Remark(
                    min(against),
                    _(
                        "Column %(column)s: other rows say something else of %(organisation)s, as "
                        "row %(row)s does. What most rows say is taken.",
                        column=isolate(sheet.title(name)),
                        organisation=isolate(planned.name),
                        row=planned.says[name],
                    ),
                )
            )
    return remarks


def _homeless(number: int, said: dict[str, Any], sheet: Sheet) -> Remark:
    titles = ", ".join(isolate(sheet.title(name)) for name in said)
    return Remark(
        number,
        _(
            "%(columns)s: these belong to an organisation, and the row names none. "
            "They are left out.",
            columns=titles,
        ),
    )
