"""Pages about wishes: people to grade, one's own wishes, and the organiser's lists."""

from __future__ import annotations

from matchmaker.wishes import consequences  # noqa: F401 - declares what it foresees
from matchmaker.wishes.views import about, home, ledger, mine, people, profiles, rules
from matchmaker.wishes.views.blueprint import bp

__all__ = ["about", "bp", "home", "ledger", "mine", "people", "profiles", "rules"]
