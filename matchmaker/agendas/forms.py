"""What a participant says about a meeting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from matchmaker.agendas.notes import LONGEST
from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form
from matchmaker.schedules.cancelling import LONGEST_MESSAGE

TOO_LONG = _("At most %(max)d characters.")


class NoteForm(Form):
    words = TextAreaField(_("Notes for yourself"), [Length(max=LONGEST, message=TOO_LONG)])


class CancelForm(Form):
    message = TextAreaField(
        _("A word to your partner (optional)"), [Length(max=LONGEST_MESSAGE, message=TOO_LONG)]
    )


class CannotComeForm(Form):
    message = TextAreaField(
        _("A word to those you would have met (optional)"),
        [Length(max=LONGEST_MESSAGE, message=TOO_LONG)],
    )


class MoveForm(Form):
    slots = ChecksField(
        _("Times at which you are both free"), [DataRequired(_("Choose at least one time."))]
    )
    message = TextAreaField(
        _("A word to your partner (optional)"), [Length(max=LONGEST_MESSAGE, message=TOO_LONG)]
    )
