"""Pages about people: registering, one's own profile, and the organiser's list."""

from __future__ import annotations

from matchmaker.participants import yielding  # noqa: F401 - declares what gives way
from matchmaker.participants.views import (
    acting,
    answers,
    arrival,
    entries,
    front,
    organisation,
    owners,
    profile,
    registration,
    returned,
    visibility,
)
from matchmaker.participants.views.blueprint import bp

__all__ = [
    "acting", "answers", "arrival", "bp", "entries", "front", "organisation", "owners",
    "profile", "registration",
    "returned", "visibility",
]  # fmt: skip
