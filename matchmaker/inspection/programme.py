"""Checks of the programme: days, places and items that exclude one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.accounts.localisation import current_language
from matchmaker.events.queries import sessions_of
from matchmaker.inspection.findings import Finding
from matchmaker.inspection.ground import Ground
from matchmaker.languages import comma, isolate, pick
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import items_of, overlap

PROGRAMME = "programme.index"


def programme(ground: Ground) -> Iterator[Finding]:
    items = items_of(ground.session, ground.event.id)
    days = [row.day for row in sessions_of(ground.session, ground.event.id)]
    for item in items:
        if days and not min(days) <= item.starts_at.date() <= max(days):
            text = _("“%(title)s” is on a day that is none of the event’s.", title=_title(item))
            yield Finding("wrong", text, PROGRAMME)
    for one, other in combinations(items, 2):
        if overlap(one, other.starts_at, other.ends_at):
            yield from _at_once(one, other)
    uncounted = [row for row in items if row.attendance == "sign_up" and row.places is None]
    if uncounted:
        text = ngettext(
            "%(num)s programme item has no number of places: %(titles)s.",
            "%(num)s programme items have no number of places: %(titles)s.",
            len(uncounted),
            titles=comma(current_language()).join(_title(row) for row in uncounted[:8]),
        )
        yield Finding("open", text, PROGRAMME)


def _at_once(one: ProgrammeItem, other: ProgrammeItem) -> Iterator[Finding]:
    titles = {"one": _title(one), "other": _title(other)}
    if _place(one) and _place(one) == _place(other):
        text = _("“%(one)s” and “%(other)s” are at the same time in the same place.", **titles)
        yield Finding("wrong", text, PROGRAMME)
    if "all" in (one.attendance, other.attendance) and "open" not in (
        one.attendance, other.attendance,
    ):  # fmt: skip
        text = _(
            "“%(one)s” and “%(other)s” are at the same time, and everybody attends one of them.",
            **titles,
        )
        yield Finding("wrong", text, PROGRAMME)


def _place(item: ProgrammeItem) -> str:
    """Nothing where only the zone is known: there is room for several in a hall."""
    venue = pick(item.venue, current_language()).casefold()
    return f"{venue} · {item.zone_id or ''}" if venue else ""


def _title(item: ProgrammeItem) -> str:
    return isolate(pick(item.titles, current_language()))
