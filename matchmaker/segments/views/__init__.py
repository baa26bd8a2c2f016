"""Pages of the list: the list itself, deeds on many, cells, segments."""

from __future__ import annotations

from matchmaker.segments.views import bulk, roll, rows, segments
from matchmaker.segments.views.blueprint import bp

__all__ = ["bp", "bulk", "roll", "rows", "segments"]
