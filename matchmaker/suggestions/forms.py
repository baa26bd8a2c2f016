"""The first words of a newcomer: short enough for a phone, and all that suggestions need."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import Length

from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form, options
from matchmaker.marketplace.services import LONGEST
from matchmaker.organisations.countries import country_choices
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.vocabularies.queries import choices_of

ONE_LINE = [Length(max=LONGEST["title"], message=_("At most %(max)d characters."))]
KINDS = ("need", "offer")  # a line becomes an entry of this kind


class FirstWordsForm(Form):
    """Nothing of it is required; what the organisation says already is not asked again."""

    need = StringField(_("I look for"), ONE_LINE)
    offer = StringField(_("I offer"), ONE_LINE)
    sector = ChecksField(_("Sectors"))
    country = SelectField(_("Country of your organisation"))

    def ask(
        self, session: Session, event_id: str, house: Organisation | None, language: str
    ) -> None:
        """In the page's words. ``house``: the person's organisation."""
        said = chosen_by(session, house)["sector"] if house else []
        self.sector.choices = options(choices_of(session, event_id, "sector", language, said))
        self.country.choices = options(country_choices(language))
        if not self.is_submitted():
            self.sector.data = said
            self.country.data = (house.country if house else None) or ""

    def lines(self) -> dict[str, str]:
        """Kind of entry → what was typed."""
        typed = {kind: " ".join((self[kind].data or "").split()) for kind in KINDS}
        return {kind: line for kind, line in typed.items() if line}
