"""Numbers given, and wishes taken over from paper. Each is one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows
from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.paper.lines import Typed
from matchmaker.paper.models import CatalogueNumber
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import VISIBLE
from matchmaker.participants.searching import fold
from matchmaker.wishes.services import enter_wishes


def give_numbers(session: Session, event: Event) -> int:
    """A number for everybody who can be found and has none, by organisation and name, after the
    numbers that there are; how many were given. Commits.
    """
    session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    taken = CatalogueNumber.event_id == event.id
    last = session.scalar(select(func.max(CatalogueNumber.number)).where(taken)) or 0
    numbered = select(CatalogueNumber.participant_id).where(taken)
    rows = session.execute(
        select(Participant.id, Participant.last_name, Participant.first_name, Organisation.name)
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
        .where(Participant.event_id == event.id, *VISIBLE, Participant.id.not_in(numbered))
    ).all()
    new = sorted(rows, key=lambda row: (fold(row[3] or ""), fold(row[1]), fold(row[2]), row[0]))
    insert_rows(
        session,
        CatalogueNumber,
        [
            {"event_id": event.id, "participant_id": row[0], "number": last + place}
            for place, row in enumerate(new, start=1)
        ],
    )
    session.commit()
    return len(new)


def take_over(session: Session, event: Event, typed: Sequence[Typed]) -> int:
    """All of these wishes or none; how many there are. Commits."""
    ids = {wish.wisher for wish in typed} | {wish.wished for wish in typed}
    people = {
        person.id: person
        for person in session.scalars(
            select(Participant).where(Participant.event_id == event.id, Participant.id.in_(ids))
        )
    }
    wishes = dict.fromkeys(typed)  # the same twice is once
    enter_wishes(session, [(people[row.wisher], people[row.wished], row.grade) for row in wishes])
    return len(wishes)
