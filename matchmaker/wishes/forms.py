"""A wish that an organiser enters, and the rules of requests."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from matchmaker.forms import Form, options
from matchmaker.wishes.entering import NamedWish
from matchmaker.wishes.rules import LONGEST_HOURS
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


class RulesForm(Form):
    hours = IntegerField(
        _("Hours within which a request is answered"),
        [
            Optional(),
            NumberRange(1, LONGEST_HOURS, _("Give a whole number from %(min)s to %(max)s.")),
        ],
        render_kw={"min": 1, "max": LONGEST_HOURS},
    )
