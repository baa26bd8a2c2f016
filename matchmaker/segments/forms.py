"""The forms of the list: one row, what a deed asks for, the name of a segment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from matchmaker.accounts.forms import ADDRESS
from matchmaker.forms import Form, options
from matchmaker.languages import NAMES
from matchmaker.participants.forms import NEEDED, at_most
from matchmaker.segments.fields import STATE_NAMES
from matchmaker.segments.services import LONGEST


class RowForm(Form):
    """The cells of a row; those whose column is not shown are taken out."""

    first_name = StringField(_("First name"), [at_most(120)])
    last_name = StringField(_("Last name"), [NEEDED, at_most(120)])
    organisation = StringField(
        _("Organisation"), [at_most(300)], render_kw={"list": "organisations"}
    )
    job = StringField(_("Position"), [at_most(200)])
    email = StringField(_("E-mail address"), [Optional(), *ADDRESS[1:]], render_kw={"dir": "ltr"})
    reference = StringField(_("Reference"), [at_most(60)], render_kw={"dir": "ltr"})
    phone = StringField(_("Telephone"), [at_most(60)], render_kw={"dir": "ltr"})
    type_code = SelectField(_("Participation type"))
    delegation_id = SelectField(_("Delegation"))
    language = SelectField(_("Language of agenda and mails"), choices=options(NAMES.items()))
    max_meetings = IntegerField(
        _("Most meetings"),
        [Optional(), NumberRange(1, 1000, _("Give a whole number from %(min)s to %(max)s."))],
    )
    state = SelectField(_("State"), choices=options(STATE_NAMES))

    def typed(self) -> dict[str, str]:
        return {
            field.name: "" if field.data is None else str(field.data)
            for field in self
            if field.name != "csrf_token"
        }


class DeedForm(Form):
    """What some deeds ask for; what a deed does not ask for is taken out."""

    type_code = SelectField(_("Participation type"))
    most = IntegerField(
        _("Most meetings"),
        [Optional(), NumberRange(1, 1000, _("Give a whole number from %(min)s to %(max)s."))],
    )


class SegmentForm(Form):
    name = StringField(_("Name"), [NEEDED, at_most(LONGEST)])
