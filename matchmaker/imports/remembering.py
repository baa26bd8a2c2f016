"""What was worked out of an import, as long as what it follows from is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
MOST_KEPT = 4  # imports, of all events: of 2,000 people some 24 MB each


class Key(NamedTuple):
    """An import."""

    event_id: str
    kind: str
    import_id: str


class Ledger:
    """What was worked out, and of what: most rows speak of people whom nobody has changed since
    they were last looked at.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Any]] = {}

    def recall(self, name: Hashable, of: object, work_out: Callable[[], T]) -> T:
        """Worked out anew unless it was ``of`` something equal."""
        kept = self._kept.get(name)
        if kept is not None and kept[0] == of:
            worked_out: T = kept[1]
            return worked_out
        worked_out = work_out()
        self._kept[name] = of, worked_out
        return worked_out


_ledgers: OrderedDict[Key, Ledger] = OrderedDict()
_turn = threading.Lock()


def ledger_of(key: Key) -> Ledger:
    with _turn:
        ledger = _ledgers.setdefault(key, Ledger())
        _ledgers.move_to_end(key)
        while len(_ledgers) > MOST_KEPT:
            _ledgers.popitem(last=False)
    return ledger


def forget(event_id: str, kind: str) -> None:
    """No more than one import of a kind waits, so that this is the one."""
    with _turn:
        for key in [key for key in _ledgers if key[:2] == (event_id, kind)]:
            del _ledgers[key]
