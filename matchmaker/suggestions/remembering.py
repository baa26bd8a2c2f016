"""The grounds of events, remembered. A large one takes seconds to make: it is made when the server
starts, and again beside the pages, which go on with the old one meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matchmaker.database import reading
from matchmaker.suggestions.ground import Ground
from matchmaker.suggestions.queries import Stamp, all_facts, largest_events, stamp_of

MOST_KEPT = 4  # grounds; of the largest events, some tens of megabytes each
QUICK = 0.1  # seconds that a page may wait
PATIENCE = 20  # so many times what making it took, a ground that was slow to make is kept


@dataclass(frozen=True)
class _Kept:
    ground: Ground
    stamp: Stamp
    made_at: float
    seconds: float

    @property
    def is_slow(self) -> bool:
        return self.seconds > QUICK

    @property
    def is_old(self) -> bool:
        """Where many people edit, a large ground may be a minute old; the person who asks, and
        who is shown at all, are looked up anew each time.
        """
        return time.monotonic() - self.made_at > PATIENCE * self.seconds


_kept: OrderedDict[str, _Kept] = OrderedDict()
_renewing: set[str] = set()
_turn = threading.Lock()


def ground_of(session: Session, event_id: str) -> Ground:
    kept = _kept.get(event_id)
    if kept is not None and kept.stamp == stamp_of(session, event_id):
        return kept.ground
    if kept is None or not kept.is_slow:
        return _make(session, event_id)
    if kept.is_old:
        _renew_beside(session.connection().engine, event_id)
    return kept.ground


def remember_largest(engine: Engine) -> threading.Thread:
    """Make them beside what else starts, so that nobody has to wait who asks first."""
    return _beside(_make_largest, engine)


def _renew_beside(engine: Engine, event_id: str) -> None:
    with _turn:
        if event_id in _renewing:
            return
        _renewing.add(event_id)
    _beside(_renew, engine, event_id)


def _beside(deed: Callable[..., None], *given: object) -> threading.Thread:
    thread = threading.Thread(target=deed, args=given, daemon=True)
    thread.start()
    return thread


def _renew(engine: Engine, event_id: str) -> None:
    try:
        with reading(), Session(engine) as session:
            _make(session, event_id)
    finally:
        _renewing.discard(event_id)


def _make_largest(engine: Engine) -> None:
    with reading(), Session(engine) as session:
        events = largest_events(session, MOST_KEPT)
        session.commit()
        for event_id in events:
            ground_of(session, event_id)
            session.commit()


def _make(session: Session, event_id: str) -> Ground:
    started = time.monotonic()
    stamp = stamp_of(session, event_id)  # before the facts: what comes between is seen as missing
    ground = Ground(all_facts(session, event_id))
    now = time.monotonic()
    _kept[event_id] = _Kept(ground, stamp, now, now - started)
    with _turn:
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return ground
