"""Pages of an event: set-up, team, and the public front."""

from __future__ import annotations

from matchmaker.events.views import event, interpreters, phases, places, sessions, team, zones
from matchmaker.events.views.answers import bp

__all__ = ["bp", "event", "interpreters", "phases", "places", "sessions", "team", "zones"]
