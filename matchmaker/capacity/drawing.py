"""Where bars and points of a chart stand: numbers for the SVG of the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matchmaker.capacity.queries import Load

WIDTH, HEIGHT = 480, 150  # of a chart's field, in its own units
EDGE = 4  # between two bars


@dataclass(frozen=True)
class Bar:
    """A slot: what is expected as a bar, what is there as a line across it."""

    load: Load
    x: float
    width: float
    y: float
    height: float
    line: float

    @property
    def is_over(self) -> bool:
        return self.load.expected > self.load.seats


def draw_loads(loads: list[Load]) -> list[Bar]:
    most = max((max(load.expected, load.seats) for load in loads), default=0) or 1
    step = WIDTH / max(1, len(loads))
    return [
        Bar(
            load,
            x=round(number * step + EDGE / 2, 1),
            width=round(step - EDGE, 1),
            y=round(HEIGHT * (1 - load.expected / most), 1),
            height=round(HEIGHT * load.expected / most, 1),
            line=round(HEIGHT * (1 - load.seats / most), 1),
        )
        for number, load in enumerate(loads)
    ]


@dataclass(frozen=True)
class Mark:
    """A point of a curve: the value that is reached, and the bound that nothing beats."""

    x: float
    value: float
    bound: float
    point: dict[str, Any]


def draw_curve(points: list[dict[str, Any]]) -> list[Mark]:
    """From the lowest value at the bottom to the highest bound at the top."""
    low: int = min(point["value"] for point in points)
    span: int = (max(point["bound"] for point in points) - low) or 1
    step = WIDTH / max(1, len(points))

    def y(points_worth: int) -> float:
        return round(HEIGHT * (1 - (points_worth - low) / span), 1)

    return [
        Mark(round((number + 0.5) * step, 1), y(point["value"]), y(point["bound"]), point)
        for number, point in enumerate(points)
    ]
