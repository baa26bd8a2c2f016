"""The blueprint that the pages of this feature share, and the words for its codes."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, g
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.languages import language_name
from matchmaker.organisations.countries import country_name
from matchmaker.participants.presence import attends_nothing

bp = Blueprint("participants", __name__)

STATE_NAMES = {
    "registered": _("Waiting for confirmation"),
    "validated": _("Confirmed"),
    "rejected": _("Not accepted"),
    "withdrawn": _("Withdrawn"),
}


@bp.app_template_global("state_names")
def state_names() -> dict[str, str]:
    return _state_names_in(str(get_locale()))


@lru_cache
def _state_names_in(_locale: str) -> dict[str, str]:
    """Looked up once per language: lists ask for them in every row."""
    return {state: str(name) for state, name in STATE_NAMES.items()}


@bp.app_template_global("attends_nothing")
def i_attend_nothing() -> bool:
    """Whether no meeting can be placed for the participant of the page."""
    return attends_nothing(db.session, g.me)


@bp.app_template_filter("spoken")
def spoken(codes: list[str]) -> str:
    """``français · arabe``"""
    return " · ".join(language_name(code, current_language()) for code in codes)


@bp.app_template_filter("country")
def country(code: str | None) -> str:
    return country_name(code, current_language()) if code else ""
