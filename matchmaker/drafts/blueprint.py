"""What both modules of pages stand on."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("drafts", __name__)
