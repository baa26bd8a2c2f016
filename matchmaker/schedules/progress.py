"""What a run that is going on has reached: the wishes all the time, and the goal in turn."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.schedules.goals import GoalReport, gap_text, label_of, not_proven, shown
from matchmaker.schedules.models import Run
from matchmaker.schedules.proof import Row


@dataclass(frozen=True)
class LiveReport:
    """``sentence`` tells of the wishes as soon as anything is known of them."""

    sentence: str
    current: str
    goals: list[GoalReport]


def with_goals(before: Row, news: Row) -> Row:
    """The news with the last value and bound of every goal heard of so far."""
    goals = dict(before.get("goals", {}))
    if "goal" in news:
        goals[news["goal"]] = {"value": news.get("value"), "bound": news.get("bound")}
    return {**news, "goals": goals}


def live_report(run: Run) -> LiveReport:
    news = run.progress
    heard = with_goals(news, news)["goals"]
    named = dict.fromkeys(("wishes", news["goal"]))
    goals = [_report(goal, heard.get(goal, {}), news) for goal in named]
    told = goals[0] if "wishes" in heard else goals[-1]
    return LiveReport(told.sentence, label_of(news["goal"]), goals)


def _report(goal: str, row: Row, news: Row) -> GoalReport:
    value, bound = row.get("value"), row.get("bound")
    return GoalReport(
        code=goal,
        label=label_of(goal),
        sentence=_sentence(goal, row, news),
        value=shown(value),
        bound=shown(bound),
        gap=gap_text(value, bound),
        is_proven=value is not None and value == bound,
    )


def _sentence(goal: str, row: Row, news: Row) -> str:
    value, bound = row.get("value"), row.get("bound")
    if value is None or bound is None:
        return str(_("Looking for a first schedule …"))
    if goal == "wishes" and value == news.get("points"):
        return str(
            ngettext(
                "The only meeting asked for is placed; no schedule reaches more.",
                "All %(num)s meetings asked for are placed; no schedule reaches more.",
                news["meetings"],
            )
        )
    return str(_("No schedule does better.")) if value == bound else not_proven(goal, value, bound)
