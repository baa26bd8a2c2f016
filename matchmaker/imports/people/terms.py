"""Types and areas of activity: terms of the event's lists, by code; unknown words become terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id
from matchmaker.folding import fold
from matchmaker.imports.cells import CellFault, several, text_of
from matchmaker.imports.columns import Read
from matchmaker.imports.people.fields import OF_LISTS, SEVERAL
from matchmaker.imports.plans import Remark
from matchmaker.imports.rows import Sheet, first_rows
from matchmaker.imports.surroundings import Names, Surroundings
from matchmaker.journal.services import note_many
from matchmaker.languages import isolate
from matchmaker.organisations.models import OrganisationTerm
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.words import code_for

LONGEST_LABEL = 200
Key = tuple[str, str]  # list, code
NewTerms = Mapping[Key, tuple[int, str]]  # the first row that says it, and the word


def read_one(kind: str) -> Read:
    """The code of one entry of a list."""
    return lambda cell, names: _code(kind, cell, names)


def read_several(kind: str) -> Read:
    return lambda cell, names: sorted({_code(kind, word, names) for word in several(cell)})


def new_terms(sheet: Sheet, numbers: Iterable[int], around: Surroundings) -> NewTerms:
    """The words of these rows that no list has yet; of spellings the first in the alphabet."""
    wanted, found = set(numbers), dict[Key, tuple[int, str]]()
    for field, kind in OF_LISTS.items():
        known = set(around.labels.get(kind, {}))
        for cell, number in first_rows(sheet, field, wanted).items():
            for word in _words(field, cell):
                code = _code(kind, word, around.names)
                if code not in known:
                    first, spelling = found.get((kind, code), (number, word))
                    found[kind, code] = (min(first, number), min(spelling, word))
    return found


def remarks_on(new: NewTerms) -> list[Remark]:
    return [_remark(kind, row, word) for (kind, _code), (row, word) in new.items()]


def save_terms(session: Session, around: Surroundings, new: NewTerms, used: set[Key]) -> None:
    """The new terms that are used, at the end of their lists."""
    event_id, rows = around.event.id, []
    position = {kind: len(codes) for kind, codes in around.labels.items()}
    for key, (_row, word) in sorted(new.items()):
        if key not in used:
            continue
        kind, code = key
        position[kind] = position.get(kind, 0) + 1
        labels = {around.event.language: word}
        rows.append({"event_id": event_id, "id": new_id(), "kind": kind, "code": code,
                     "labels": labels, "position": position[kind]})  # fmt: skip
    if rows:
        insert_rows(session, Term, rows)
        note_many(session, event_id, "added", "term", [str(row["id"]) for row in rows])


def save_chosen(
    session: Session, event_id: str, said: Mapping[str, dict[str, Any]], new: Collection[str]
) -> None:
    """Organisation → field → codes: the whole list replaces the one before, if not ``new``."""
    rows = []
    for organisation_id, values in said.items():
        kinds = [OF_LISTS[field] for field in values]
        if kinds and organisation_id not in new:
            session.execute(
                delete(OrganisationTerm).where(
                    OrganisationTerm.event_id == event_id,
                    OrganisationTerm.organisation_id == organisation_id,
                    OrganisationTerm.kind.in_(kinds),
                )
            )
        mine = {"event_id": event_id, "organisation_id": organisation_id}
        for field, value in values.items():
            rows += [{**mine, "kind": OF_LISTS[field], "code": code} for code in codes_in(value)]
    if rows:
        insert_rows(session, OrganisationTerm, rows)


def codes_in(value: str | list[str]) -> list[str]:
    """The codes of a field that has one or several."""
    return [code for code in ([value] if isinstance(value, str) else value) if code]


def _words(field: str, cell: str) -> list[str]:
    words = several(cell) if field in SEVERAL else [" ".join(cell.split())]
    return [word for word in words if fold(word)]


def _code(kind: str, cell: str, names: Names) -> str:
    word = text_of(LONGEST_LABEL)(cell)
    folded = fold(word)
    if not folded:
        raise CellFault(_("Write a word with letters or digits."))
    return names.words.get(kind, {}).get(folded) or code_for(word)


def _remark(kind: str, row: int, word: str) -> Remark:
    sentence = (
        _("%(word)s is a new type of organisation: it is added to the list.", word=isolate(word))
        if kind == "type"
        else _("%(word)s is a new sector: it is added to the list.", word=isolate(word))
        if kind == "sector"
        else _("%(word)s is a new entry of a list: it is added there.", word=isolate(word))
    )
    return Remark(row, sentence)
