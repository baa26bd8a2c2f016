"""Cures in words: what has to change, what moves, and what it does to the goals."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from matchmaker.accounts.localisation import current_language
from matchmaker.languages import colon, language_name
from matchmaker.schedules.bridge import Cure, Placed, Step
from matchmaker.schedules.goals import label_of
from matchmaker.schedules.names import Names, isolated

Say = Callable[[Step, Names], Markup]


def lines(cure: Cure, meeting: str, names: Names) -> list[Markup]:
    """What is done, in the order in which one would tell it: the meeting itself comes last."""
    own = cure.moves[meeting]
    others = [_move(name, row, names) for name, row in cure.moves.items() if name != meeting]
    done = [_step(step, names) for step in cure.steps] + others
    return [*done, *([_takes_place(own, cure, names)] if own else [])]


def effects(cure: Cure) -> list[str]:
    """How each goal changes; nothing of those that stay as they are."""
    found, between = [], colon(current_language())
    for goal in ("wishes", "worst_off", "breaks", "moves"):
        cost = cure.cost.get(goal, 0)
        if isinstance(cost, int | float):
            change = -cost if goal == "wishes" else cost
            if change:
                found.append(f"{label_of(goal)}{between}{_signed(int(change))}")
        elif any(cost):
            worse = next(part for part in cost if part) > 0
            word = _("more") if worse else _("fewer")
            found.append(f"{label_of(goal)}{between}{word}")
    return found


def _signed(number: int) -> str:
    return ("+" if number > 0 else "−") + str(format_decimal(abs(number)))


def _step(step: Step, names: Names) -> Markup:
    return STEPS.get(step.kind, _rule)(step, names)


def _say(template: str, **values: object) -> Markup:
    return Markup(template) % values


def _when(step: Step, names: Names) -> Markup:
    return names.times(step.slots)


def _present(step: Step, names: Names) -> Markup:
    who = isolated(names.person(step.subject[0]))
    return _say(_("%(who)s is there at %(when)s"), who=who, when=_when(step, names))


def _interpreting(step: Step, names: Names) -> Markup:
    who = isolated(names.interpreters.get(step.subject[0], step.subject[0]))
    text = _("The interpreter %(who)s is there at %(when)s")
    return _say(text, who=who, when=_when(step, names))


def _open(step: Step, names: Names) -> Markup:
    where = isolated(names.place(step.subject[0]))
    return _say(_("%(where)s is open at %(when)s"), where=where, when=_when(step, names))


def _new_place(step: Step, names: Names) -> Markup:
    text = {
        "table": _("One more table at %(when)s"),
        "stand": _("One more stand at %(when)s"),
        "online": _("One more online room at %(when)s"),
    }.get(step.subject[0], _("One more quiet place at %(when)s"))
    return _say(text, when=_when(step, names))


def _new_interpreter(step: Step, names: Names) -> Markup:
    language = current_language()
    spoken = " – ".join(language_name(code, language) for code in step.subject)
    text = _("One more interpreter at %(when)s: %(languages)s")
    return _say(text, when=_when(step, names), languages=isolated(spoken))


def _max_meetings(step: Step, names: Names) -> Markup:
    who = isolated(names.person(step.subject[0]))
    return _say(_("More meetings for %(who)s, at most: %(most)s"), who=who, most=step.level)


def _capacity(step: Step, names: Names) -> Markup:
    where = isolated(names.place(step.subject[0]))
    text = _("Room at %(where)s for meetings at the same time: %(most)s")
    return _say(text, where=where, most=step.level)


def _rule(step: Step, _names: Names) -> Markup:
    text = _("Another value for the rule “%(rule)s”: %(most)s")
    return _say(text, rule=step.kind, most=step.level)


def _move(name: str, row: Placed | None, names: Names) -> Markup:
    meeting = names.meeting(name)
    if row is None:
        return _say(_("%(meeting)s falls away"), meeting=meeting)
    text = _("%(meeting)s moves: %(when)s, %(where)s")
    where = isolated(names.place(row.place or row.room or ""))
    return _say(text, meeting=meeting, when=isolated(names.slot(row.slot)), where=where)


def _takes_place(row: Placed, cure: Cure, names: Names) -> Markup:
    new = {str(step.level) for step in cure.steps if step.kind == "new_place"}
    place = row.place or row.room
    where = _("the new place") if place in new else names.place(place) if place else _("Online")
    return _say(
        _("This meeting takes place: %(when)s, %(where)s"),
        when=isolated(names.slot(row.slot)),
        where=isolated(str(where)),
    )


STEPS: dict[str, Say] = {
    "present": _present,
    "interpreter": _interpreting,
    "open": _open,
    "new_place": _new_place,
    "new_interpreter": _new_interpreter,
    "max_meetings": _max_meetings,
    "capacity": _capacity,
}
