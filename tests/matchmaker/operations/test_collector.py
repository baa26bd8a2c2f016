"""No page waits while Python looks for garbage among what was loaded before it."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator

import pytest
from flask import Flask

from matchmaker.serving import serve


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds, ending = gc.get_threshold(), signal.getsignal(signal.SIGTERM)
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    signal.signal(signal.SIGTERM, ending)


def test_a_server_looks_at_what_it_has_loaded_no_more_and_at_pages_seldom(app: Flask) -> None:
    found = []

    def end_at_once() -> None:
        before = gc.get_stats()[0]["collections"]
        rows = [[number] for number in range(20_000)]
        found.append((gc.get_freeze_count(), gc.get_stats()[0]["collections"] - before, len(rows)))
        raise KeyboardInterrupt

    serve(app, "127.0.0.1", 0, say=end_at_once, with_worker=False)
    [(frozen, collections, rows)] = found
    assert frozen > 10_000
    assert collections <= 1
    assert rows == 20_000
