"""What is said of the two themselves, field by field, and which side is taken where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant

Entity = Participant | Organisation
STAYS, GOES = "stays", "goes"
OF_PERSON = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "reference": _("Reference"),
    "organisation_id": _("Organisation"),
    "job": _("Position"),
    "phone": _("Telephone"),
    "type_code": _("Participation type"),
    "delegation_id": _("Delegation"),
    "language": _("Language of agenda and mails"),
    "spoken": _("Speaks"),
    "place_id": _("Own stand or table"),
    "max_meetings": _("Most meetings"),
    "remote": _("Takes part online"),
    "state": _("State"),
    "consent_version": _("Has agreed to be shown"),
}
OF_ORGANISATION = {
    "name": _("Name"),
    "description": _("Description"),
    "website": _("Website"),
    "street": _("Street"),
    "postal_code": _("Postal code"),
    "city": _("City"),
    "country": _("Country"),
    "target_countries": _("Countries aimed at"),
    "spoken": _("Languages"),
    "projects": _("Collaborative projects"),
    "stories": _("Success stories"),
    "is_public": _("Named on the public page"),
}
# What goes with a field without being asked about.
ALONG = {
    "email": ("email_key", "account_id"),
    "name": ("name_key",),
    "consent_version": ("consent_at",),
    "organisation_id": ("team_role",),
}
EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Difference:
    """``usual`` is the side taken unless somebody says otherwise: the one that says something."""

    field: str
    label: Any
    stays: Any
    goes: Any
    usual: str


def differences(stays: Entity, goes: Entity) -> list[Difference]:
    labels = OF_PERSON if isinstance(stays, Participant) else OF_ORGANISATION
    found = []
    for name, label in labels.items():
        here, there = getattr(stays, name), getattr(goes, name)
        if here != there and there not in EMPTY:
            found.append(Difference(name, label, here, there, GOES if here in EMPTY else STAYS))
    return found


def taken_over(stays: Entity, goes: Entity, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The columns that the one that stays gets from the other."""
    values: dict[str, Any] = {}
    for one in differences(stays, goes):
        if chosen.get(f"field/{one.field}", one.usual) == GOES:
            for column in (one.field, *ALONG.get(one.field, ())):
                values[column] = getattr(goes, column)
    return values
