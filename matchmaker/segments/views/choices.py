"""What the choices of a row and of a deed are at the event of the page."""

from __future__ import annotations

from flask import g
from wtforms import SelectField

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.forms import options
from matchmaker.participants.entering import choices_of
from matchmaker.participation.queries import type_choices
from matchmaker.segments.forms import RowForm


def offer_types(field: SelectField) -> None:
    types = type_choices(db.session, g.event.id, current_language())
    field.choices = options([("", "—"), *types])


def offer_choices(form: RowForm) -> None:
    offer_types(form.type_code)
    delegations = choices_of(db.session, g.event).delegations
    form.delegation_id.choices = options([("", "—"), *delegations])
