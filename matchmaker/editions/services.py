"""A new event from a template. Nothing here commits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Texts
from matchmaker.editions.copying import copy_edition
from matchmaker.editions.templates import Break, Template
from matchmaker.events.models import Event
from matchmaker.events.phases import set_phase
from matchmaker.events.queries import slots_of
from matchmaker.events.services import (
    PlannedSession,
    add_place,
    add_tables,
    add_zone,
    create_event,
    set_walk,
)
from matchmaker.limits.services import PauseDetails, add_pause, set_limits
from matchmaker.participation.services import add_type
from matchmaker.schedules.modes import set_modes
from matchmaker.wishes.rules import set_allowed, set_rules

__all__ = ["copy_edition", "create_from"]

WALK_MINUTES = 8


def create_from(
    session: Session,
    account: Account,
    template: Template,
    *,
    names: Texts,
    slug: str,
    first_day: date,
) -> Event:
    """An event that is ready for registration, with the template's set-up from this day on."""
    event = create_event(
        session,
        account,
        names=names,
        slug=slug,
        sessions=_sessions(template, first_day),
        **template.settings,
    )
    _furnish(session, event, template)
    _rule(session, event, template)
    _date(session, event, template, first_day)
    return event


def _sessions(template: Template, first_day: date) -> list[PlannedSession]:
    return [
        PlannedSession(
            day=first_day + timedelta(days=number), starts=starts, ends=ends, names=names
        )
        for number in range(template.days)
        for names, starts, ends in template.hours
    ]


def _furnish(session: Session, event: Event, template: Template) -> None:
    zones = [add_zone(session, event, names=names) for names in template.halls]
    for one, other in pairwise(zones):
        set_walk(session, event, one.id, other.id, WALK_MINUTES)
    zone_id = zones[0].id if zones else None
    add_tables(session, event, count=template.tables, zone_id=zone_id)
    for number in range(1, template.stands + 1):
        hall = zones[(number - 1) * len(zones) // template.stands].id if zones else None
        add_place(session, event, code=f"S{number:02}", kind="stand", zone_id=hall)
    for number in range(1, template.rooms + 1):
        add_place(session, event, code=f"WEB{number}", kind="online")


def _rule(session: Session, event: Event, template: Template) -> None:
    codes = [add_type(session, event, row.names, **row.rules).code for row in template.kinds]
    allowed = {
        (codes[number], codes[asked])
        for number, row in enumerate(template.kinds)
        for asked in (range(len(codes)) if row.asks is None else row.asks)
    }
    set_allowed(session, event, allowed)
    set_rules(session, event, hours=template.request_hours)
    set_modes(session, event, template.mode, {})
    set_limits(
        session,
        event,
        in_a_row=template.in_a_row,
        organisations_once=template.organisations_once,
        by_session={},
    )
    for row in template.breaks:
        _pause(session, event, row)


def _pause(session: Session, event: Event, row: Break) -> None:
    """One on each day, where there are slots at that time."""
    by_day: dict[date, list[str]] = {}
    for slot in slots_of(session, event.id):
        if row.starts <= slot.starts_at.time() < row.ends:
            by_day.setdefault(slot.starts_at.date(), []).append(slot.id)
    for slots in by_day.values():
        free = None if row.free is None else min(row.free, len(slots))
        details = PauseDetails(
            names=row.names, kind=row.kind, slots=slots, free=free, by_choice=row.by_choice
        )
        add_pause(session, event, **details)


def _date(session: Session, event: Event, template: Template, first_day: date) -> None:
    """Registration is open until wishes close; the agendas are out two days before."""
    evening = datetime.combine(first_day, time(18))
    closing = evening - timedelta(days=template.closes_before)
    agendas = evening - timedelta(days=2)
    set_phase(session, event, "registration", opens_at=None, closes_at=closing)
    set_phase(session, event, "wishes", opens_at=None, closes_at=closing)
    set_phase(session, event, "scheduling", opens_at=closing, closes_at=agendas)
    set_phase(session, event, "published", opens_at=agendas, closes_at=None)
