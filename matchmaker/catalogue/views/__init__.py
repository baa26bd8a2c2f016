"""Pages of the catalogue: people, entries, and the button that bookmarks somebody."""

from __future__ import annotations

from matchmaker.catalogue.views import bookmarks, entries, people
from matchmaker.catalogue.views.blueprint import bp

__all__ = ["bookmarks", "bp", "entries", "people"]
