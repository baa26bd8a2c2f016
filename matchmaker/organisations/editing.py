"""One form for whoever edits a profile: people of the organisation, or the organiser."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from matchmaker.organisations.composition import members_of, set_members
from matchmaker.organisations.forms import ProfileForm, with_members
from matchmaker.organisations.logos import remove_logo, set_logo
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import change_organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.vocabularies.queries import choices_of

Kind = TypeVar("Kind", bound=ProfileForm)


def profile_form(
    session: Session, organisation: Organisation, language: str, kind: type[Kind]
) -> Kind:
    """The form filled with what is stored, unless it was sent."""
    chosen, numbers = chosen_by(session, organisation), members_of(session, organisation)
    event_id = organisation.event_id
    types = choices_of(session, event_id, "type", language, list(numbers))
    filled: dict[str, Any] = {f"members_{code}": number for code, number in numbers.items()}
    form = with_members(kind, types)(obj=organisation, **filled)
    form.offer(session, event_id, language, chosen)
    return form


def save_profile(
    session: Session, organisation: Organisation, form: ProfileForm, name: str | None = None
) -> None:
    """Everything said, or nothing: the logo is looked at first. The caller commits."""
    if form.without_logo.data:
        remove_logo(session, organisation)
    if form.logo.data:
        set_logo(session, organisation, form.logo.data.read())
    change_organisation(session, organisation, name=name or organisation.name, **form.details())
    set_members(session, organisation, form.members())
