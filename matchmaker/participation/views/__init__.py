"""The organiser's pages of participation types and questions."""

from __future__ import annotations

from matchmaker.participation.views import questions, types
from matchmaker.participation.views.blueprint import bp

__all__ = ["bp", "questions", "types"]
