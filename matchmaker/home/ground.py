"""What the numbers of an event are counted from: each part read once, by the page that needs it,
and with a fixed number of statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matchmaker.clock import zone_of
from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name
from matchmaker.schedules.models import PersonBooking, Version
from matchmaker.schedules.queries import count_meetings, published_version
from matchmaker.wishes.models import Wish

Pair = tuple[str, str]
WISH_COLUMNS = ("from_id", "to_id", "to_organisation_id", "state")


@dataclass(frozen=True, slots=True)
class Somebody:
    id: str
    name: str
    state: str
    type_code: str | None
    delegation_id: str | None
    organisation_id: str | None
    since: date  # on the event's wall


class Asked(NamedTuple):
    """A wish to meet somebody, or anybody of an organisation."""

    asker: str
    person: str | None
    organisation: str | None
    state: str


@dataclass(frozen=True)
class Ground:
    session: Session
    event: Event

    @property
    def confirmed(self) -> list[Somebody]:
        return [person for person in self.people.values() if person.state == "validated"]

    def is_met(self, wish: Asked) -> bool:
        if wish.person is not None:
            return (wish.asker, wish.person) in self.met
        return (wish.asker, wish.organisation) in self.houses_met

    def organisation_asked(self, wish: Asked) -> str | None:
        """Whose the wish is for: the organisation itself, or that of the person."""
        if wish.person is None:
            return wish.organisation
        return self.people[wish.person].organisation_id

    @cached_property
    def people(self) -> Mapping[str, Somebody]:
        one = Participant
        rows = self.session.execute(
            select(
                one.id, one.first_name, one.last_name, one.reference, one.state, one.type_code,
                one.delegation_id, one.organisation_id, one.created_at,
            ).where(one.event_id == self.event.id)
        )  # fmt: skip
        zone = zone_of(self.event.zone)
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

    @cached_property
    def wishes(self) -> Sequence[Asked]:
        columns = Wish.__table__.c  # plain rows: no entity is made of each
        rows = self.session.execute(
            select(*(columns[name] for name in WISH_COLUMNS)).where(*self._of_wishes)
        )
        return [Asked._make(row) for row in rows.all()]

    @cached_property
    def askers(self) -> set[str]:
        query = select(Wish.from_id).where(*self._of_wishes).distinct()
        return set(self.session.scalars(query))

    @cached_property
    def made(self) -> Counter[str]:
        """How many wishes each has made."""
        return Counter(wish.asker for wish in self.wishes)

    @cached_property
    def fulfilled(self) -> Counter[str]:
        """For how many of them a meeting is published."""
        return Counter(wish.asker for wish in self.wishes if self.is_met(wish))

    @cached_property
    def demand(self) -> Counter[str]:
        """How many wishes are for each organisation and its people; "" is for those without."""
        return Counter(self.organisation_asked(wish) or "" for wish in self.wishes)

    @property
    def _of_wishes(self) -> tuple[ColumnElement[bool], ...]:
        return Wish.event_id == self.event.id, Wish.grade != "never"

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Of organisations."""
        query = select(Organisation.id, Organisation.country).where(
            Organisation.event_id == self.event.id
        )
        return {row.id: row.country for row in self.session.execute(query)}

    @cached_property
    def sectors(self) -> Mapping[str, Sequence[str]]:
        """Of organisations."""
        found: dict[str, list[str]] = defaultdict(list)
        rows = select(OrganisationTerm.organisation_id, OrganisationTerm.code).where(
            OrganisationTerm.event_id == self.event.id, OrganisationTerm.kind == "sector"
        )
        for row in self.session.execute(rows):
            found[row.organisation_id].append(row.code)
        return found

    @cached_property
    def version(self) -> Version | None:
        """The published one."""
        return published_version(self.session, self.event.id)

    @cached_property
    def meetings(self) -> Mapping[str, int]:
        """How many published ones each person has who has any."""
        return count_meetings(self.session, self.version) if self.version else {}

    @cached_property
    def met(self) -> set[Pair]:
        """Who has a published meeting with whom, from each side."""
        if self.version is None:
            return set()
        columns = PersonBooking.__table__.c
        rows = select(columns.meeting_id, columns.participant_id).where(
            columns.event_id == self.event.id, columns.version_id == self.version.id
        )
        here: dict[str, tuple[str, ...]] = {}
        found: set[Pair] = set()
        for meeting, person in self.session.execute(rows).all():
            others = here.get(meeting, ())
            if person not in others:  # who is in it for two slots is there once
                here[meeting] = (*others, person)
                for other in others:
                    found |= {(person, other), (other, person)}
        return found

    @cached_property
    def houses_met(self) -> set[tuple[str, str | None]]:
        """Who has met whose organisation."""
        return {(one, self.people[other].organisation_id) for one, other in self.met}
