"""A wish that an organiser enters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from matchmaker.forms import Form, options
from matchmaker.wishes.entering import NamedWish
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
