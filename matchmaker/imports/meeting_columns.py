"""The columns of a list of meetings: as it goes out, so it comes in."""

from __future__ import annotations

import re
from datetime import date, time

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from matchmaker.imports.cells import CellFault, several
from matchmaker.imports.columns import Known, known
from matchmaker.imports.surroundings import Names, key

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
CLOCK = re.compile(r"(\d{1,2})[:hH](\d{2})(?::00)?")
Moment = tuple[date | None, time]


def read_day(cell: str, _names: Names) -> date:
    text = cell.split()[0].split("T")[0]
    try:
        if found := DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DAY_FIRST.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise CellFault(
        gettext("“%(said)s” is no day. Write it as 2026-10-14 or 14/10/2026.", said=cell[:40])
    )


def read_moment(cell: str, names: Names) -> Moment:
    """A time of day, with its day where the cell names one."""
    *day, clock = cell.replace("T", " ").split()
    found = CLOCK.fullmatch(clock)
    if found is None or len(day) > 1 or int(found[1]) > 23 or int(found[2]) > 59:
        raise CellFault(gettext("“%(said)s” is no time. Write it as 09:30.", said=cell[:40]))
    return read_day(day[0], names) if day else None, time(int(found[1]), int(found[2]))


def read_place(cell: str, names: Names) -> str:
    return _place(cell, names, {"table", "stand", "quiet"})


def read_room(cell: str, names: Names) -> str:
    return _place(cell, names, {"online"})


def _place(cell: str, names: Names, kinds: set[str]) -> str:
    place = names.places.get(key(cell))
    if place is None:
        raise CellFault(
            gettext("There is no place %(code)s. Add it, or correct the sign.", code=cell[:40])
        )
    if place.kind not in kinds:
        raise CellFault(
            gettext(
                "%(code)s cannot be here: an online room stands in its own column, and only it.",
                code=place.code,
            )
        )
    return place.id


def read_others(cell: str, _names: Names) -> list[str]:
    return several(cell)


def as_it_is(cell: str, _names: Names) -> str:
    return cell


def for_reading(_cell: str, _names: Names) -> None:
    """Says again what a person's own list says."""


PERSON = _("The e-mail address or the reference of a participant.")
ORGANISATION = _("Only for reading: it is the organisation of the person.")
COLUMNS: tuple[Known, ...] = (
    known(
        "day", ("Day", "Jour", "اليوم"), "Date", "Start Date", "التاريخ",
        explanation=_("The day, as 2026-10-14; not needed where the start says it."),
        example="2026-10-14",
    )(read_day),
    known(
        "start", ("Start", "Début", "البداية"), "Time", "Start time", "Heure", "Heure de début",
        "الوقت",
        explanation=_("When a slot of the event begins."), example="09:00",
    )(read_moment),
    known(
        "end", ("End", "Fin", "النهاية"), "End time", "Heure de fin",
        explanation=_("When its last slot ends; where empty, it takes one slot."),
        example="09:20",
    )(read_moment),
    known(
        "place", ("Place", "Emplacement", "المكان"), "Table", "Location", "meeting_point",
        "Stand", "الطاولة",
        explanation=_("The sign of a table or stand, or of a quiet place for an online meeting."),
        example="T01",
    )(read_place, ""),
    known(
        "room", ("Online room", "Salle en ligne", "القاعة الافتراضية"), "Room",
        explanation=_("The sign of an online room, where somebody takes part online."),
        example="",
    )(read_room, ""),
    known(
        "first", ("First person", "Première personne", "الشخص الأول"), "Booker", "Host",
        "Organizer", "From", "De",
        explanation=PERSON, example="amal.benali@atlas-eau.example",
    )(as_it_is),
    known(
        "first_organisation",
        ("First organisation", "Première organisation", "المؤسسة الأولى"),
        explanation=ORGANISATION, example="Atlas Eau",
    )(for_reading),
    known(
        "second", ("Second person", "Seconde personne", "الشخص الثاني"), "Requestee", "Guest",
        "Guests", "To", "À", "Deuxième personne",
        explanation=PERSON, example="bilal@casa-recycle.example",
    )(as_it_is),
    known(
        "second_organisation",
        ("Second organisation", "Seconde organisation", "المؤسسة الثانية"),
        explanation=ORGANISATION, example="Casa Recycle",
    )(for_reading),
    known(
        "others", ("Others", "Autres", "آخرون"),
        explanation=_("Further people of the same meeting, with semicolons between."),
        example="",
    )(read_others, []),
    known(
        "interpreter", ("Interpreter", "Interprète", "المترجم"),
        explanation=_("The interpreter's name, where one is needed."), example="",
    )(as_it_is, ""),
)  # fmt: skip
NEEDED = (("first",), ("second",), ("start",))
