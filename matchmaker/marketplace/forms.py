"""The form of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form, options
from matchmaker.languages import spoken_choices
from matchmaker.marketplace.models import LISTS
from matchmaker.marketplace.services import LONGEST, Said
from matchmaker.vocabularies.queries import choices_of

KIND_NAMES = {
    "offer": _("Offer"),
    "need": _("Need"),
    "project": _("Project looking for partners"),
    "technology": _("Technology"),
    "funding": _("Funding"),
}


def _most(length: int) -> Length:
    return Length(max=length, message=_("At most %(max)d characters."))


class EntryForm(Form):
    kind = SelectField(_("What is it?"), choices=options(KIND_NAMES.items()), default="offer")
    title = StringField(
        _("Title"), [DataRequired(_("Please fill this in.")), _most(LONGEST["title"])]
    )
    text = TextAreaField(
        _("Text"), [_most(LONGEST["text"])], render_kw={"rows": 6, "maxlength": LONGEST["text"]}
    )
    language = SelectField(_("Language of this entry"))
    sector = ChecksField(_("Sectors"))
    industry = ChecksField(_("Emerging industries"))
    technology = ChecksField(_("Technology fields"))
    is_active = BooleanField(_("Shown to the others"), default=True)

    def offer(
        self, session: Session, event_id: str, language: str, chosen: Mapping[str, Sequence[str]]
    ) -> None:
        """The lists of the event, with what is chosen of them."""
        self.language.choices = options(spoken_choices(language))
        for kind in LISTS:
            used = chosen.get(kind, [])
            self[kind].choices = options(choices_of(session, event_id, kind, language, used))
            if not self.is_submitted():
                self[kind].data = list(used)
        if not self.is_submitted() and not self.language.data:
            self.language.data = language

    def said(self) -> Said:
        return {
            "kind": self.kind.data,
            "title": " ".join((self.title.data or "").split()),
            "text": self.text.data or "",
            "language": self.language.data,
            "is_active": self.is_active.data,
            "terms": {kind: self[kind].data or [] for kind in LISTS},
        }
