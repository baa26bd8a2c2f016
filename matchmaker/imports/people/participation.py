"""As what people take part: types of the event, by code; unknown words become types."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id
from matchmaker.folding import fold
from matchmaker.imports.cells import CellFault, text_of
from matchmaker.imports.plans import Remark
from matchmaker.imports.rows import Sheet, first_rows
from matchmaker.imports.surroundings import Names, Surroundings
from matchmaker.journal.services import note_many
from matchmaker.languages import isolate
from matchmaker.participation.models import ParticipationType
from matchmaker.vocabularies.words import code_for

LONGEST_NAME = 200
NewTypes = Mapping[str, tuple[int, str]]  # code → the first row that says it, and the word


def read_participation(cell: str, names: Names) -> str:
    word = text_of(LONGEST_NAME)(cell)
    if not fold(word):
        raise CellFault(_("Write a word with letters or digits."))
    return names.type_words.get(fold(word)) or code_for(word)


def new_types(sheet: Sheet, numbers: Iterable[int], around: Surroundings) -> NewTypes:
    """The words of these rows that are no type yet; of spellings the first in the alphabet."""
    found: dict[str, tuple[int, str]] = {}
    for cell, number in first_rows(sheet, "kind", numbers).items():
        word = " ".join(cell.split())
        if not fold(word):
            continue
        code = read_participation(word, around.names)
        if code not in around.type_names:
            first, spelling = found.get(code, (number, word))
            found[code] = (min(first, number), min(spelling, word))
    return found


def remarks_on_types(new: NewTypes) -> list[Remark]:
    return [
        Remark(
            row,
            _(
                "%(word)s is a new participation type: it is added to the types, and people "
                "cannot choose it when they register.",
                word=isolate(word),
            ),
        )
        for row, word in new.values()
    ]


def save_types(
    session: Session, around: Surroundings, new: NewTypes, used: Collection[str]
) -> None:
    """The new types that somebody has, after those that are there."""
    event = around.event
    codes = [code for code in sorted(new, key=lambda code: new[code]) if code in used]
    rows = [
        {
            "event_id": event.id, "id": new_id(), "code": code,
            "names": {event.language: new[code][1]}, "position": position,
            "at_registration": False, "by_hand": event.validates_by_hand,
        }
        for position, code in enumerate(codes, len(around.type_names) + 1)
    ]  # fmt: skip
    if rows:
        insert_rows(session, ParticipationType, rows)
        ids = [str(row["id"]) for row in rows]
        note_many(session, event.id, "added", "participation_type", ids)
