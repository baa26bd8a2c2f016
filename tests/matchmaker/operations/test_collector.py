"""No page waits while Python looks for garbage among what was loaded before it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from matchmaker import serving
from matchmaker.collector import collect_seldom


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_not_looked_at_again_and_a_page_seldom() -> None:
    assert serving.collect_seldom is collect_seldom
    collect_seldom()
    assert gc.get_freeze_count() > 10_000
    before = gc.get_stats()[0]["collections"]
    rows = [[number] for number in range(20_000)]
    assert gc.get_stats()[0]["collections"] - before <= 1
    assert len(rows) == 20_000
