"""The script that keeps my agenda for when there is no network, made for one event."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Response, current_app, url_for

SCRIPT = "agenda-worker.js"
PARTS = ("agenda.js", "icon.svg", "icons.svg", "print.css", "screen.css")


def worker_answer(home: str) -> Response:
    """The script with its version, which changes with any part of the page that it keeps."""
    text = _script(Path(str(current_app.static_folder)))
    parts = [url_for("static", filename=name) for name in PARTS]
    known = {"VERSION": _version_of(text, parts), "HOME": home, "PARTS": parts}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    answer = Response(head + text, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _version_of(text: str, parts: list[str]) -> str:
    """The addresses of the parts change with what they lead to."""
    return hashlib.sha256("\n".join([*parts, text]).encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def _script(folder: Path) -> str:
    return (folder / SCRIPT).read_text(encoding="utf-8")
