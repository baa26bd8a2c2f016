"""Who a row is about: somebody who is here already, or somebody new."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from matchmaker.accounts.services import email_key
from matchmaker.imports.people.present import Person, Present
from matchmaker.imports.plans import Fault
from matchmaker.imports.rows import Said, Sheet, find_twins, name_rows
from matchmaker.imports.surroundings import key
from matchmaker.organisations.services import name_key

KEYS = {"email", "reference"}


class Identified(NamedTuple):
    """``person`` is None for somebody new; ``company`` is the key of the organisation that the
    row speaks of.
    """

    said: Said
    person: Person | None
    company: str


def identified(said: Said, person: Person | None) -> Identified:
    if "organisation" in said.values:
        return Identified(said, person, name_key(said.values["organisation"]))
    return Identified(said, person, person.values["organisation"] if person else "")


def identify(
    rows: Sequence[Said], present: Present, sheet: Sheet, unreadable: Collection[int]
) -> tuple[list[Identified], list[Fault], int]:
    """Rows with whom they are about; faults; and how many rows only repeat another.

    ``unreadable``: rows whose key was told to be faulty already.
    """
    faults: list[Fault] = []
    found: list[Identified] = []
    for row in rows:
        if row.number in unreadable and not KEYS & row.values.keys():
            continue
        try:
            found.append(identified(row, _find(row, present, sheet)))
        except LookupError as fault:
            faults.append(Fault(row.number, str(fault.args[0]), str(fault.args[1])))
    repeated = set()
    people = {one.said.number: one.person for one in found}
    for group in find_twins(rows, lambda row: _tokens(row, people.get(row.number))):
        first, *others = sorted(group, key=lambda row: row.number)
        if all(row.values == first.values for row in others):
            repeated |= {row.number for row in others}
        else:
            faults += [_twin(row, group, sheet) for row in group]
    return [one for one in found if one.said.number not in repeated], faults, len(repeated)


def _find(row: Said, present: Present, sheet: Sheet) -> Person | None:
    """By the e-mail address, else by the reference; LookupError(column, sentence)."""
    address, reference = row.values.get("email"), row.values.get("reference")
    if address is None and reference is None:
        raise LookupError(
            sheet.title("email") or sheet.title("reference"),
            _("Neither an e-mail address nor a reference: nobody can tell who this is. Write one."),
        )
    by_email = present.by_email.get(email_key(address)) if address else None
    by_reference = present.by_reference.get(key(reference)) if reference else None
    is_other = by_reference is not None and (
        by_reference is not by_email if by_email else bool(address and by_reference.email_key)
    )
    if is_other:
        raise LookupError(
            sheet.title("reference"),
            _(
                "The reference %(reference)s belongs to somebody with another e-mail address "
                "here. Correct one of the two.",
                reference=reference,
            ),
        )
    return by_email or by_reference


def _tokens(row: Said, person: Person | None) -> Iterator[tuple[str, str]]:
    if "email" in row.values:
        yield "email", email_key(row.values["email"])
    if "reference" in row.values:
        yield "reference", key(row.values["reference"])
    if person is not None:
        yield "person", person.id


def _twin(row: Said, group: list[Said], sheet: Sheet) -> Fault:
    return Fault(
        row.number,
        sheet.title("email" if "email" in row.values else "reference"),
        _(
            "Rows %(rows)s are about the same person and say different things. Keep one of them.",
            rows=name_rows(group),
        ),
    )
