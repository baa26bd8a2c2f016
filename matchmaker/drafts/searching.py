"""Finding meetings of a draft by the names of those who meet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.folding import fold
from matchmaker.schedules.models import PersonBooking, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import BookedMeeting, chosen_meetings

MOST_HITS = 24


@dataclass(frozen=True)
class Hit:
    meeting: BookedMeeting
    people: str


def hits_of(session: Session, draft: Version, search: str) -> list[Hit]:
    """Meetings with somebody whose name or organisation holds the words, by time."""
    names, words = Names(session, draft.event_id), fold(search)
    people = {
        who.id
        for who in names.people.values()
        if words and words in fold(f"{who.name} {who.organisation}")
    }
    query = select(PersonBooking.meeting_id).where(
        PersonBooking.event_id == draft.event_id,
        PersonBooking.version_id == draft.id,
        PersonBooking.participant_id.in_(people),
    )
    found = chosen_meetings(session, draft, set(session.scalars(query.limit(500))))
    return [
        Hit(meeting, " – ".join(names.person(person) for person in meeting.people))
        for meeting in found[:MOST_HITS]
    ]
