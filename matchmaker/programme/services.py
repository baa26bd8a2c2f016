"""The organiser's side: items come, change and go. Nothing here commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import day_text, is_real, time_text
from matchmaker.database import Texts, now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Zone
from matchmaker.events.names import LONGEST_TEXT, checked_names, checked_texts
from matchmaker.events.queries import sessions_of
from matchmaker.participation.queries import types_of
from matchmaker.programme.models import (
    ATTENDANCES,
    KINDS,
    LONGEST_SPEAKERS,
    ProgrammeItem,
    ProgrammeSignup,
    ProgrammeType,
)
from matchmaker.programme.queries import count_signups
from matchmaker.programme.signing import fill, hold
from matchmaker.programme.telling import concerned, shown, tell

MOST_PLACES = 100_000


class ItemDetails(TypedDict):
    """What is said of an item."""

    kind: str
    titles: Texts
    abouts: Texts
    day: date
    starts: time
    ends: time
    venue: Texts
    zone_id: str | None
    speakers: str
    attendance: str
    places: int | None
    types: Collection[str]


def add_item(session: Session, event: Event, **details: Unpack[ItemDetails]) -> ProgrammeItem:
    row = ProgrammeItem(event_id=event.id)
    _describe(session, event, row, details)
    return row


def change_item(
    session: Session,
    event: Event,
    row: ProgrammeItem,
    *,
    tells: bool,
    **details: Unpack[ItemDetails],
) -> None:
    """Who signed up stays so; they are told what they have to know, unless ``tells`` says no.
    Of more places, those who wait get some.
    """
    hold(session, event, row.id)
    before = shown(row)
    _describe(session, event, row, details)
    if shown(row) != before:
        _count_change(session, row)
        if tells:
            tell(session, event, row, concerned(session, row), "changed")
    fill(session, event, row)


def remove_item(session: Session, event: Event, row: ProgrammeItem) -> None:
    """Cancelled, and told to whom it concerns; away altogether where it concerns nobody."""
    hold(session, event, row.id)
    people = concerned(session, row)
    known = select(func.count()).where(
        ProgrammeSignup.event_id == event.id, ProgrammeSignup.item_id == row.id
    )
    if not people and not session.scalar(known):
        session.delete(row)
        session.flush()
        return
    tell(session, event, row, people, "cancelled")
    row.cancelled_at = now()
    _count_change(session, row)


def _count_change(session: Session, row: ProgrammeItem) -> None:
    row.changes, row.changed_at = row.changes + 1, now()
    session.flush()


def _describe(session: Session, event: Event, row: ProgrammeItem, details: ItemDetails) -> None:
    starts_at, ends_at = _checked_span(session, event, details)
    _check_choices(session, event, details)
    row.kind, row.attendance = details["kind"], details["attendance"]
    row.titles = checked_names(details["titles"])
    row.abouts = checked_texts(details["abouts"], longest=LONGEST_TEXT)
    row.starts_at, row.ends_at = starts_at, ends_at
    row.venue, row.zone_id = checked_texts(details["venue"]), details["zone_id"]
    row.speakers = _checked_speakers(details["speakers"])
    row.places = _checked_places(session, row, details)
    session.add(row)
    session.flush()
    _set_types(session, event, row, details)


def _checked_span(
    session: Session, event: Event, details: ItemDetails
) -> tuple[datetime, datetime]:
    """Within one day, which is one of the event."""
    day = details["day"]
    starts, ends = (details[name].replace(second=0, microsecond=0) for name in ("starts", "ends"))
    if starts == ends:
        raise Refusal(_("Begin and end are the same: give the item some time."))
    if starts > ends:
        raise Refusal(
            _("The end lies before the beginning: an item lies within one day. Change the hours.")
        )
    _check_day(session, event, day)
    span = datetime.combine(day, starts), datetime.combine(day, ends)
    for wall in span:
        if not is_real(wall, event.zone):
            raise Refusal(
                _(
                    "%(time)s does not exist on this day: the clocks are put forward. "
                    "Change the hours.",
                    time=time_text(wall, current_language()),
                )
            )
    return span


def _check_day(session: Session, event: Event, day: date) -> None:
    days = [row.day for row in sessions_of(session, event.id)]
    if days and not min(days) <= day <= max(days):
        first, last = (day_text(one, current_language()) for one in (min(days), max(days)))
        raise Refusal(
            _(
                "This day is not one of the event, which lasts from %(first)s to %(last)s: choose "
                "another day, or add a session on it first.",
                first=first,
                last=last,
            )
            if first != last
            else _(
                "This day is not one of the event, which is on %(day)s: choose that day, or add a "
                "session on this one first.",
                day=first,
            )
        )


def _check_choices(session: Session, event: Event, details: ItemDetails) -> None:
    if details["kind"] not in KINDS or details["attendance"] not in ATTENDANCES:
        raise Refusal(_("Choose one of the choices offered."))
    zone = details["zone_id"]
    if zone is not None and session.get(Zone, (event.id, zone)) is None:
        raise Refusal(_("There is no such zone at this event."))
    known = {row.code for row in types_of(session, event.id)}
    if set(details["types"]) - known:
        raise Refusal(_("There is no such type of participation at this event."))


def _checked_speakers(speakers: str) -> str:
    speakers = speakers.strip()
    if len(speakers) > LONGEST_SPEAKERS:
        raise Refusal(
            _("Speakers: shorten the text to %(most)s characters.", most=LONGEST_SPEAKERS)
        )
    return speakers


def _checked_places(session: Session, row: ProgrammeItem, details: ItemDetails) -> int | None:
    """Never fewer than have signed up."""
    places = details["places"]
    if details["attendance"] != "sign_up" or places is None:
        return None
    if not 1 <= places <= MOST_PLACES:
        raise Refusal(_("Places: give a whole number from 1 to %(most)s.", most=MOST_PLACES))
    taken = count_signups(session, row.event_id).get(row.id, Counter())["attends"]
    if places < taken:
        raise Refusal(
            ngettext(
                "%(num)s person has signed up: give at least as many places, or take people out.",
                "%(num)s people have signed up: give at least as many places, or take people out.",
                taken,
            )
        )
    return places


def _set_types(session: Session, event: Event, row: ProgrammeItem, details: ItemDetails) -> None:
    session.execute(
        delete(ProgrammeType).where(
            ProgrammeType.event_id == event.id, ProgrammeType.item_id == row.id
        )
    )
    wanted = () if details["attendance"] == "open" else sorted(set(details["types"]))
    session.add_all(
        ProgrammeType(event_id=event.id, item_id=row.id, type_code=code) for code in wanted
    )
    session.flush()
