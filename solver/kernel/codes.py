"""The rules by number: 0 is "no rule stands against it"."""

from __future__ import annotations

FREE = 0
RULES = (
    "",
    "once",
    "kept",
    "start_slot",
    "exclusive",
    "after",
    "absent",
    "busy",
    "max_meetings",
    "max_in_a_row",
    "limits",
    "place_closed",
    "place_taken",
    "travel",
    "interpreter",
    "breaks",
    "side",
)
(
    _,
    ONCE,
    KEPT,
    START_SLOT,
    EXCLUSIVE,
    AFTER,
    ABSENT,
    BUSY,
    MAX_MEETINGS,
    MAX_IN_A_ROW,
    LIMITS,
    PLACE_CLOSED,
    PLACE_TAKEN,
    TRAVEL,
    INTERPRETER,
    BREAKS,
    SIDE,
) = range(len(RULES))
