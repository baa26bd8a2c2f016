"""The blueprint of the list, and the way back to the list as it was."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from matchmaker.segments.filters import Filter

bp = Blueprint("segments", __name__, url_prefix="/organise/<event_id>")
KEPT = ("sort", "segment", "page")  # beside the filter


def asked_filter() -> Filter:
    return Filter.asked(request.args)


def arguments(wanted: Filter | None = None, **changed: Any) -> dict[str, Any]:
    """Of the list's address: the filter, and what else was asked; None takes one out."""
    wanted = asked_filter() if wanted is None else wanted
    found: dict[str, Any] = {name: list(codes) for name, codes in wanted.chosen.items()}
    if wanted.q:
        found["q"] = wanted.q
    found |= {name: request.args[name] for name in KEPT if request.args.get(name)}
    found |= changed
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def list_url(wanted: Filter | None = None, **changed: Any) -> str:
    anchor = changed.pop("anchor", None)
    return url_for(
        "segments.index", event_id=g.event.id, _anchor=anchor, **arguments(wanted, **changed)
    )


def hidden_fields(**changed: Any) -> list[tuple[str, str]]:
    """The same for a form that is sent by GET."""
    return [
        (name, text)
        for name, value in arguments(**changed).items()
        for text in (value if isinstance(value, list) else [value])
    ]
