"""The blueprint that the pages of this feature share, and the words for its codes."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, flash, g, redirect
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from matchmaker.events.phase_words import OVER
from matchmaker.events.views.phases import phase_spans
from matchmaker.participants.registration import home_path
from matchmaker.wishes.obstacles import sentence

bp = Blueprint("wishes", __name__)

GRADE_NAMES = {"top": _("Top"), "like": _("Like"), "never": _("Never")}
WISH_STATE_NAMES = {
    "open": _("Open"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "mutual": _("You both wish it"),
    "expired": _("Expired"),
}
CODE_NAMES = {
    "withdrawn": _("Withdrawn"),
    "rejected": _("Not accepted"),
    "not_validated": _("Not confirmed yet"),
    "never": _("One side does not want to meet the other"),
    "own_organisation": _("The wish is for one's own organisation"),
    "declined": _("The wish was declined"),
    "nobody": _("Nobody of the organisation could come"),
    "not_accepted": _("The wish waits for acceptance"),
    "covered": _("They have a meeting of their own already"),
}


@bp.app_template_global("wish_words")
def wish_words() -> dict[str, dict[str, str]]:
    return _words_in(str(get_locale()))


bp.app_template_global("obstacle_sentence")(sentence)


@bp.app_template_global("is_over")
def is_over(name: str) -> bool:
    """Whether a phase of the page's event has closed."""
    return phase_spans()[name].state == OVER


@lru_cache
def _words_in(_locale: str) -> dict[str, dict[str, str]]:
    """Looked up once per language: lists ask for them in every row."""
    tables = {"grades": GRADE_NAMES, "states": WISH_STATE_NAMES, "codes": CODE_NAMES}
    return {
        name: {code: str(words) for code, words in table.items()} for name, table in tables.items()
    }


def turn_away() -> ResponseReturnValue | None:
    """Whoever is not confirmed does not see the others yet."""
    if g.me.state == "validated":
        return None
    flash(gettext("You see the other participants once the organisers have confirmed you."))
    return redirect(home_path(g.event))
