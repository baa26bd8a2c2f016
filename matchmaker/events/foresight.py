"""What a change of the set-up does to requests and schedules, told before it is saved.

The change is made, its consequences are drawn and put into words, and all of it is taken back
unless the organiser has agreed to exactly these sentences. Features above know of requests and
schedules: they declare what they watch, and what gives way to a change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.events.timetable import lock_event
from matchmaker.events.uses import InUse

MOST_KINDS = 5  # sessions, slots, places, their seats, interpreters
Outcome = Callable[[], Sequence[str]]  # draws the consequences, and says them
Watcher = Callable[[Session, Event], Outcome]  # looks before the change
Yielder = Callable[[Session, Event, InUse], None]  # makes room, or refuses
_watchers: list[Watcher] = []
_yielders: list[Yielder] = []


def watches(watcher: Watcher) -> Watcher:
    _watchers.append(watcher)
    return watcher


def gives_way(yielder: Yielder) -> Yielder:
    _yielders.append(yielder)
    return yielder


def carry_out(session: Session, event: Event, deed: Callable[[], object]) -> list[str]:
    """Make the change and all that follows from it, and say what that is. The caller commits,
    or takes everything back.
    """
    lock_event(session, event)
    outcomes = [watch(session, event) for watch in _watchers]
    _do(session, event, deed)
    return [line for outcome in outcomes for line in outcome()]


def _do(session: Session, event: Event, deed: Callable[[], object]) -> None:
    """What is in the way gives way, kind by kind; what is then still in the way, refuses."""
    for _attempt in range(MOST_KINDS):
        try:
            with session.begin_nested():
                deed()
                session.flush()
        except InUse as used:
            for give_way in _yielders:
                give_way(session, event, used)
            session.flush()
        else:
            return
    deed()
    session.flush()


def seal_of(lines: Sequence[str]) -> str:
    """What an organiser sends back who has read these sentences and no others."""
    return sha256("\n".join(lines).encode()).hexdigest()[:32] if lines else ""
