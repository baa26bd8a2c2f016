"""What was reached, what no schedule can beat, and how far they lie apart: in true sentences."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_percent, get_locale, ngettext
from flask_babel import gettext as _

from matchmaker.schedules.models import Run
from matchmaker.schedules.proof import Row, Size, sentence

Value = int | list[int]


@dataclass(frozen=True)
class GoalReport:
    """One goal of a version as an organiser reads it."""

    code: str
    label: str
    sentence: str
    value: str
    bound: str
    gap: str
    is_proven: bool


def report(goals: list[Row], size: Size, *, keeps: bool = False) -> list[GoalReport]:
    """Every goal in its order; of the wishes what the version's own sentence says."""
    wishes = sentence(goals, size, keeps=keeps)
    return [
        GoalReport(
            code=row["goal"],
            label=label_of(row["goal"]),
            sentence=wishes if row["goal"] == "wishes" else _sentence(row),
            value=shown(row["value"]),
            bound=shown(row["bound"]),
            gap=gap_text(row["best"], row["bound"]),
            is_proven=row["proven"],
        )
        for row in goals
    ]


def failure_text(run: Run) -> str:
    """Why a run failed: what happened, and what to do."""
    code, _newline, detail = run.failure.partition("\n")
    if code == "died":
        return str(
            _(
                "The worker was lost three times while it worked on this run, perhaps for want "
                "of memory. Ask whoever runs this installation, or try a shorter time limit."
            )
        )
    if code == "invalid":
        return str(_("The event cannot be scheduled as it is: %(faults)s", faults=detail))
    if code == "refused":
        return detail
    if code == "objected":
        return str(
            _(
                "The schedule that was found did not pass the independent check and was thrown "
                "away. This is a fault of the program; please report it: %(what)s",
                what=detail,
            )
        )
    return str(
        _(
            "The program failed (%(what)s). Nothing was changed. Please report it with the "
            "number of the run: %(run)s.",
            what=detail,
            run=run.id,
        )
    )


def label_of(goal: str) -> str:
    labels = {
        "minimum": _("Agreed meetings that are missing"),
        "stability": _("Published meetings that change"),
        "wishes": _("Wishes, in points"),
        "worst_off": _("People with few meetings"),
        "breaks": _("Waiting times"),
        "moves": _("Changes of place"),
    }
    return str(labels.get(goal, goal))


def shown(value: Value | None) -> str:
    """A list tells people with no meeting, with at most one, at most two …"""
    if value is None:
        return "–"
    return " · ".join(map(str, value)) if isinstance(value, list) else str(value)


def gap(value: Value | None, bound: Value | None) -> float | None:
    """How far the value lies from what no schedule beats, as a part of the latter."""
    if value is None or bound is None:
        return None
    reached, possible = _first_apart(value, bound)
    return abs(possible - reached) / max(1, abs(possible))


def gap_text(value: Value | None, bound: Value | None) -> str:
    if value is None or bound is None:
        return "–"
    part = gap(value, bound) or 0.0
    if part and isinstance(value, list):  # people: one of one would be 100 %
        reached, possible = _first_apart(value, bound)
        return str(ngettext("%(num)s person", "%(num)s people", abs(possible - reached)))
    if part and _first_apart(value, bound)[1] == 0:  # nothing is no measure
        return "–"
    if part > 1:  # the bound is next to nothing: how many times it is says nothing
        return "> " + str(format_percent(1))
    shown_part = round(part, 4) or (0.0001 if part else 0.0)  # never say 0 where it is not
    return str(format_percent(shown_part, _with_hundredths()))


def _first_apart(value: Value, bound: Value) -> tuple[int, int]:
    """The first number that is not its bound, and that bound; zeros where there is none."""
    pairs = zip(_as_list(value), _as_list(bound), strict=True)
    return next(((v, b) for v, b in pairs if v != b), (0, 0))


def _with_hundredths() -> str:
    """``1.24%``, ``1,24 %``: the language's own pattern with two more digits."""
    locale = get_locale()
    pattern = str(locale.percent_formats[None].pattern) if locale else "#,##0%"
    return pattern.replace("#0", "#0.##")


def _as_list(value: Value) -> list[int]:
    return [value] if isinstance(value, int) else value


def _sentence(row: Row) -> str:
    build = {"worst_off": _worst_off, "breaks": _breaks, "moves": _moves}.get(row["goal"])
    return build(row) if build else _proof(row)


def _proof(row: Row) -> str:
    """What is known about other schedules, no more and no less."""
    better_exists = row["value"] != row["best"]
    if row["proven"] and not better_exists:
        return str(_("No schedule does better."))
    if row["proven"]:
        return str(_("Proven: no schedule does better than %(best)s.", best=shown(row["best"])))
    return not_proven(row["goal"], row["best"], row["bound"])


def not_proven(goal: str, value: Value, bound: Value) -> str:
    """Per cent of wishes mean something; of a few waiting times they do not."""
    if isinstance(bound, list):
        return str(_("Not proven: a better schedule may exist."))
    if goal != "wishes":
        return str(_("Not proven: no schedule does better than %(bound)s.", bound=bound))
    return str(
        _(
            "Not proven: no schedule does better than %(bound)s, the gap is %(gap)s.",
            bound=bound,
            gap=gap_text(value, bound),
        )
    )


def _worst_off(row: Row) -> str:
    none, one = row["value"][0], row["value"][1]
    if none == 0:
        first = _("Everybody for whom a meeting was asked has one.")
    else:
        first = ngettext(
            "%(num)s person for whom a meeting was asked has none.",
            "%(num)s people for whom a meeting was asked have none.",
            none,
        )
    second = ngettext(
        "%(num)s person for whom several were asked has at most one.",
        "%(num)s people for whom several were asked have at most one.",
        one,
    )
    return " ".join([first, *([second] if one else []), _under_what_is_above(row)])


def _breaks(row: Row) -> str:
    count = ngettext(
        "There is %(num)s waiting time between two meetings of one person, over all people.",
        "There are %(num)s waiting times between two meetings of one person, over all people.",
        row["value"],
    )
    return f"{count} {_under_what_is_above(row)}"


def _moves(row: Row) -> str:
    count = ngettext(
        "%(num)s time somebody changes place from one meeting to the next.",
        "%(num)s times somebody changes place from one meeting to the next.",
        row["value"],
    )
    return f"{count} {_under_what_is_above(row)}"


def _under_what_is_above(row: Row) -> str:
    """Goals that come later are proven for schedules that keep the earlier ones."""
    if row["proven"] and row["value"] == row["best"]:
        return str(_("No schedule that keeps the goals above does better."))
    return _proof(row)
