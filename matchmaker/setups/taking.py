"""A file's set-up taken over, part by part, with every difference that it makes written down.

What is told before saving is what was done and taken back: there is one way only. The caller
commits. Rows go through the doors that the pages use where there is more than a row to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.timetable import replan
from matchmaker.events.uses import InUse
from matchmaker.exports.setup import TABLES, columns_of, rows_wanted
from matchmaker.languages import colon, comma, isolate
from matchmaker.setups.doors import DOORS, Door, door_of
from matchmaker.setups.identity import Ids, id_for, pair
from matchmaker.setups.naming import part_name, row_name, shown
from matchmaker.setups.parts import FaultyFile, FileRow, SetUp, Values

DERIVED = {"slot"}  # made from the sessions; the file's only say which is meant
FIRST = ("session",)  # of these what goes, goes before others take its time
SINGLE = {"event", "slot"}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """``kind``: added, changed, removed, or kept although the file leaves it out."""

    part: str
    kind: str
    label: str
    changes: tuple[tuple[str, str, str], ...] = ()  # column, before, after

    def __str__(self) -> str:
        return f"{self.part} {self.kind} {self.label} {self.changes}"


@dataclass
class Taking:
    session: Session
    event: Event
    said: SetUp
    differences: list[Difference] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    in_the_way: list[str] = field(default_factory=list)  # what was to go and is in use

    def run(self) -> None:
        """As often as it takes: each time anew."""
        self.differences, self.ids, self.in_the_way = [], Ids(), []
        self._meet()
        for name in FIRST:
            self._remove(name)
        for name in self._parts():
            self._put(name)
            if name == "session":
                self._make_slots()
        in_use = [used for name in reversed(self._parts()) for used in self._removed(name)]
        if in_use:
            raise _together(in_use)

    def told(self, refusal: Refusal) -> Refusal:
        """With the names of what was to go."""
        if isinstance(refusal, FaultyFile) or not self.in_the_way:
            return refusal
        language = current_language()
        named = comma(language).join(dict.fromkeys(self.in_the_way))
        return Refusal(f"{named}{colon(language)}{refusal}")

    def _parts(self) -> list[str]:
        return [name for name in TABLES if name in self.said.parts and name not in DERIVED]

    def _meet(self) -> None:
        """Which row of the file is which here, for all parts that have ids."""
        for name in TABLES:
            if name not in self.said.parts or "id" not in columns_of(name) or name in SINGLE:
                continue
            here = self._here_by_id(name)
            for row, id_ in pair(name, self.said.parts[name], here):
                said = str(row.values["id"])
                self.ids.found[name][said] = id_ or id_for(said, name, here)

    def _make_slots(self) -> None:
        replan(self.session, self.event)
        slots = self._here_by_id("slot")
        here = {values["starts_at"]: id_ for id_, values in slots.items()}
        for row in self.said.parts.get("slot", ()):
            if (starts := row.values.get("starts_at")) in here:
                self.ids.found["slot"][str(row.values["id"])] = here[starts]

    def _put(self, name: str) -> None:
        here, door = self._here(name), door_of(name)
        for row in self.said.parts[name]:
            values = self._led(name, row)
            if values is None:
                continue
            key = self._key(name, values)
            try:
                self._put_row(name, door, key, values, here.get(key))
            except IntegrityError:
                raise self._faulty(name, row, _("This cannot be so.")) from None
            except InUse:
                raise
            except Refusal as refusal:
                raise self._faulty(name, row, str(refusal)) from None

    def _put_row(
        self, name: str, door: Door, key: Key, values: Values, before: Values | None
    ) -> None:
        changed = {
            column: value
            for column, value in values.items()
            if before is None or before.get(column) != value
        }
        if not changed:
            return
        label = row_name({**(before or {}), **values}, ", ".join(key) or part_name(name))
        with self.session.begin_nested():
            door.put(self.session, self.event, key, values, is_new=before is None)
            self.session.flush()
        changes = (
            ()
            if before is None
            else tuple(
                (column, shown(before.get(column)), shown(value))
                for column, value in changed.items()
            )
        )
        self.differences.append(
            Difference(name, "added" if before is None else "changed", label, changes)
        )

    def _led(self, name: str, row: FileRow) -> Values | None:
        """With the ids of here; None where its slot is no more."""
        table = Base.metadata.tables[name]
        values, lost = self.ids.lead(table, row.values)
        if lost == "slot_id":
            return None
        if lost:
            sentence = _("“%(said)s” is no row of this file.", said=str(row.values[lost])[:60])
            raise self._faulty(name, row, sentence, lost)
        if "id" in values and name in self.ids.found:
            values["id"] = self.ids.found[name][str(row.values["id"])]
        if name == "walk":
            values["from_id"], values["to_id"] = sorted((values["from_id"], values["to_id"]))
        if name == "event":
            values = {**values, "id": self.event.id, "slug": self.event.slug}
        return values

    def _removed(self, name: str) -> Iterator[InUse]:
        try:
            self._remove(name)
        except InUse as used:
            yield used

    def _remove(self, name: str) -> None:
        """What the file leaves out of a part that it has."""
        if name == "event" or name not in self.said.parts:
            return
        kept = {self._key(name, values) for values in self._said(name)}
        door, in_use = door_of(name), []
        for key, values in self._here(name).items():
            if key in kept:
                continue
            label = row_name(values, ", ".join(key) or part_name(name))
            try:
                with self.session.begin_nested():
                    door.remove(self.session, self.event, key)
                    self.session.flush()
            except InUse as used:
                in_use.append(used)
                self.in_the_way.append(f"{part_name(name)} {isolate(label)}")
            except (IntegrityError, Refusal):
                self.differences.append(Difference(name, "kept", label))
            else:
                self.differences.append(Difference(name, "removed", label))
        if in_use:
            raise _together(in_use)

    def _said(self, name: str) -> Iterable[Values]:
        return (
            values for row in self.said.parts[name] if (values := self._led(name, row)) is not None
        )

    def _key(self, name: str, values: Values) -> Key:
        columns = Base.metadata.tables[name].primary_key.columns
        return tuple(str(values[c.name]) for c in columns if c.name != "event_id")

    def _here(self, name: str) -> dict[Key, Values]:
        columns = columns_of(name)
        self.session.flush()
        rows = self.session.execute(rows_wanted(name, self.event)).mappings()
        found = [{column: row[column] for column in columns} for row in rows]
        return {self._key(name, values): values for values in found}

    def _here_by_id(self, name: str) -> dict[str, Values]:
        return {str(values["id"]): values for values in self._here(name).values()}

    def _faulty(self, name: str, row: FileRow, sentence: str, column: str = "") -> FaultyFile:
        where = _("%(part)s, row %(row)s", part=part_name(name), row=row.number)
        if column:
            where = f"{where}, {column}"
        return FaultyFile([f"{where}{colon(current_language())}{sentence}"])


def _together(used: list[InUse]) -> InUse:
    """Of several refusals one that names all that is in use."""

    def all_of(what: str) -> set[Any]:
        return {id_ for one in used for id_ in getattr(one, what)}

    names = ("sessions", "slots", "places", "crowded", "interpreters")
    return InUse(str(used[0]), **{what: all_of(what) for what in names})


__all__ = ["DOORS", "Difference", "Taking"]
