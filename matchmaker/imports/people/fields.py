"""The fields of an import of people and organisations, and where their values are kept."""

from __future__ import annotations

from typing import Any

from matchmaker.organisations.models import SINGLE

# Fields that are a participant's columns under the same name.
OWN = ("first_name", "last_name", "job", "phone", "language", "spoken", "seats", "remote")
COLUMNS = (
    *OWN, "id", "email", "email_key", "reference", "state", "imported",
    "organisation_id", "delegation_id", "place_id", "type_code",
)  # fmt: skip

# What a field is where nobody entered anything.
UNTOUCHED: dict[str, Any] = {
    "email": "", "reference": "", "first_name": "", "last_name": "", "job": "", "phone": "",
    "kind": "", "language": "fr", "spoken": [], "seats": 1, "remote": False,
    "state": "registered", "sessions": [], "absent": [], "place": "", "delegation": "",
    "organisation": "",
}  # fmt: skip

OF_NAME = ("id", "name", "name_key", "imported")  # columns of an organisation that lead to it
# Field of an import → column of an organisation.
OF_ORGANISATION = {
    "website": "website", "street": "street",
    "postal_code": "postal_code", "city": "city", "country": "country",
    "description": "description", "projects": "projects", "stories": "stories",
    "target_countries": "target_countries", "organisation_spoken": "spoken",
}  # fmt: skip
# Field of an import → list of the event, whose codes are its values.
OF_LISTS = {
    "organisation_kind": "type", "size": "size", "areas": "sector", "industries": "industry",
    "technologies": "technology", "services": "service", "labels": "label", "networks": "network",
}  # fmt: skip
SEVERAL = {field for field, kind in OF_LISTS.items() if kind not in SINGLE}
LONG = {"description", "projects", "stories"}
LISTED = {"target_countries", "organisation_spoken"}
OF_COMPANY = {**OF_ORGANISATION, **OF_LISTS}.keys()
UNTOUCHED_ORGANISATION: dict[str, Any] = {
    field: [] if field in SEVERAL | LISTED else "" for field in OF_COMPANY
}
