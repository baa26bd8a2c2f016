"""From rosters to lists for the typesetter: tables of plain data, every word in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.accounts.localisation import speak
from matchmaker.agendas import wording
from matchmaker.agendas.agenda import (
    Agenda,
    AgendaMeeting,
    Booking,
    Edition,
    Person,
    PlaceCard,
    by_day,
)
from matchmaker.agendas.rosters import Group, Register, Shift, Wall
from matchmaker.agendas.sheets import Sheet, head, inert
from matchmaker.clock import day_text, short_day_text, span_text
from matchmaker.languages import comma, pick

Cell = dict[str, Any]
Column = tuple[str, int]  # its head, and its share of the width; 0: as wide as its content
NAMES_ON_WALL = 2
BETWEEN = ("", "+")  # two meetings of one cell


def stand_sheet(card: PlaceCard, language: str = "") -> Sheet:
    """Who comes to the stand, for those who stand there."""
    language = language or card.edition.language
    with speak(language):
        own = {owner.id for owner in card.owners}
        return _list(
            card.edition,
            language,
            title=inert(card.spot.code),
            about=" · ".join(
                [inert(owner.name) for owner in card.owners]
                + [inert(wording.zone_text(card.spot, language))]
            ),
            columns=[
                (_("Time"), 0),
                (_("Who comes"), 3),
                (_("Organisation"), 3),
                (_("Language"), 2),
            ],
            parts=_days(
                card.meetings,
                language,
                lambda row: _visitors(row, own, language),
            ),
        )


def _visitors(row: Booking, own: set[str], language: str) -> list[Cell]:
    guests = [person for person in row.people if person.id not in own]
    spoken = comma(language).join(
        wording.languages_text(person.spoken, language) for person in guests
    )
    return [
        _time(row, language),
        _cell(*((person.name, person.job) for person in guests)),
        _cell(*((person.organisation, wording.country_text(person.country, language))
                for person in guests)),
        _words(spoken, wording.interpreter_text(row.interpreter, language)),
    ]  # fmt: skip


def interpreter_sheet(shift: Shift, language: str = "") -> Sheet:
    """When and where an interpreter is needed, and between whom."""
    language = language or shift.edition.language
    with speak(language):
        return _list(
            shift.edition,
            language,
            title=inert(shift.interpreter.name),
            about=wording.languages_text(shift.interpreter.languages, language),
            columns=[(_("Time"), 0), (_("Place"), 0), (_("Between"), 3), (_("Languages"), 2)],
            parts=_days(shift.meetings, language, lambda row: _interpreted(row, language)),
        )


def _interpreted(row: Booking, language: str) -> list[Cell]:
    return [
        _time(row, language),
        _place(row.place, wording.zone_text(row.spot, language)),
        _cell(*((person.name, person.organisation) for person in row.people)),
        _cell(*((wording.languages_text(person.spoken, language), "") for person in row.people),
              strong=False),
    ]  # fmt: skip


def delegation_sheet(group: Group, language: str = "") -> Sheet:
    """Where the people of a delegation are, for whoever looks after them."""
    language = language or group.edition.language
    with speak(language):
        count = len(group.people)
        return _list(
            group.edition,
            language,
            title=inert(pick(group.names, language) or group.code),
            about=ngettext("%(num)s person", "%(num)s people", count),
            columns=[(_("Time"), 0), (_("Place"), 0), (_("Meets"), 1)],
            parts=[
                (_person_title(agenda.person), [_met(row, language) for row in agenda.meetings])
                for agenda in group.people
            ],
        )


def _met(row: AgendaMeeting, language: str) -> list[Cell]:
    when = short_day_text(row.starts_at.date(), language)
    return [
        _when(span_text(row.starts_at, row.ends_at, language), when),
        _place(row.place or _("Online"), wording.zone_text(row.spot, language)),
        _cell(*((person.name, person.organisation) for person in row.partners)),
    ]


def wall_sheet(wall: Wall, language: str = "") -> Sheet:
    """A stretch of a day on A3: places against slots."""
    language = language or wall.edition.language
    with speak(language):
        columns: list[Column] = [(_("Place"), 0)]
        columns += [(span_text(slot.starts_at, slot.ends_at, language), 1) for slot in wall.slots]
        rows = [
            [_place(spot.code, wording.zone_text(spot, language))]
            + [
                _on_wall(wall.meetings.get((spot.code, slot.starts_at.isoformat()), ()))
                for slot in wall.slots
            ]
            for spot in wall.spots
        ]
        return _list(
            wall.edition,
            language,
            title=day_text(wall.day, language),
            about="",
            columns=columns,
            parts=[("", rows)],
            wide=True,
        )


def _on_wall(rows: Iterable[Booking]) -> Cell:
    """A stand with several seats holds several meetings at once, one below the other."""
    lines: list[tuple[str, str]] = []
    for row in rows:
        shown = [(person.organisation or person.name, person.name) for person in row.people]
        lines += [BETWEEN] if lines else []
        lines += [(first, name if name != first else "") for first, name in shown[:NAMES_ON_WALL]]
    return _cell(*lines)


def desk_sheet(register: Register, language: str = "") -> Sheet:
    """Who is expected, to be ticked when they come."""
    language = language or register.edition.language
    with speak(language):
        return _list(
            register.edition,
            language,
            title=_("Front desk"),
            about=_stretch(register),
            columns=[
                (_("Has come"), 0), (_("Sheet given"), 0), (_("Participant"), 3),
                (_("Organisation"), 3), (_("Phone"), 2),
                (_("First meeting"), 2), (_("Meetings"), 0),
            ],
            parts=[("", [_expected(agenda, register, language) for agenda in register.people])],
        )  # fmt: skip


def _expected(agenda: Agenda, register: Register, language: str) -> list[Cell]:
    first = agenda.meetings[0] if agenda.meetings else None
    when = span_text(first.starts_at, first.ends_at, language) if first else ""
    day = short_day_text(first.starts_at.date(), language) if first else ""
    return [
        {"box": True, "lines": []},
        {"box": True, "lines": []},
        _cell((agenda.person.name, agenda.person.job)),
        _words(agenda.person.organisation, wording.country_text(agenda.person.country, language)),
        _words(register.phones.get(agenda.person.id, "")),
        _when(f"{day} {when}".strip(), inert(first.place) if first else ""),
        _words(str(len(agenda.meetings))),
    ]


def meets_sheet(register: Register, language: str = "") -> Sheet:
    """Who meets whom: everybody by name with their meetings."""
    language = language or register.edition.language
    with speak(language):
        return _list(
            register.edition,
            language,
            title=_("Who meets whom"),
            about=_stretch(register),
            columns=[(_("Time"), 0), (_("Place"), 0), (_("Meets"), 1)],
            parts=[
                (_person_title(agenda.person), [_met(row, language) for row in agenda.meetings])
                for agenda in register.people
            ],
        )


def _stretch(register: Register) -> str:
    names = [inert(agenda.person.name) for agenda in register.people]
    return f"{names[0]} – {names[-1]}" if len(names) > 1 else names[0]


def _person_title(person: Person) -> str:
    return " · ".join(part for part in (inert(person.name), inert(person.organisation)) if part)


def _days(
    rows: Iterable[Booking], language: str, cells: Callable[[Booking], list[Cell]]
) -> list[tuple[str, list[list[Cell]]]]:
    return [
        (day_text(day, language), [cells(row) for row in entries]) for day, entries in by_day(rows)
    ]


def _list(  # noqa: PLR0913 - a list has these parts
    edition: Edition,
    language: str,
    *,
    title: str,
    about: str,
    columns: Sequence[Column],
    parts: Sequence[tuple[str, list[list[Cell]]]],
    wide: bool = False,
) -> Sheet:
    return {
        **head(edition, language),
        "title": title,
        "about": about,
        "wide": wide,
        "columns": [{"label": label, "share": share} for label, share in columns],
        "parts": [{"title": name, "rows": rows} for name, rows in parts],
        "empty": _("No meetings are planned in this version."),
    }


def _cell(*lines: tuple[str, str], strong: bool = True) -> Cell:
    shown = [
        {"text": inert(text), "more": inert(more), "strong": strong}
        for text, more in lines
        if text or more
    ]
    return {"box": False, "lines": shown}


def _words(text: str, more: str = "") -> Cell:
    return _cell((text, more), strong=False)


def _time(row: Booking, language: str) -> Cell:
    return _when(span_text(row.starts_at, row.ends_at, language), strong=True)


def _when(text: str, more: str = "", *, strong: bool = False) -> Cell:
    """A time is the page's own text: it reads in the direction of the page."""
    return {"box": False, "lines": [{"text": text, "more": more, "strong": strong}]}


def _place(code: str, zone: str) -> Cell:
    return _cell((code, zone))
