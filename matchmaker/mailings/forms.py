"""The form of a mailing: texts in three languages, and to whom they go."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.database import Texts
from matchmaker.forms import Form, options
from matchmaker.languages import LANGUAGES, NAMES
from matchmaker.mailings.audience import DOINGS, Audience
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.services import LONGEST_BODY, LONGEST_SUBJECT

STATES = (
    ("validated", _("confirmed")),
    ("registered", _("waiting to be validated")),
    ("rejected", _("rejected")),
    ("", _("Everybody")),
)


class MailingForm(Form):
    segment_id = SelectField(_("Segment"), default="")
    state = SelectField(_("State"), choices=options(STATES), default="validated")
    type_code = SelectField(_("Participation type"), default="")
    delegation_id = SelectField(_("Delegation"), default="")
    language = SelectField(
        _("Language"),
        choices=options([("", _("Everybody")), *((code, NAMES[code]) for code in LANGUAGES)]),
        default="",
    )
    doing = SelectField(_("Only those"), choices=options(DOINGS.items()), default="")
    subject_fr = StringField(_("Subject"), [Length(max=LONGEST_SUBJECT)])
    subject_ar = StringField(_("Subject"), [Length(max=LONGEST_SUBJECT)])
    subject_en = StringField(_("Subject"), [Length(max=LONGEST_SUBJECT)])
    body_fr = TextAreaField(_("Text"), [Length(max=LONGEST_BODY)])
    body_ar = TextAreaField(_("Text"), [Length(max=LONGEST_BODY)])
    body_en = TextAreaField(_("Text"), [Length(max=LONGEST_BODY)])

    @classmethod
    def of(cls, row: Mailing | None, segment_id: str = "") -> MailingForm:
        """The form filled with a draft, or empty but for the segment from which one comes."""
        if row is None:
            return cls(data={"segment_id": segment_id})
        texts = {f"subject_{code}": row.subjects.get(code, "") for code in LANGUAGES}
        texts |= {f"body_{code}": row.bodies.get(code, "") for code in LANGUAGES}
        return cls(data={**row.audience, **texts})

    def texts(self, part: str) -> Texts:
        return {code: self.data[f"{part}_{code}"] or "" for code in LANGUAGES}

    def audience(self) -> Audience:
        names = ("segment_id", "state", "type_code", "delegation_id", "language", "doing")
        return Audience(**{name: self.data[name] or "" for name in names})
