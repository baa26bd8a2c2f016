"""A profile as people read it: every code as its label in the page's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.languages import language_name, pick
from matchmaker.organisations.composition import members_of
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.logos import logo_of
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.vocabularies.queries import labels_of


@dataclass(frozen=True, kw_only=True)
class Profile:
    organisation: Organisation
    lists: dict[str, list[str]]  # list → labels chosen
    countries: Sequence[str]  # aimed at
    spoken: Sequence[str]
    members: Sequence[tuple[str, int]]  # type, number
    logo: str | None  # its digest

    @property
    def member_total(self) -> int:
        return sum(number for _type, number in self.members)


def profile_of(session: Session, organisation: Organisation, language: str) -> Profile:
    labels = labels_of(session, organisation.event_id)

    def label(kind: str, code: str) -> str:
        return pick(labels.get(kind, {}).get(code), language) or code

    chosen = chosen_by(session, organisation)
    logo = logo_of(session, organisation)
    return Profile(
        organisation=organisation,
        lists={kind: [label(kind, code) for code in codes] for kind, codes in chosen.items()},
        countries=[country_name(code, language) for code in organisation.target_countries],
        spoken=[language_name(code, language) for code in organisation.spoken],
        members=[(label("type", code), n) for code, n in members_of(session, organisation).items()],
        logo=logo.digest if logo else None,
    )
