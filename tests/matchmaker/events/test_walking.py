"""Walking minutes become idle slots."""

from __future__ import annotations

import pytest

from matchmaker.events.services import walking_slots


@pytest.mark.parametrize(
    ("minutes", "slot", "changeover", "slots"),
    [
        (0, 20, 5, 0),
        (5, 20, 5, 0),  # the changeover covers it
        (6, 20, 5, 1),
        (30, 20, 5, 1),  # 25 minutes beyond the changeover are exactly one step
        (31, 20, 5, 2),
        (10, 20, 0, 1),
        (20, 20, 0, 1),
        (3, 15, 10, 0),  # never below nothing
    ],
)
def test_walking_beyond_the_changeover_keeps_whole_slots_free(
    minutes: int, slot: int, changeover: int, slots: int
) -> None:
    assert walking_slots(minutes, slot, changeover) == slots
