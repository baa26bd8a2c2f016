"""What the numbers of an event are counted from, read once with a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import zone_of
from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name
from matchmaker.schedules.models import PersonBooking, Version
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.models import Wish


@dataclass(frozen=True, slots=True)
class Somebody:
    id: str
    name: str
    state: str
    type_code: str | None
    delegation_id: str | None
    organisation_id: str | None
    since: date  # on the event's wall


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish to meet somebody, or anybody of an organisation."""

    asker: str
    person: str | None
    organisation: str | None
    state: str
    asked_at: datetime


@dataclass(frozen=True)
class Ground:
    people: Mapping[str, Somebody]
    wishes: Sequence[Asked]
    countries: Mapping[str, str]  # of organisations
    sectors: Mapping[str, Sequence[str]]  # of organisations
    version: Version | None
    met: Mapping[str, set[str]]  # who has a published meeting with whom
    meetings: Mapping[str, int]  # of each person who has any

    @property
    def confirmed(self) -> list[Somebody]:
        return [person for person in self.people.values() if person.state == "validated"]

    def is_met(self, wish: Asked) -> bool:
        partners = self.met.get(wish.asker, set())
        if wish.person is not None:
            return wish.person in partners
        return any(self.people[who].organisation_id == wish.organisation for who in partners)

    def organisation_asked(self, wish: Asked) -> str | None:
        """Whose the wish is for: the organisation itself, or that of the person."""
        if wish.person is None:
            return wish.organisation
        return self.people[wish.person].organisation_id


def load_ground(session: Session, event: Event) -> Ground:
    version = published_version(session, event.id)
    met, meetings = _met(session, version) if version else ({}, {})
    return Ground(
        people=_people(session, event),
        wishes=_wishes(session, event.id),
        countries=_countries(session, event.id),
        sectors=_sectors(session, event.id),
        version=version,
        met=met,
        meetings=meetings,
    )


def _people(session: Session, event: Event) -> dict[str, Somebody]:
    one = Participant
    rows = session.execute(
        select(
            one.id, one.first_name, one.last_name, one.reference, one.state, one.type_code,
            one.delegation_id, one.organisation_id, one.created_at,
        ).where(one.event_id == event.id)
    )  # fmt: skip
    zone = zone_of(event.zone)
    return {
        row.id: Somebody(
            row.id,
            shown_name(row.id, row.first_name, row.last_name, row.reference),
            row.state,
            row.type_code,
            row.delegation_id,
            row.organisation_id,
            row.created_at.astimezone(zone).date(),
        )
        for row in rows
    }


def _wishes(session: Session, event_id: str) -> list[Asked]:
    rows = session.execute(
        select(Wish.from_id, Wish.to_id, Wish.to_organisation_id, Wish.state, Wish.asked_at).where(
            Wish.event_id == event_id, Wish.grade != "never"
        )
    )
    return [Asked(*row) for row in rows]


def _countries(session: Session, event_id: str) -> dict[str, str]:
    rows = select(Organisation.id, Organisation.country).where(Organisation.event_id == event_id)
    return {row.id: row.country for row in session.execute(rows)}


def _sectors(session: Session, event_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(OrganisationTerm.organisation_id, OrganisationTerm.code).where(
        OrganisationTerm.event_id == event_id, OrganisationTerm.kind == "sector"
    )
    for row in session.execute(rows):
        found[row.organisation_id].append(row.code)
    return found


def _met(session: Session, version: Version) -> tuple[dict[str, set[str]], dict[str, int]]:
    """Partners and number of meetings of each person of the version."""
    meetings: dict[str, set[str]] = defaultdict(set)
    rows = select(PersonBooking.meeting_id, PersonBooking.participant_id).where(
        PersonBooking.event_id == version.event_id, PersonBooking.version_id == version.id
    )
    for row in session.execute(rows):
        meetings[row.meeting_id].add(row.participant_id)
    partners: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for people in meetings.values():
        for person in people:
            partners[person] |= people - {person}
            counts[person] += 1
    return partners, counts
