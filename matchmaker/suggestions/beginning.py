"""What a newcomer says in one go, so that there is somebody to suggest: a line of what is sought
and of what is offered, sectors, a country. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.marketplace.models import LISTS, Entry
from matchmaker.marketplace.services import Said, add_entry
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import change_organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.participants.models import Participant
from matchmaker.participants.team import leads


def is_beginning(session: Session, me: Participant) -> bool:
    """Whether somebody who can write entries has written none."""
    own = select(Entry.id).where(Entry.event_id == me.event_id, Entry.author_id == me.id)
    return me.state == "validated" and session.scalar(own.limit(1)) is None


def house_to_describe(session: Session, me: Participant) -> Organisation | None:
    """My organisation, where it is mine to describe."""
    house = session.get(Organisation, (me.event_id, me.organisation_id or ""))
    return house if leads(session, me) else None


def say_first(
    session: Session,
    me: Participant,
    lines: Mapping[str, str],
    sectors: Sequence[str],
    country: str,
    language: str,
) -> None:
    """Each line an entry with the sectors; of the organisation, only what it has not said yet."""
    house = house_to_describe(session, me)
    if not lines and not (house and (sectors or country)):
        raise Refusal(_("Fill in at least one line: the suggestions follow from it."))
    if not is_beginning(session, me):
        raise Refusal(_("You have entries already: change them in the marketplace."))
    for kind, line in lines.items():
        add_entry(session, me, _entry(kind, line, sectors, language))
    if house is not None:
        _describe(session, house, sectors, country)


def _entry(kind: str, line: str, sectors: Sequence[str], language: str) -> Said:
    terms = {name: list(sectors) if name == "sector" else [] for name in LISTS}
    return {
        "kind": kind, "title": line, "text": "", "language": language, "is_active": True,
        "terms": terms,
    }  # fmt: skip


def _describe(session: Session, house: Organisation, sectors: Sequence[str], country: str) -> None:
    if country and not house.country:
        change_organisation(session, house, name=house.name, country=country)
    if sectors and not chosen_by(session, house)["sector"]:
        change_organisation(session, house, name=house.name, terms={"sector": list(sectors)})
