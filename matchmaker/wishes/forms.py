"""A wish that an organiser enters, and the rules of requests."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from matchmaker.forms import Form, options
from matchmaker.wishes.entering import NamedWish
from matchmaker.wishes.rules import LONGEST_HOURS, MOST
from matchmaker.wishes.services import LONGEST_MESSAGE

NEEDED = DataRequired(_("Please fill this in."))
KEY = Length(max=320, message=_("At most %(max)d characters."))


class WishForm(Form):
    wisher = StringField(
        _("From: e-mail address or reference"), [NEEDED, KEY], render_kw={"list": "people"}
    )
    wished = StringField(
        _("To: e-mail address, reference or organisation"),
        [NEEDED, KEY],
        render_kw={"list": "targets"},
    )
    grade = SelectField(
        _("Grade"), choices=options([("like", _("Like")), ("top", _("Top")), ("never", _("Never"))])
    )
    message = TextAreaField(
        _("Message"), [Length(max=LONGEST_MESSAGE, message=_("At most %(max)d characters."))]
    )

    def entry(self) -> NamedWish:
        return NamedWish(
            wisher=self.wisher.data or "",
            wished=self.wished.data or "",
            grade=self.grade.data,
            message=self.message.data or "",
        )


def _limit(label: Any, least: int, most: int) -> IntegerField:
    sentence = _("Give a whole number from %(min)s to %(max)s.")
    checks = [Optional(), NumberRange(least, most, sentence)]
    return IntegerField(label, checks, render_kw={"min": least, "max": most})


class RulesForm(Form):
    hours = _limit(_("Hours within which a request is answered"), 1, LONGEST_HOURS)
    outgoing = _limit(_("Most wishes that each may send"), 0, MOST)
    incoming = _limit(_("Most wishes that each may get"), 0, MOST)
