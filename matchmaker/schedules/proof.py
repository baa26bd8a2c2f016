"""How many wishes a schedule meets and what is proven of it, in one true sentence.

Per cent are rounded to the side that promises less: what is reached down, what is possible up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How many meetings were asked for and placed, and what they are worth together."""

    placed: int
    asked: int
    points: int
    reached: int = 0  # points of those that are placed


def sentence(goals: list[Row], size: Size, *, keeps: bool = False) -> str:
    """``goals`` as the engine told them; none where nobody solved. ``keeps``: some meetings were
    to stay where they are, and what is proven is proven with them.
    """
    if size.asked == 0:
        return str(_("No meeting follows from the wishes."))
    if size.placed == size.asked:
        return str(
            ngettext(
                "The only meeting asked for is placed; no schedule reaches more.",
                "All %(num)s meetings asked for are placed; no schedule reaches more.",
                size.asked,
            )
        )
    names = [row["goal"] for row in goals]
    if "wishes" not in names:
        return _counted(size, str(_("it was not solved as it stands, so nothing is proven of it.")))
    place = names.index("wishes")
    row = goals[place]
    above = any(goal["goal"] != "minimum" or goal["value"] for goal in goals[:place])
    return _counted(size, _proof(row, size, "kept" if keeps else "above" if above else ""))


def _counted(size: Size, proof: str) -> str:
    return str(
        _(
            "%(placed)s of %(asked)s meetings, %(percent)s%% of the wish points; %(proof)s",
            placed=size.placed,
            asked=size.asked,
            percent=_down(size.reached, size.points),
            proof=proof,
        )
    )


def _proof(row: Row, size: Size, given: str) -> str:
    if row["bound"] <= row["value"]:
        return {
            "": str(_("no schedule reaches more points.")),
            "kept": str(_("no schedule that keeps what was to stay reaches more points.")),
            "above": str(_("no schedule that keeps the goals above reaches more points.")),
        }[given]
    more = _up(row["bound"] - row["value"], size.points)
    if row["proven"] and not given:  # the rest was given up on purpose
        return str(
            _(
                "%(more)s%% was given up so that the goals below come out better, "
                "and more than that no schedule reaches.",
                more=more,
            )
        )
    return {
        "": str(_("at most %(more)s%% more is possible.", more=more)),
        "kept": str(_("at most %(more)s%% more is possible with what was to stay.", more=more)),
        "above": str(_("at most %(more)s%% more is possible with the goals above.", more=more)),
    }[given]


def _down(points: int, of: int) -> str:
    return _tenths(math.floor(1000 * points / of) if of else 1000)


def _up(points: int, of: int) -> str:
    return _tenths(max(1, math.ceil(1000 * points / of)) if of else 1)


def _tenths(number: int) -> str:
    return str(format_decimal(Decimal(number) / 10))
