"""Style sheets, scripts and signs under addresses that change with their content: browsers keep
them for good, and show the new one at once after an upgrade.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

ENDPOINT, STAMP = "static", "v"
FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"  # by its tag: the same content does not travel twice


def stamp_static_files(app: Flask) -> None:
    @app.url_defaults
    def add_stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT and (stamp := stamp_of(values["filename"])):
            values[STAMP] = stamp

    @app.after_request
    def say_how_long(response: Response) -> Response:
        if request.endpoint == ENDPOINT:
            is_exact = request.args.get(STAMP) == stamp_of((request.view_args or {})["filename"])
            response.headers["Cache-Control"] = FOR_GOOD if is_exact else ASKED_AGAIN
        return response


def stamp_of(name: str) -> str:
    """A few letters that follow from the content; nothing where there is no such file."""
    path = Path(str(current_app.static_folder)) / name
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=256)
def _digest(path: Path, changed: int) -> str:
    """Read once for each time at which the file was changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
