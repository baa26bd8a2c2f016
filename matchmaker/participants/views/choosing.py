"""Which organisation somebody means who has typed a name: one that is there, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, request
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import alike
from matchmaker.organisations.services import find_organisation, name_key


def settle(typed: str) -> tuple[str | None, Sequence[Organisation]]:
    """The name that is meant; or None, and those that it resembles, to be chosen from. ``use``
    and ``new`` are the buttons with which that is done.
    """
    name = " ".join((request.form.get("use") or typed).split())
    if not name_key(name):
        raise Refusal(_("Give the organisation a name."))
    known = find_organisation(db.session, g.event, name)
    if known is not None:
        return known.name, ()
    resembling = () if request.form.get("new") == name else alike(db.session, g.event.id, name)
    return (None, resembling) if resembling else (name, ())
