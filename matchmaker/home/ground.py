"""What the numbers of an event are counted from: each part read once, by the page that needs it,
and with a fixed number of statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress, permutations, repeat
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from matchmaker.clock import zone_of
from matchmaker.database import Base
from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name
from matchmaker.schedules.models import PersonBooking, Version
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.models import Wish

Pair = tuple[str, str]
BETWEEN, END = "\x1f", "\x1e"  # stand in no id and in no code
WISH_COLUMNS = ("from_id", "to_id", "to_organisation_id", "state")


class Somebody(NamedTuple):
    id: str
    name: str
    state: str
    type_code: str | None
    delegation_id: str | None
    organisation_id: str | None
    since: date  # on the event's wall


class Wishes(NamedTuple):
    """Of all wishes who asks, for which person or which organisation ("" for the other), and the
    state: each a column, as tens of thousands are counted.
    """

    askers: Sequence[str] = ()
    people: Sequence[str] = ()
    organisations: Sequence[str] = ()
    states: Sequence[str] = ()

    @property
    def to_people(self) -> Iterator[Pair]:
        return zip(self.askers, self.people, strict=True)

    @property
    def are_mutual(self) -> Iterator[bool]:
        """Whether the person asks for the asker too."""
        pairs = set(self.to_people)
        return map(pairs.__contains__, zip(self.people, self.askers, strict=True))


@dataclass(frozen=True)
class Ground:
    session: Session
    event: Event

    @cached_property
    def confirmed(self) -> list[Somebody]:
        return [person for person in self.people.values() if person.state == "validated"]

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
    def wishes(self) -> Wishes:
        return Wishes(*zip(*self._rows(Wish, WISH_COLUMNS, *self._of_wishes), strict=True))

    def _rows(
        self, table: type[Base], names: Sequence[str], *conditions: ColumnElement[bool]
    ) -> Iterator[list[str]]:
        """These columns of all rows, "" for nothing. The database joins them into one text: row
        by row they take three times as long.
        """
        first, *others = (func.coalesce(table.__table__.c[name], "") for name in names)
        row: ColumnElement[str] = first
        for value in others:
            row = row + BETWEEN + value
        line = func.aggregate_strings(row, END)
        text = self.session.scalar(select(line).where(*conditions))
        return map(str.split, text.split(END), repeat(BETWEEN)) if text else iter(())

    @cached_property
    def askers(self) -> set[str]:
        query = select(Wish.from_id).where(*self._of_wishes).distinct()
        return set(self.session.scalars(query))

    @cached_property
    def made(self) -> Counter[str]:
        """How many wishes each has made."""
        return Counter(self.wishes.askers)

    @cached_property
    def asked(self) -> Counter[str]:
        """How many wishes are for each person; "" is for organisations."""
        return Counter(self.wishes.people)

    @cached_property
    def fulfilled(self) -> Counter[str]:
        """For how many of them a meeting is published."""
        are_met = map(self.met.__contains__, self.wishes.to_people)
        found = Counter(compress(self.wishes.askers, are_met))
        of_house = {asker for asker, _house in self._to_houses}  # few ask for an organisation
        houses_met = {
            (one, self.people[other].organisation_id) for one, other in self.met if one in of_house
        }
        found.update(wish[0] for wish in self._to_houses if wish in houses_met)
        return found

    @cached_property
    def demand(self) -> Counter[str]:
        """How many wishes are for each organisation and its people; "" is for those without."""
        found = Counter(house for _asker, house in self._to_houses)
        for person, number in self.asked.items():
            if person:
                found[self.people[person].organisation_id or ""] += number
        return found

    @cached_property
    def _to_houses(self) -> list[Pair]:
        pairs = zip(self.wishes.askers, self.wishes.organisations, strict=True)
        return [(asker, house) for asker, house in pairs if house]

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
        return Counter(person for people in self._together for person in people)

    @cached_property
    def met(self) -> set[Pair]:
        """Who has a published meeting with whom, from each side."""
        return {pair for people in self._together for pair in permutations(people, 2)}

    @cached_property
    def _together(self) -> Collection[set[str]]:
        """Of each published meeting its people."""
        if self.version is None:
            return ()
        of = PersonBooking.event_id == self.event.id, PersonBooking.version_id == self.version.id
        here: dict[str, set[str]] = defaultdict(set)  # who is in it for two slots is there once
        for meeting, person in self._rows(PersonBooking, ("meeting_id", "participant_id"), *of):
            here[meeting].add(person)
        return here.values()
