"""By what participants narrow the list of people, and what there is to choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, select
from sqlalchemy.orm import Session

from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import VISIBLE


@dataclass(frozen=True)
class Offered:
    """The organisations, countries and languages of those who can be found."""

    organisations: Mapping[str, str]
    countries: frozenset[str]
    spoken: frozenset[str]


def narrowed(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    """Conditions for what was chosen; nothing chosen, none."""
    conditions = {
        "organisation": Participant.organisation_id == asked["organisation"],
        "country": Organisation.country == asked["country"],
        "spoken": _languages().contains(json.dumps(asked["spoken"]), autoescape=True),
    }
    return [condition for name, condition in conditions.items() if asked[name]]


def offered(session: Session, event_id: str, *, but: str) -> Offered:
    """Only what there is among the others, in two statements."""
    others = (Participant.event_id == event_id, Participant.id != but, *VISIBLE)
    houses = session.execute(
        select(Organisation.id, Organisation.name, Organisation.country).where(
            Organisation.event_id == event_id,
            Organisation.id.in_(select(Participant.organisation_id).where(*others)),
        )
    ).all()
    spoken = session.scalars(select(_languages()).where(*others).distinct())
    return Offered(
        organisations={row.id: row.name for row in houses},
        countries=frozenset(row.country for row in houses if row.country),
        spoken=frozenset(code for text in spoken for code in json.loads(text)),
    )


def _languages() -> ColumnElement[str]:
    """The list as its text: PostgreSQL's JSON cannot be compared."""
    return cast(Participant.spoken, Text)
