"""Where a browser may be sent after signing in: to pages of ours only."""

from __future__ import annotations

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException


def known_path(path: str | None) -> str:
    """The address of one of our pages, built anew from the route it names; else the front page.

    Looked up among the routes and never parsed: browsers and parsers do not agree on what
    ``/\\evil.example`` is.
    """
    adapter = current_app.url_map.bind("")
    try:
        endpoint, values = adapter.match((path or "").partition("?")[0], method="GET")
    except (HTTPException, RoutingException):
        return "/"
    return "/" if endpoint == "static" else url_for(endpoint, **values)
