"""Whose a stand or table is, seen from the place. It is kept with each person (``place_id``), so
that the person's page, the imports and this say the same. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Place
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import find_organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import Line, find_lines, find_people
from matchmaker.participants.services import find_participant, set_place

TAKE_PART = ("registered", "validated")


@dataclass(frozen=True)
class Given:
    """``people`` stay here now; ``left`` names the other places that some of them had."""

    people: int
    left: tuple[str, ...]


def owners_at(session: Session, event_id: str, places: Collection[str]) -> dict[str, list[Line]]:
    """Place → who stays there, by name; places of nobody are left out."""
    ids = find_people(session, event_id, Participant.place_id.in_(places), within=())
    found: dict[str, list[Line]] = {}
    for line in find_lines(session, event_id, ids):
        found.setdefault(str(line.place_id), []).append(line)
    return found


def give_place(session: Session, event: Event, place: Place, named: str) -> Given:
    """To the person of this address or reference, or to all who take part for an organisation."""
    people = [p for p in _named(session, event, named) if p.place_id != place.id]
    codes = dict(
        session.execute(select(Place.id, Place.code).where(Place.event_id == event.id)).all()
    )
    left = {codes[person.place_id] for person in people if person.place_id}
    for person in people:
        set_place(session, person, place.id)
    return Given(len(people), tuple(sorted(left)))


def take_place(session: Session, place: Place, participant: Participant) -> None:
    """Nothing happens where the person stays somewhere else by now."""
    if participant.place_id == place.id:
        set_place(session, participant, None)


def _named(session: Session, event: Event, named: str) -> list[Participant]:
    if not named:
        raise Refusal(_("Say whose it is: an address, a reference or an organisation."))
    person = find_participant(session, event, email=named, reference=named)
    if person is not None:
        return [person]
    organisation = find_organisation(session, event, named)
    if organisation is None:
        raise Refusal(
            _(
                "Nobody here has the address or reference “%(said)s”, and there is no such "
                "organisation.",
                said=named[:80],
            )
        )
    return _people_of(session, organisation)


def _people_of(session: Session, organisation: Organisation) -> list[Participant]:
    people = session.scalars(
        select(Participant).where(
            Participant.event_id == organisation.event_id,
            Participant.organisation_id == organisation.id,
            Participant.state.in_(TAKE_PART),
        )
    ).all()
    if not people:
        raise Refusal(_("Nobody takes part for %(name)s.", name=organisation.name))
    return list(people)
