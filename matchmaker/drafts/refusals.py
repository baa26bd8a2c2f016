"""Why a change is not possible, for the organiser who wants it: which rule, and who."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from matchmaker.schedules.bridge import Broken
from matchmaker.schedules.names import Names, isolated, listed
from matchmaker.schedules.reasons import sentence

MOST_NAMED = 3
Builder = Callable[[Broken, Names], Markup]


def sentences(faults: Iterable[Broken], names: Names, about: Iterable[str] = ()) -> Markup:
    """The first few, one after the other. ``about``: the meetings that were to be changed, of
    which nobody has to be told.
    """
    own = set(about)
    said = dict.fromkeys(_sentence(row, names, own) for row in faults)
    return Markup(" ").join(list(said)[:MOST_NAMED])


def _sentence(row: Broken, names: Names, own: set[str]) -> Markup:
    others = tuple(name for name in row.meetings if name not in own)
    row = Broken(row.rule, others, row.participants, row.slots, row.places)
    build = SENTENCES.get(row.rule)
    if build is not None:
        return build(row, names)
    parts = ("meetings", "participants", "slots", "places")
    return sentence(row.rule, {part: getattr(row, part) for part in parts}, names)


def _who(row: Broken, names: Names) -> Markup:
    return listed([isolated(names.person(person)) for person in row.participants])


def _when(row: Broken, names: Names) -> Markup:
    return names.times(row.slots)


def _where(row: Broken, names: Names) -> Markup:
    return listed([isolated(names.place(place)) for place in row.places])


def _meetings(row: Broken, names: Names) -> Markup:
    return listed([names.meeting(name) for name in row.meetings[:MOST_NAMED]])


def _busy(row: Broken, names: Names) -> Markup:
    text = _("%(who)s has another meeting at %(when)s: %(meetings)s.")
    return Markup(text) % {
        "who": _who(row, names),
        "when": _when(row, names),
        "meetings": _meetings(row, names),
    }


def _place_taken(row: Broken, names: Names) -> Markup:
    text = _("%(where)s is taken at %(when)s by %(meetings)s.")
    return Markup(text) % {
        "where": _where(row, names),
        "when": _when(row, names),
        "meetings": _meetings(row, names),
    }


def _place_closed(row: Broken, names: Names) -> Markup:
    text = _("%(where)s is closed at %(when)s.")
    return Markup(text) % {"where": _where(row, names), "when": _when(row, names)}


def _own_place(row: Broken, names: Names) -> Markup:
    text = _("%(where)s belongs to somebody: its owner meets there, and nobody else does.")
    return Markup(text) % {"where": _where(row, names)}


def _place_kind(_row: Broken, _names: Names) -> Markup:
    return Markup(_("A meeting on site takes place at a table or a stand."))


def _online(_row: Broken, _names: Names) -> Markup:
    return Markup(
        _("Somebody in it takes part online: it needs an online room, and a quiet place.")
    )


def _interpreter(row: Broken, names: Names) -> Markup:
    text = _("No interpreter of these languages is free at %(when)s.")
    return Markup(text) % {"when": _when(row, names)}


def _language(_row: Broken, _names: Names) -> Markup:
    """Whether anybody speaks so is not said: in this cell nobody was looked for, or found free."""
    return Markup(
        _("The two sides have no common language and need an interpreter who is free then.")
    )


def _travel(row: Broken, names: Names) -> Markup:
    if not row.participants:
        return Markup(_("The interpreter cannot walk there in time."))
    text = _("%(who)s cannot walk there in time, from or to %(meetings)s.")
    return Markup(text) % {"who": _who(row, names), "meetings": _meetings(row, names)}


def _max_meetings(row: Broken, names: Names) -> Markup:
    text = _("%(who)s would have more meetings than were agreed.")
    return Markup(text) % {"who": _who(row, names)}


def _must(_row: Broken, _names: Names) -> Markup:
    return Markup(_("This meeting has to take place."))


def _gone(row: Broken, names: Names) -> Markup:
    people = len(row.participants)
    return Markup(
        ngettext(
            "%(who)s takes part no longer.",
            "%(who)s take part no longer.",
            people,
            who=_who(row, names),
        )
    )


def _never(row: Broken, names: Names) -> Markup:
    text = _("%(who)s must not meet: one side has said never.")
    return Markup(text) % {"who": _who(row, names)}


def _cancelled(_row: Broken, _names: Names) -> Markup:
    return Markup(_("One of its people has cancelled this meeting."))


def _booked(_row: Broken, _names: Names) -> Markup:
    return Markup(_("Its people have fixed this meeting themselves; only they can change it."))


def _locked(row: Broken, names: Names) -> Markup:
    if not row.meetings:
        return Markup(_("This meeting is locked. Unlock it first."))
    text = _("%(meetings)s is locked. Unlock it first.")
    return Markup(text) % {"meetings": _meetings(row, names)}


SENTENCES: dict[str, Builder] = {
    "busy": _busy,
    "place_taken": _place_taken,
    "place_closed": _place_closed,
    "own_place": _own_place,
    "place_kind": _place_kind,
    "online": _online,
    "interpreter": _interpreter,
    "language": _language,
    "travel": _travel,
    "max_meetings": _max_meetings,
    "must": _must,
    "gone": _gone,
    "never": _never,
    "cancelled": _cancelled,
    "booked": _booked,
    "locked": _locked,
}
