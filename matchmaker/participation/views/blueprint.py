"""The blueprint that types and questions share."""

from __future__ import annotations

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

bp = Blueprint("participation", __name__, url_prefix="/organise/<event_id>/set-up")


def to_list(anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("participation.index", event_id=g.event.id, _anchor=anchor))
