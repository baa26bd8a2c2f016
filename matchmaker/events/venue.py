"""Zones of the venue and the minutes on foot between them. Nothing here commits."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Walk, Zone
from matchmaker.events.names import checked_names

LONGEST_WALK = 240


def walking_slots(minutes: int, slot: int, changeover: int) -> int:
    """How many slots lie idle between two meetings ``minutes`` of walking apart: what the
    changeover does not cover, in whole steps of slot and changeover.

    >>> walking_slots(12, 20, 5), walking_slots(5, 20, 5), walking_slots(31, 20, 5)
    (1, 0, 2)
    """
    return max(0, -((changeover - minutes) // (slot + changeover)))


def add_zone(session: Session, event: Event, *, names: Texts) -> Zone:
    zone = Zone(event_id=event.id, names=checked_names(names))
    session.add(zone)
    session.flush()
    return zone


def rename_zone(session: Session, zone: Zone, names: Texts) -> None:
    zone.names = checked_names(names)
    session.flush()


def remove_zone(session: Session, zone: Zone) -> None:
    try:
        with session.begin_nested():
            session.delete(zone)
    except IntegrityError:
        raise Refusal(
            _(
                "This zone still has places or programme items: move them to another zone or "
                "remove them first."
            )
        ) from None


def set_walk(session: Session, event: Event, one: str, other: str, minutes: int) -> None:
    """Minutes on foot between two zones, the same in both directions."""
    if one == other:
        raise Refusal(_("Walking minutes are given between two different zones."))
    if not 0 <= minutes <= LONGEST_WALK:
        raise Refusal(
            _("Walking minutes: give a whole number from 0 to %(most)s.", most=LONGEST_WALK)
        )
    first, second = sorted((one, other))
    if any(session.get(Zone, (event.id, zone_id)) is None for zone_id in (first, second)):
        raise Refusal(_("There is no such zone at this event."))
    walk = session.get(Walk, (event.id, first, second))
    if walk is None:
        walk = Walk(event_id=event.id, from_id=first, to_id=second)
        session.add(walk)
    walk.minutes = minutes
    session.flush()
