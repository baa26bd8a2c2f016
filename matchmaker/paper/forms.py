"""The text typed from paper, and in which language something is printed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.forms import Form

LONGEST_TEXT = 100_000


class LinesForm(Form):
    """``checked`` is the text that the preview showed: only that is taken over."""

    lines = TextAreaField(
        _("One line per sheet"),
        [InputRequired(), Length(max=LONGEST_TEXT, message=_("At most %(max)d characters."))],
    )
    checked = HiddenField()
