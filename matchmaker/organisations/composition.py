"""Of whom a cluster organisation consists: how many members of each type."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.organisations.models import MemberCount, Organisation
from matchmaker.vocabularies.queries import terms_of

MOST_MEMBERS = 1_000_000


def members_of(session: Session, organisation: Organisation) -> dict[str, int]:
    """Type → number of members, in the order of the list of types."""
    rows = session.execute(
        select(MemberCount.code, MemberCount.number).where(
            MemberCount.event_id == organisation.event_id,
            MemberCount.organisation_id == organisation.id,
        )
    )
    numbers: dict[str, int] = dict(rows.all())
    types = terms_of(session, organisation.event_id, "type")
    return {term.code: numbers[term.code] for term in types if term.code in numbers}


def set_members(
    session: Session, organisation: Organisation, numbers: Mapping[str, int | None]
) -> None:
    """These numbers; none and 0 mean that there are none of this type."""
    known = {term.code for term in terms_of(session, organisation.event_id, "type")}
    for code, number in numbers.items():
        if code not in known or not 0 <= (number or 0) <= MOST_MEMBERS:
            raise Refusal(_("Members: give a whole number from 0 to %(most)s.", most=MOST_MEMBERS))
        key = (organisation.event_id, organisation.id, "type", code)
        row = session.get(MemberCount, key)
        if number and row is None:
            names = ("event_id", "organisation_id", "kind", "code")
            session.add(MemberCount(**dict(zip(names, key, strict=True)), number=number))
        elif number and row is not None:
            row.number = number
        elif row is not None:
            session.delete(row)
    session.flush()
