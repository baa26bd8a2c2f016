"""What was worked out of an import, until something of its event is noted or it is over."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, NamedTuple

from matchmaker.journal.queries import Stamp

MOST_KEPT = 8  # of all events


class Key(NamedTuple):
    event_id: str
    kind: str
    import_id: str
    language: str


_kept: OrderedDict[Key, tuple[Stamp, Any]] = OrderedDict()
_turn = threading.Lock()


def remembered(key: Key, stamp: Stamp) -> Any:
    """None where nothing is, or something has changed since."""
    kept = _kept.get(key)
    return kept[1] if kept is not None and kept[0] == stamp else None


def remember(key: Key, stamp: Stamp, worked_out: object) -> None:
    with _turn:
        _kept[key] = stamp, worked_out
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def forget(event_id: str, kind: str) -> None:
    """No more than one import of a kind waits, so that this is the one."""
    with _turn:
        for key in [key for key in _kept if key[:2] == (event_id, kind)]:
            del _kept[key]
