"""The script that keeps my agenda for when there is no network, made for one event."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Response, current_app

SCRIPT = "agenda-worker.js"
PARTS = ("agenda.js", "icon.svg", "icons.svg", "print.css", "screen.css")


def worker_answer(home: str) -> Response:
    """The script with its version, which changes with any part of the page that it keeps."""
    folder = Path(str(current_app.static_folder))
    text = _script(folder)
    head = f"const VERSION = {json.dumps(version_of(folder))}, HOME = {json.dumps(home)};\n"
    answer = Response(head + text, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@lru_cache(maxsize=4)
def version_of(folder: Path) -> str:
    digest = hashlib.sha256(_script(folder).encode())
    for name in PARTS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=4)
def _script(folder: Path) -> str:
    return (folder / SCRIPT).read_text(encoding="utf-8")
