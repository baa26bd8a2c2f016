"""What a run is to do: the order of its goals, what they may cost, and what has to stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

GOALS = ("wishes", "worst_off", "breaks", "moves")
STAYS = ("nothing", "few", "sessions", "published")
MOST_GIVEN = 100  # thousandths


@dataclass(frozen=True)
class Aim:
    """``order``: each goal is fixed before the next is improved. ``given``: how many thousandths
    of the wishes' points the goals after them may cost. ``stays``: of what is published
    ``nothing`` has to stay; as ``few`` meetings as can be change; only ``sessions`` named change;
    or all that is ``published`` stays, and late wishes count.
    """

    order: tuple[str, ...] = GOALS
    given: int = 0
    stays: str = "nothing"
    sessions: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


PRESETS: Mapping[str, Aim] = {
    # with one per cent of the wishes to give, as few people as possible have no meeting, or one
    "nobody_without": Aim(given=10),
    "most_wishes": Aim(),
    "only_add": Aim(stays="published"),
}


def aim_from(row: Mapping[str, Any]) -> Aim:
    """As it was stored; what is missing is as usual."""
    return Aim(
        order=tuple(row.get("order", GOALS)),
        given=int(row.get("given", 0)),
        stays=str(row.get("stays", "nothing")),
        sessions=tuple(row.get("sessions", ())),
    )


def is_order(names: tuple[str, ...]) -> bool:
    """Every goal once."""
    return sorted(names) == sorted(GOALS)
