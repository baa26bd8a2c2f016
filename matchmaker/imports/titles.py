"""Columns assigned by hand: remembered for later files of the event, applied before all names."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import, ImportTitle
from matchmaker.languages import isolate
from matchmaker.spreadsheets.columns import fold, recognise

LONGEST = 200


def chosen_titles(session: Session, event_id: str, kind: str) -> dict[str, str]:
    """Folded title → field, or nothing for a column that is left out."""
    rows = session.execute(
        select(ImportTitle.title_key, ImportTitle.field).where(
            ImportTitle.event_id == event_id, ImportTitle.kind == kind
        )
    )
    return dict(rows.all())


def assigned(session: Session, import_: Import) -> list[tuple[int, str, str]]:
    """Each column of the file: its place, its title, and the field that it is taken for."""
    kind = KINDS[import_.kind]
    chosen = chosen_titles(session, import_.event_id, import_.kind)
    places = recognise(import_.header, kind.columns, chosen).places
    fields = {place: field for field, place in places.items()}
    return [(n, title, fields.get(n, "")) for n, title in enumerate(import_.header) if fold(title)]


def assign(session: Session, import_: Import, said: Mapping[int, str]) -> None:
    """Place of a column → field, or nothing. What differs from what the title says by itself is
    remembered. Commits.
    """
    kind = KINDS[import_.kind]
    known = {column.field for column in kind.columns}
    fields = [field for field in said.values() if field]
    if not set(fields) <= known:
        raise Refusal(_("Choose one of the columns offered."))
    _refuse_twice(import_, said)
    alone = recognise(import_.header, kind.columns).places
    for place, title, _before in assigned(session, import_):
        key = {
            "event_id": import_.event_id,
            "kind": import_.kind,
            "title_key": fold(title)[:LONGEST],
        }
        row = session.get(ImportTitle, key)
        field = said.get(place, "")
        by_itself = next((name for name, there in alone.items() if there == place), "")
        if field == by_itself:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(ImportTitle(**key, field=field))
        else:
            row.field = field
    session.commit()


def _refuse_twice(import_: Import, said: Mapping[int, str]) -> None:
    """Two columns for one field, or one title that stands twice and is meant differently."""
    seen: dict[str, int] = {}
    for place, field in said.items():
        if field and field in seen:
            raise Refusal(
                _(
                    "%(one)s and %(other)s cannot both be the same. Leave one of them out.",
                    one=isolate(import_.header[seen[field]]),
                    other=isolate(import_.header[place]),
                )
            )
        seen[field] = place
