"""Forms of participation types."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional

from matchmaker.events.forms import NamedForm
from matchmaker.participation.services import TypeDetails

MOST = 1000


def _limit(label: Any, least: int) -> IntegerField:
    sentence = _("Give a whole number from %(min)s to %(max)s.")
    checks = [Optional(), NumberRange(least, MOST, message=sentence)]
    return IntegerField(label, checks, render_kw={"min": least, "max": MOST})


class TypeForm(NamedForm):
    at_registration = BooleanField(_("People may choose it when they register"), default=True)
    by_hand = BooleanField(_("I validate each of them by hand"))
    max_meetings = _limit(_("Most meetings of each"), 1)
    request_limit = _limit(_("Most wishes that each may send"), 0)
    incoming_limit = _limit(_("Most wishes that each may get"), 0)

    def details(self) -> TypeDetails:
        return {
            "at_registration": self.at_registration.data,
            "by_hand": self.by_hand.data,
            "max_meetings": self.max_meetings.data,
            "request_limit": self.request_limit.data,
            "incoming_limit": self.incoming_limit.data,
        }
