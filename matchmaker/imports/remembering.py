"""What was worked out of an import, as long as what it follows from is the same.

It has what people say of themselves, so that it is not kept for long: an import that nobody looks
at is forgotten, as is one that is over.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
MOST_KEPT = 4  # imports, of all events: of 2,000 people some 24 MB each
KEPT_FOR = 1_800.0  # seconds without a look


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
        self.used = time.monotonic()
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
_will_sweep = threading.Event()


def ledger_of(key: Key) -> Ledger:
    with _turn:
        _sweep_later()
        ledger = _ledgers.setdefault(key, Ledger())
        ledger.used = time.monotonic()
        _ledgers.move_to_end(key)
        while len(_ledgers) > MOST_KEPT:
            _ledgers.popitem(last=False)
    return ledger


def forget(event_id: str, kind: str) -> None:
    """No more than one import of a kind waits, so that this is the one."""
    with _turn:
        for key in [key for key in _ledgers if key[:2] == (event_id, kind)]:
            del _ledgers[key]


def _sweep_later() -> None:
    """One timer at a time, in one's turn."""
    if _will_sweep.is_set():
        return
    _will_sweep.set()
    timer = threading.Timer(KEPT_FOR, sweep)
    timer.daemon = True
    timer.start()


def sweep() -> None:
    """Forget what nobody has looked at for a while; look again later, as long as there is any."""
    with _turn:
        _will_sweep.clear()
        until = time.monotonic() - KEPT_FOR
        for key in [key for key, ledger in _ledgers.items() if ledger.used < until]:
            del _ledgers[key]
        if _ledgers:
            _sweep_later()
