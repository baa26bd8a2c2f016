"""Tables, stands, online rooms, quiet places. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import PLACE_KINDS, Event, Place, PlaceClosure, PlaceSeat, Slot, Zone
from matchmaker.events.names import checked_texts
from matchmaker.events.uses import InUse

MOST_TABLES = 500
MOST_CAPACITY = 200
LONGEST_CODE = 40


class PlaceDetails(TypedDict, total=False):
    """What may be said of a place beside its code."""

    kind: str
    names: Texts
    zone_id: str | None
    capacity: int


def add_tables(
    session: Session,
    event: Event,
    *,
    count: int,
    prefix: str = "T",
    start: int = 1,
    **details: Unpack[PlaceDetails],
) -> list[Place]:
    """``count`` numbered places at once: T01, T02 …; all of them or none."""
    if not 1 <= count <= MOST_TABLES:
        raise Refusal(
            _("Number of tables: give a whole number from 1 to %(most)s.", most=MOST_TABLES)
        )
    if start < 0:
        raise Refusal(_("The first number must be 0 or more."))
    width = max(2, len(str(start + count - 1)))
    codes = [f"{prefix.strip()}{number:0{width}}" for number in range(start, start + count)]
    _check_free(session, event, codes)
    return [add_place(session, event, code=code, **details) for code in codes]


def add_place(
    session: Session, event: Event, *, code: str, **details: Unpack[PlaceDetails]
) -> Place:
    """One place with its seats."""
    code = _checked_code(code)
    _check_free(session, event, [code])
    place = Place(event_id=event.id, code=code, capacity=1)
    _describe(session, place, details)
    try:
        with session.begin_nested():
            session.add(place)
    except IntegrityError:  # somebody else took the code at the same moment
        raise _taken([code]) from None
    _set_seats(session, place)
    return place


def change_place(
    session: Session, place: Place, *, code: str, **details: Unpack[PlaceDetails]
) -> None:
    """Other code, kind, zone or capacity; the seats follow."""
    code = _checked_code(code)
    if code != place.code:
        _check_free(session, session.get_one(Event, place.event_id), [code])
    place.code = code
    _describe(session, place, details)
    session.flush()
    _set_seats(session, place)


def remove_place(session: Session, place: Place) -> None:
    try:
        with session.begin_nested():
            session.delete(place)
    except IntegrityError:
        raise InUse(
            _(
                "%(code)s stays: a schedule uses it or it is somebody's own place. "
                "Close it in all slots instead.",
                code=place.code,
            ),
            places=[place.id],
        ) from None


def close_place(session: Session, place: Place, slot_ids: Collection[str]) -> None:
    """The slots in which the place is closed; in all others it is open."""
    slots = set(session.scalars(select(Slot.id).where(Slot.event_id == place.event_id)))
    if set(slot_ids) - slots:
        raise Refusal(_("There is no such slot at this event."))
    rows = {
        row.slot_id: row
        for row in session.scalars(
            select(PlaceClosure).where(
                PlaceClosure.event_id == place.event_id, PlaceClosure.place_id == place.id
            )
        )
    }
    for slot_id in sorted(set(rows) - set(slot_ids)):
        session.delete(rows[slot_id])
    for slot_id in sorted(set(slot_ids) - set(rows)):
        session.add(PlaceClosure(event_id=place.event_id, place_id=place.id, slot_id=slot_id))
    session.flush()


def _describe(session: Session, place: Place, details: PlaceDetails) -> None:
    kind, capacity = details.get("kind", place.kind or "table"), details.get("capacity", 1)
    zone_id = details.get("zone_id", place.zone_id) or None
    if kind not in PLACE_KINDS:
        raise Refusal(_("A place is a table, a stand, an online room or a quiet place."))
    if not 1 <= capacity <= MOST_CAPACITY:
        raise Refusal(
            _(
                "Meetings at the same time: give a whole number from 1 to %(most)s.",
                most=MOST_CAPACITY,
            )
        )
    if zone_id is not None and session.get(Zone, (place.event_id, zone_id)) is None:
        raise Refusal(_("There is no such zone at this event."))
    place.names = checked_texts(details.get("names", place.names or {}))
    place.kind, place.zone_id, place.capacity = kind, zone_id, capacity


def _set_seats(session: Session, place: Place) -> None:
    """The seat rows 1 … capacity. One that a kept schedule uses does not go."""
    rows = {
        row.seat: row
        for row in session.scalars(
            select(PlaceSeat).where(
                PlaceSeat.event_id == place.event_id, PlaceSeat.place_id == place.id
            )
        )
    }
    wanted = set(range(1, place.capacity + 1))
    for seat in sorted(wanted - set(rows)):
        session.add(PlaceSeat(event_id=place.event_id, place_id=place.id, seat=seat))
    session.flush()
    try:
        with session.begin_nested():
            for seat in sorted(set(rows) - wanted):
                session.delete(rows[seat])
    except IntegrityError:
        raise InUse(
            _(
                "%(code)s cannot hold fewer meetings: a schedule uses all its seats.",
                code=place.code,
            ),
            crowded=[place.id],
        ) from None


def _checked_code(code: str) -> str:
    code = " ".join(code.split())
    if not 1 <= len(code) <= LONGEST_CODE:
        raise Refusal(
            _(
                "The sign on the place (such as T07) has 1 to %(most)s characters.",
                most=LONGEST_CODE,
            )
        )
    return code


def _check_free(session: Session, event: Event, codes: list[str]) -> None:
    present = session.scalars(
        select(Place.code).where(Place.event_id == event.id, Place.code.in_(codes))
    )
    taken = sorted(present)
    if taken:
        raise _taken(taken)


def _taken(codes: list[str]) -> Refusal:
    return Refusal(
        _(
            "There is already a place %(codes)s: choose another prefix or first number.",
            codes=", ".join(codes[:5]),
        )
    )
