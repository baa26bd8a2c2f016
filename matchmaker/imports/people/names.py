"""Places and organisations that a cell names."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from matchmaker.imports.cells import CellFault, text_of
from matchmaker.imports.surroundings import OWN_PLACES, Names, key
from matchmaker.organisations.services import LONGEST, LONGEST_CODE, name_key

SCHEME = re.compile(r"[a-z]+:(?!\d)", re.IGNORECASE)


def read_place(cell: str, names: Names) -> str:
    """The place's id."""
    place = names.places.get(key(cell))
    if place is None:
        raise CellFault(
            _(
                "The event has no stand or table “%(code)s”. Add it under Set-up, or write the "
                "code of one that is there.",
                code=cell[:40],
            )
        )
    if place.kind not in OWN_PLACES:
        raise CellFault(
            _("%(code)s is neither a stand nor a table. Write the code of one.", code=place.code)
        )
    return place.id


def organisation_name(cell: str) -> str:
    name: str = text_of(LONGEST["name"])(cell)
    if not name_key(name):
        raise CellFault(_("This is no name of an organisation."))
    return name


def website(cell: str) -> str:
    """An address that a page may link to; people leave out the scheme."""
    address = "".join(cell.split())
    if not SCHEME.match(address):
        address = f"https://{address}"
    if not address.lower().startswith(("http://", "https://")):
        raise CellFault(_("A website begins with http:// or https://."))
    text: str = text_of(LONGEST["website"])(address)
    return text


def delegation_code(cell: str) -> str:
    """As the service keeps it: case aside."""
    text: str = text_of(LONGEST_CODE)(cell)
    return text.casefold()
