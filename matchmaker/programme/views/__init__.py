"""Pages of the programme: the organiser's, those who signed up, and a participant's own."""

from __future__ import annotations

from matchmaker.programme.views import items, own, people
from matchmaker.programme.views.blueprint import bp

__all__ = ["bp", "items", "own", "people"]
