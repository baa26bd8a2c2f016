"""What the rows say of their organisations, put together: no order of rows matters."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask_babel import gettext as _

from matchmaker.imports.comparing import Comparison, compare
from matchmaker.imports.people.fields import OF_COMPANY, UNTOUCHED_ORGANISATION
from matchmaker.imports.people.identity import Identified
from matchmaker.imports.people.present import Company, Present
from matchmaker.imports.plans import NOTHING, Remark
from matchmaker.imports.rows import Said, Sheet
from matchmaker.languages import isolate

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
    fields = [name for name in OF_COMPANY if name in sheet.found.places]
    spoken: dict[str, list[Said]] = defaultdict(list)
    remarks = []
    for row in rows:
        said = _of_company(row, fields)
        if row.company:
            spoken[row.company].append(said)
        elif said.values:
            remarks.append(_homeless(said, sheet))
    planned = {}
    for key, said_of_it in spoken.items():
        company = present.companies.get(key)
        plan = partial(_plan, key, said_of_it, company)
        planned[key] = sheet.ledger.recall(("company", key), (said_of_it, company), plan)
        if len(said_of_it) > 1:
            remarks += _disagreements(planned[key], said_of_it, sheet)
    return planned, remarks


def _of_company(row: Identified, fields: Iterable[str]) -> Said:
    """What the row says of its organisation; its name, too, where it gives one."""
    values = row.said.values
    said = {name: values[name] for name in fields if name in values}
    if values.get("organisation"):
        said["organisation"] = values["organisation"]
    return Said(row.said.number, said)


def _opinions(rows: Iterable[Said]) -> dict[str, Opinions]:
    """By field."""
    opinions: dict[str, Opinions] = defaultdict(list)
    for row in rows:
        for name, value in row.values.items():
            opinions[name].append((row.number, value))
    return opinions


def _plan(key: str, rows: Sequence[Said], company: Company | None) -> PlannedCompany:
    if len(rows) > 1:
        return _put_together(key, _opinions(rows), company)
    (row,) = rows  # as of most organisations
    return _compared(key, dict(row.values), dict.fromkeys(row.values, row.number), company)


def _put_together(
    key: str, opinions: dict[str, Opinions], company: Company | None
) -> PlannedCompany:
    said = {name: _most_usual(of) for name, of in opinions.items()}
    says = {name: _first_saying(said[name], of) for name, of in opinions.items()}
    return _compared(key, said, says, company)


def _compared(
    key: str, said: dict[str, Any], says: dict[str, int], company: Company | None
) -> PlannedCompany:
    name = said.pop("organisation", company.name if company else key)
    comparison = NOTHING
    if company is not None:
        comparison = compare(said, company.values, company.before, UNTOUCHED_ORGANISATION)
    return PlannedCompany(
        key=key, name=name, company=company, said=said, comparison=comparison, says=says
    )


def _first_saying(value: Any, opinions: Opinions) -> int:
    """The number of the first row that says this."""
    return min(number for number, other in opinions if other == value)


def _most_usual(opinions: Opinions) -> Any:
    """What most rows say; of equals the one that comes first in the alphabet."""
    values = [value for _number, value in opinions]
    if all(value == values[0] for value in values):
        return values[0]
    counted = Counter(json.dumps(value, ensure_ascii=False) for value in values)
    return json.loads(min(counted, key=lambda text: (-counted[text], text)))


def _disagreements(planned: PlannedCompany, rows: Sequence[Said], sheet: Sheet) -> list[Remark]:
    remarks = []
    for name, value in planned.said.items():
        if against := [row.number for row in rows if row.values.get(name, value) != value]:
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


def _homeless(said: Said, sheet: Sheet) -> Remark:
    titles = ", ".join(isolate(sheet.title(name)) for name in said.values)
    return Remark(
        said.number,
        _(
            "%(columns)s: these belong to an organisation, and the row names none. "
            "They are left out.",
            columns=titles,
        ),
    )
