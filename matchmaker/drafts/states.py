"""How a meeting stands in a draft, and how the log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matchmaker.schedules.bridge import Placed


@dataclass(frozen=True)
class State:
    """No ``placed``: it is not placed."""

    placed: Placed | None
    locked: bool = False


def state_from(row: dict[str, Any] | None) -> State:
    if row is None:
        return State(None)
    values = {name: value for name, value in row.items() if name != "locked"}
    placed = Placed(**{**values, "participants": tuple(row["participants"])})
    return State(placed, row["locked"])


def row_of(state: State) -> dict[str, Any] | None:
    placed = state.placed
    if placed is None:
        return None
    return {
        "meeting": placed.meeting,
        "slot": placed.slot,
        "place": placed.place,
        "room": placed.room,
        "participants": list(placed.participants),
        "interpreter": placed.interpreter,
        "locked": state.locked,
    }
