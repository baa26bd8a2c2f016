"""Why a meeting is not placed, in the reader's language: one sentence builder per rule's code.

An organiser reads everything. A participant reads what concerns the participant, and one and the
same sentence for all the rest: it must not tell a third person's meeting, an absence or a `never`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from matchmaker.schedules.names import Names, isolated, listed, shortened
from matchmaker.wishes.obstacles import not_available

Reason = dict[str, Any]
Builder = Callable[[Reason, Names], Markup]
MOST_NAMED, MOST_TIMES = 6, 12  # times of one day are short


def sentence(rule: str, reason: Reason, names: Names) -> Markup:
    """For organisers. A code that is not known here is shown as it is."""
    build = SENTENCES.get(rule)
    if build is not None:
        return build(reason, names)
    return _say(_("The rule “%(rule)s” leaves no room for it."), rule=rule)


def sentence_for(me: str, rule: str, reason: Reason) -> str:
    """For the participant ``me``: what is my own, or the sentence that is the same for all."""
    if list(reason.get("participants", ())) == [me] and rule in OWN:
        return OWN[rule]()
    return not_available() if rule == "absent" else not_arranged()


def not_arranged() -> str:
    return str(_("No time and place could be found that suits both sides."))


def _say(template: str, **values: Any) -> Markup:
    """The translated sentence with its values put in safely."""
    return Markup(template) % values


def _who(reason: Reason, names: Names) -> Markup:
    people = reason.get("participants", ())[:MOST_NAMED]
    return listed([isolated(names.person(person)) for person in people])


def _people(reason: Reason) -> int:
    """How many the verb speaks of. Its sentence is filled in by ``ngettext``, which escapes
    nothing: only what is safe already (markup, a number) may be handed to it.
    """
    return len(reason.get("participants", ())) or 1


def _when(reason: Reason, names: Names) -> Markup:
    return _cut(reason.get("slots", ()), MOST_TIMES, names.times)


def _where(reason: Reason, names: Names) -> Markup:
    return _some(lambda place: isolated(names.place(place)), reason.get("places", ()))


def _meetings(reason: Reason, names: Names) -> Markup:
    return _some(names.meeting, reason.get("meetings", ()))


def _some(show: Callable[[str], Markup], ids: Sequence[str]) -> Markup:
    return _cut(ids, MOST_NAMED, lambda few: listed([show(name) for name in few]))


def _cut(ids: Sequence[str], most: int, show: Callable[[Sequence[str]], Markup]) -> Markup:
    """Only so many of them, and how many more there are; never one more, which has room."""
    if len(ids) <= most + 1:
        return show(ids)
    return shortened(show(ids[:most]), len(ids) - most)


def _length(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("No session is long enough for it."))


def _side(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("One and the same person would have to sit on both sides."))


def _busy(reason: Reason, names: Names) -> Markup:
    who = _who(reason, names)
    if reason.get("meetings") and reason.get("slots"):
        return Markup(
            ngettext(
                "%(who)s is in other meetings whenever both could meet: %(when)s (%(meetings)s).",
                "%(who)s are in other meetings whenever both could meet: %(when)s (%(meetings)s).",
                _people(reason),
                who=who,
                when=_when(reason, names),
                meetings=_meetings(reason, names),
            )
        )
    if not who:
        return Markup(_("The two are never free at the same time."))
    return Markup(
        ngettext(
            "%(who)s is in other meetings whenever both could meet.",
            "%(who)s are in other meetings whenever both could meet.",
            _people(reason),
            who=who,
        )
    )


def _absent(reason: Reason, names: Names) -> Markup:
    who, when = _who(reason, names), _when(reason, names)
    if not who:
        return Markup(_("The two are never there at the same time."))
    if not when:
        return Markup(
            ngettext(
                "%(who)s is absent whenever the other side is there.",
                "%(who)s are absent whenever the other side is there.",
                _people(reason),
                who=who,
            )
        )
    return Markup(
        ngettext(
            "%(who)s is absent at %(when)s.",
            "%(who)s are absent at %(when)s.",
            _people(reason),
            who=who,
            when=when,
        )
    )


def _max_meetings(reason: Reason, names: Names) -> Markup:
    return Markup(
        ngettext(
            "%(who)s already has as many meetings as were agreed (%(count)s).",
            "%(who)s already have as many meetings as were agreed (%(count)s).",
            _people(reason),
            who=_who(reason, names),
            count=len(reason.get("meetings", ())) or "–",
        )
    )


def _max_in_a_row(reason: Reason, names: Names) -> Markup:
    return Markup(
        ngettext(
            "%(who)s would have too many meetings in a row.",
            "%(who)s would have too many meetings in a row.",
            _people(reason),
            who=_who(reason, names),
        )
    )


def _breaks(reason: Reason, names: Names) -> Markup:
    return Markup(
        ngettext(
            "%(who)s would have too many waiting times.",
            "%(who)s would have too many waiting times.",
            _people(reason),
            who=_who(reason, names),
        )
    )


def _place_taken(reason: Reason, names: Names) -> Markup:
    where = _where(reason, names)
    if not where:
        return Markup(_("Every table is taken whenever both are free."))
    return _say(_("The place is taken whenever both are free: %(where)s."), where=where)


def _place_closed(reason: Reason, names: Names) -> Markup:
    return _say(
        _("The place is closed whenever both are free: %(where)s."), where=_where(reason, names)
    )


def _place_kind(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("There is no table and no stand where it could take place."))


def _own_place(reason: Reason, names: Names) -> Markup:
    return _say(
        _("It can only take place at the own stand, which is not free then: %(where)s."),
        where=_where(reason, names) or "–",
    )


def _online(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("It would be online, and no online room or quiet place is free."))


def _start_slot(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("It is not allowed to start in any slot that is left."))


def _after(reason: Reason, names: Names) -> Markup:
    return _say(
        _("It has to come after another meeting: %(meetings)s."),
        meetings=_meetings(reason, names),
    )


def _language(_reason: Reason, _names: Names) -> Markup:
    return Markup(
        _("The two sides have no common language, and no interpreter speaks one of each.")
    )


def _interpreter(reason: Reason, names: Names) -> Markup:
    when = _when(reason, names)
    if not when:
        return Markup(_("No interpreter of these languages is free when both are."))
    return _say(_("No interpreter of these languages is free at %(when)s."), when=when)


def _travel(reason: Reason, names: Names) -> Markup:
    return _say(
        _("The way from or to another meeting is too long for %(who)s."),
        who=_who(reason, names) or "–",
    )


def _limits(reason: Reason, names: Names) -> Markup:
    return _say(_("A limit on the meetings of %(who)s is reached."), who=_who(reason, names))


def _exclusive(reason: Reason, names: Names) -> Markup:
    return _say(
        _("Another meeting takes place in its stead: %(meetings)s."),
        meetings=_meetings(reason, names),
    )


def _kept(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("Its time has passed already."))


def _changes(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("It would change more published meetings than are allowed."))


def _by_hand(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("An organiser has taken it out."))


def _late(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("It was asked for after this schedule had been made."))


def _moves(reason: Reason, names: Names) -> Markup:
    """No rule but a goal that comes before the wishes."""
    text = _("It could take place at %(when)s, but people would change places more often.")
    return _say(text, when=_when(reason, names))


def _other_part(_reason: Reason, _names: Names) -> Markup:
    return Markup(_("It has a time only in sessions that were not taken over."))


SENTENCES: dict[str, Builder] = {
    "by_hand": _by_hand,
    "other_part": _other_part,
    "moves": _moves,
    "late": _late,
    "length": _length,
    "side": _side,
    "busy": _busy,
    "absent": _absent,
    "max_meetings": _max_meetings,
    "max_in_a_row": _max_in_a_row,
    "breaks": _breaks,
    "place_taken": _place_taken,
    "place_closed": _place_closed,
    "place_kind": _place_kind,
    "own_place": _own_place,
    "online": _online,
    "start_slot": _start_slot,
    "after": _after,
    "language": _language,
    "interpreter": _interpreter,
    "travel": _travel,
    "limits": _limits,
    "exclusive": _exclusive,
    "kept": _kept,
    "changes": _changes,
}

# What a participant may be told: only ever of the participant's own day.
OWN: dict[str, Callable[[], str]] = {
    "busy": lambda: _("You are in other meetings at all times that would have been possible."),
    "absent": lambda: _("You are absent at all times that would have been possible."),
    "max_meetings": lambda: _("You already have as many meetings as you wanted at most."),
}
