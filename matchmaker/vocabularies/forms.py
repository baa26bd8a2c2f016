"""Forms of the lists."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from matchmaker.events.forms import NamedForm, NumberField
from matchmaker.vocabularies.services import MOST_TERMS


class NewTermForm(NamedForm):
    """Names in the three languages."""


class TermForm(NamedForm):
    is_active = BooleanField(_("Offered in forms"))
    position = NumberField(_("Place in the list"), 1, MOST_TERMS)
