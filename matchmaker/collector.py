"""How often Python looks for garbage in a process that serves."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 20  # new objects, then rounds, until each generation is looked at


def collect_seldom() -> None:
    """Before serving: what is loaded now stays and is never looked at again. A page reads some
    thousands of rows, among which there is none to be found.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
