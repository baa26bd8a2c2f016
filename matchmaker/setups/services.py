"""The set-up of a file, for an event that there is and for a new one. The caller commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.foresight import carry_out
from matchmaker.events.models import Event
from matchmaker.events.services import create_event
from matchmaker.journal.services import note
from matchmaker.setups.parts import MOST_BYTES, SetUp, read_set_up
from matchmaker.setups.taking import Difference, Taking
from matchmaker.spreadsheets.reading import Table, read_tables
from matchmaker.vocabularies.models import Term


@dataclass(frozen=True)
class Foreseen:
    """What a file would change, and what that does to requests and schedules."""

    differences: Sequence[Difference]
    consequences: Sequence[str]
    left_out: Sequence[str]

    @property
    def changes(self) -> list[Difference]:
        return [row for row in self.differences if row.kind != "kept"]

    @property
    def seal(self) -> str:
        """Of what was shown; who agrees sends it back."""
        lines = [*map(str, self.differences), *self.consequences]
        return sha256("\n".join(lines).encode()).hexdigest()[:32]


def read_file(data: bytes, file_name: str) -> tuple[Table, ...]:
    if not data:
        raise Refusal(_("Choose a file."))
    if len(data) > MOST_BYTES:
        raise Refusal(
            _(
                "This file has more than %(most)s MB; a set-up is far smaller. Choose what Export, "
                "Set-up has written.",
                most=MOST_BYTES // 1024 // 1024,
            )
        )
    return read_tables(data, file_name)


def take_set_up(session: Session, event: Event, tables: Sequence[Table]) -> Foreseen:
    """Done, for the caller to keep or to take back."""
    said = read_set_up(tables)
    taking = Taking(session, event, said)
    try:
        lines = carry_out(session, event, taking.run)
    except Refusal as refusal:
        raise taking.told(refusal) from None
    if any(row.kind != "kept" for row in taking.differences):
        note(session, event.id, "imported", "event", event.id)
    return Foreseen(taking.differences, lines, said.left_out)


def create_from_file(
    session: Session,
    account: Account,
    tables: Sequence[Table],
    *,
    names: Texts,
    slug: str,
    first_day: date | None,
) -> Event:
    """A new event with the set-up of the file; under other names, from another day on."""
    said = read_set_up(tables)
    if first_day is not None and said.first_day is not None:
        said = said.moved(first_day - said.first_day)
    own = names if any(names.values()) else _names_of(said)
    event = create_event(session, account, names=own, slug=slug)
    if "term" in said.parts:  # instead of those that every event begins with
        session.execute(delete(Term).where(Term.event_id == event.id))
    Taking(session, event, said).run()
    if any(names.values()):
        event.names = {code: text for code, text in names.items() if text}
    session.flush()
    note(session, event.id, "imported", "event", event.id)
    return event


def _names_of(said: SetUp) -> Texts:
    rows = said.parts.get("event", ())
    names: Texts = rows[0].values.get("names", {}) if rows else {}
    if not names:
        raise Refusal(_("The file names no event. Give it a name."))
    return names


def packed(tables: Sequence[Table]) -> str:
    """For the way through the page that asks."""
    return json.dumps([vars(table) for table in tables], ensure_ascii=False)


def unpacked(text: str) -> tuple[Table, ...]:
    """What a page sends back is as little trusted as a file."""
    try:
        found: Any = json.loads(text)
        return tuple(
            Table(
                header=tuple(map(str, row["header"])),
                rows=tuple((int(number), _wide(cells, row)) for number, cells in row["rows"]),
                sheet=str(row["sheet"]),
            )
            for row in found
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refusal(_("The form was incomplete. Load the page again.")) from None


def _wide(cells: Sequence[Any], row: Any) -> tuple[str, ...]:
    if len(cells) != len(row["header"]):
        raise ValueError
    return tuple(map(str, cells))
