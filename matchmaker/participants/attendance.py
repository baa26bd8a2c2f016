"""Who comes to an event, as everybody may know it: numbers, and organisations that agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participation.queries import types_of
from matchmaker.vocabularies.queries import labels_of

FEWEST = 5  # people; of fewer, numbers would tell who they are
Bars = Sequence[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class WhoComes:
    people: int
    organisations: int
    countries: int
    by_type: Bars
    by_country: Bars
    by_sector: Bars
    named: Sequence[str]  # organisations that agree to be named


def who_comes(session: Session, event: Event, language: str) -> WhoComes | None:
    """None where the organisers keep it to themselves, and where too few have been confirmed."""
    confirmed = (Participant.event_id == event.id, Participant.state == "validated")
    people = session.scalar(select(func.count()).select_from(Participant).where(*confirmed)) or 0
    if not event.tells_who_comes or people < FEWEST:
        return None
    organisations = session.execute(
        select(Organisation.id, Organisation.name, Organisation.country, Organisation.is_public)
        .where(Organisation.event_id == event.id)
        .where(Organisation.id.in_(select(Participant.organisation_id).where(*confirmed)))
        .order_by(Organisation.name_key)
    ).all()
    countries = Counter(row.country for row in organisations if row.country)
    return WhoComes(
        people=people,
        organisations=len(organisations),
        countries=len(countries),
        by_type=_by_type(session, event.id, language),
        by_country=[(country_name(code, language), n) for code, n in countries.most_common()],
        by_sector=_by_sector(session, event.id, [row.id for row in organisations], language),
        named=[row.name for row in organisations if row.is_public],
    )


def _by_type(session: Session, event_id: str, language: str) -> Bars:
    """People by participation type, in the organiser's order."""
    rows = session.execute(
        select(Participant.type_code, func.count())
        .where(Participant.event_id == event_id, Participant.state == "validated")
        .group_by(Participant.type_code)
    )
    numbers = dict(rows.all())
    return [
        (pick(row.names, language), numbers[row.code])
        for row in types_of(session, event_id)
        if row.code in numbers
    ]


def _by_sector(session: Session, event_id: str, ids: Sequence[str], language: str) -> Bars:
    """Organisations by sector, the largest first; one can be in several."""
    rows = session.execute(
        select(OrganisationTerm.code, OrganisationTerm.organisation_id).where(
            OrganisationTerm.event_id == event_id, OrganisationTerm.kind == "sector"
        )
    )
    there = set(ids)
    numbers = Counter(code for code, organisation in rows if organisation in there)
    labels = labels_of(session, event_id).get("sector", {})
    return [(pick(labels.get(code), language) or code, n) for code, n in numbers.most_common()]
