"""By which door a row of a set-up comes in and goes: that of its feature where there is one.

A feature whose part needs more than its row adds a door here; all others are rows and no more.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.interpreters import remove_interpreter
from matchmaker.events.models import Event, Interpreter, MeetingSession, Place, Zone
from matchmaker.events.names import checked_texts
from matchmaker.events.services import (
    Settings,
    change_place,
    describe_event,
    remove_place,
    remove_session,
    remove_zone,
)
from matchmaker.events.timetable import check_length
from matchmaker.folding import fold
from matchmaker.looks.services import set_look
from matchmaker.programme.models import ProgrammeItem, ProgrammeType
from matchmaker.programme.services import ItemDetails, add_item, change_item, remove_item
from matchmaker.segments.filters import Filter
from matchmaker.setups.parts import Values

Key = tuple[str, ...]
ITEM = (
    "kind", "titles", "abouts", "starts_at", "ends_at", "venue", "zone_id", "speakers",
    "attendance", "places",
)  # fmt: skip


class Door(Protocol):
    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None: ...

    def remove(self, session: Session, event: Event, key: Key) -> None: ...


class Rows:
    """The row alone; the database holds what must be."""

    def __init__(self, name: str) -> None:
        self.name = name

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        values = self.checked(values)
        if is_new:
            session.add(_class(self.name)(event_id=event.id, **values))
            return
        row = self.find(session, event, key)
        for name, value in values.items():
            setattr(row, name, value)

    def remove(self, session: Session, event: Event, key: Key) -> None:
        session.delete(self.find(session, event, key))

    def find(self, session: Session, event: Event, key: Key) -> Any:
        return session.get_one(_class(self.name), (event.id, *key))

    def checked(self, values: Values) -> Values:
        for name in ("names", "labels"):
            if name in values:
                values = {**values, name: checked_texts(values[name])}
        return values


class Events(Rows):
    """The event itself: its address stays."""

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        settings = {name: values[name] for name in Settings.__annotations__ if name in values}
        names = values.get("names", event.names)
        describe_event(session, event, names=names, slug=event.slug, **settings)
        for name in set(values) - set(settings) - {"id", "slug", "names"}:
            setattr(event, name, values[name])


class Sessions(Rows):
    """Their slots are made afterwards, of all of them at once."""

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        row = MeetingSession() if is_new else self.find(session, event, key)
        known = {name: values.get(name, getattr(row, name)) for name in ("day", "starts", "ends")}
        if None in known.values():
            raise Refusal(_("Nothing stands here, and something is needed."))
        check_length(event, MeetingSession(names=values.get("names", row.names or {}), **known))
        super().put(session, event, key, values, is_new=is_new)

    def remove(self, session: Session, event: Event, key: Key) -> None:
        row: MeetingSession = self.find(session, event, key)
        remove_session(session, row)


class Places(Rows):
    """With their seats."""

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        if is_new:
            session.add(Place(event_id=event.id, id=key[0], code=values["code"], capacity=1))
            session.flush()
        row: Place = self.find(session, event, key)
        known = {name: getattr(row, name) for name in ("code", "kind", "names", "zone_id")}
        known["capacity"] = row.capacity
        change_place(session, row, **{**known, **{k: v for k, v in values.items() if k != "id"}})

    def remove(self, session: Session, event: Event, key: Key) -> None:
        row: Place = self.find(session, event, key)
        remove_place(session, row)


class Zones(Rows):
    def remove(self, session: Session, event: Event, key: Key) -> None:
        row: Zone = self.find(session, event, key)
        remove_zone(session, row)


class Interpreters(Rows):
    def remove(self, session: Session, event: Event, key: Key) -> None:
        row: Interpreter = self.find(session, event, key)
        remove_interpreter(session, row)


class Looks(Rows):
    """Colour and texts; the texts of the welcome stand with the event, the logo is no text."""

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        here = None if is_new else self.find(session, event, key)
        set_look(
            session,
            event,
            welcome=event.welcome,
            colour=values.get("colour", here.colour if here else ""),
            footers=values.get("footers", here.footers if here else {}),
            senders=values.get("senders", here.senders if here else {}),
        )


class Items(Rows):
    """Of the programme: who attends is told, and whoever signed up stays so. For whom it is, is a
    part of its own.
    """

    def put(
        self, session: Session, event: Event, key: Key, values: Values, *, is_new: bool
    ) -> None:
        if is_new:
            row = add_item(session, event, **_item(ProgrammeItem(), values, ()))
            row.id = key[0]
            return
        row = self.find(session, event, key)
        types = session.scalars(
            select(ProgrammeType.type_code).where(
                ProgrammeType.event_id == event.id, ProgrammeType.item_id == row.id
            )
        ).all()
        change_item(session, event, row, tells=True, **_item(row, values, types))

    def remove(self, session: Session, event: Event, key: Key) -> None:
        row: ProgrammeItem = self.find(session, event, key)
        remove_item(session, event, row)


def _item(row: ProgrammeItem, values: Values, types: Collection[str]) -> ItemDetails:
    said = {name: values.get(name, getattr(row, name)) for name in ITEM}
    if said["starts_at"] is None or said["ends_at"] is None:
        raise Refusal(_("Nothing stands here, and something is needed."))
    return ItemDetails(
        kind=said["kind"] or "plenary",
        titles=said["titles"] or {},
        abouts=said["abouts"] or {},
        day=said["starts_at"].date(),
        starts=said["starts_at"].time(),
        ends=said["ends_at"].time(),
        venue=said["venue"] or {},
        zone_id=said["zone_id"],
        speakers=said["speakers"] or "",
        attendance=said["attendance"] or "open",
        places=said["places"],
        types=types,
    )


class Segments(Rows):
    """A filter that can be read, under the key of its name."""

    def checked(self, values: Values) -> Values:
        if not isinstance(values.get("filter"), dict):
            raise Refusal("filter")
        key = fold(str(values.get("name", "")))
        return {**values, "name_key": key, "filter": Filter.kept(values["filter"]).data()}


DOORS: dict[str, Door] = {
    "event": Events("event"),
    "session": Sessions("session"),
    "place": Places("place"),
    "zone": Zones("zone"),
    "interpreter": Interpreters("interpreter"),
    "look": Looks("look"),
    "programme_item": Items("programme_item"),
    "segment": Segments("segment"),
}


def door_of(name: str) -> Door:
    return DOORS.get(name) or Rows(name)


def _class(name: str) -> type[Any]:
    """The model of a table."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is Base.metadata.tables[name]:
            return mapper.class_
    raise LookupError(name)
