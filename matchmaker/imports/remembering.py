"""What was worked out of an import, until what it follows from is another or it is over."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
MOST_KEPT = 16  # of all events, two of an import


class Key(NamedTuple):
    """``part``: of the import, what is remembered of it."""

    event_id: str
    kind: str
    import_id: str
    language: str
    part: str


_kept: OrderedDict[Key, tuple[object, Any]] = OrderedDict()
_turn = threading.Lock()


def recall(key: Key, stamp: object, work_out: Callable[[], T]) -> T:
    """Worked out anew unless it was under an equal stamp."""
    kept = _kept.get(key)
    if kept is not None and kept[0] == stamp:
        worked_out: T = kept[1]
        return worked_out
    worked_out = work_out()
    with _turn:
        _kept[key] = stamp, worked_out
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return worked_out


def forget(event_id: str, kind: str) -> None:
    """No more than one import of a kind waits, so that this is the one."""
    with _turn:
        for key in [key for key in _kept if key[:2] == (event_id, kind)]:
            del _kept[key]
