"""That a part of the set-up cannot go, because something above stands on it."""

from __future__ import annotations

from collections.abc import Iterable

from matchmaker.errors import Refusal


class InUse(Refusal):
    """A refusal that names what was to go, so that whatever stands on it may give way."""

    def __init__(
        self,
        sentence: str,
        *,
        sessions: Iterable[str] = (),
        slots: Iterable[str] = (),
        places: Iterable[str] = (),
        crowded: Iterable[str] = (),  # places of which some seats were to go
        interpreters: Iterable[str] = (),
    ) -> None:
        super().__init__(sentence)
        self.sessions, self.slots = frozenset(sessions), frozenset(slots)
        self.places, self.crowded = frozenset(places), frozenset(crowded)
        self.interpreters = frozenset(interpreters)
