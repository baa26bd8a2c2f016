"""By what participants narrow the list of people: the names that stand in its address."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

FACETS = (
    "kind", "sector", "technology", "industry", "type", "country", "spoken", "aim", "network",
    "participation", "session",
)  # fmt: skip
FILTERS = ("q", "organisation", "among", "order", *FACETS, "page")
LONGEST, MOST = 200, 50


def kept(arguments: MultiDict[str, str], *without: str) -> dict[str, Any]:
    """What of an address belongs to the list, so that one comes back to the same one."""
    return {
        name: [value[:LONGEST] for value in values[:MOST]]
        for name in FILTERS
        if name not in without and (values := [v for v in arguments.getlist(name) if v])
    }
