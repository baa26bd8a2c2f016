"""Who is told on publishing: whose agenda changed, once per version."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import BookedMeeting, meetings_of

Agendas = dict[str, set[tuple[object, ...]]]


def post_notices(session: Session, event: Event, before: Version | None, after: Version) -> int:
    """One notice per participant whose agenda differs; in the caller's transaction."""
    now_has = agendas_of(session, after)
    had = agendas_of(session, before) if before is not None else {}
    touched = [
        person for person in sorted({*had, *now_has}) if had.get(person) != now_has.get(person)
    ]
    people = session.scalars(
        select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.id.in_(touched),
            Participant.state == "validated",
            Participant.email != "",
        )
    ).all()
    for kind, ids in (
        ("published", [person for person in people if person not in had]),
        ("changed", [person for person in people if person in had]),
    ):
        notify_many(session, event, ids, kind, cause=after.id)
    return len(people)


def agendas_of(session: Session, version: Version) -> Agendas:
    """The meetings of everybody who has one."""
    found: Agendas = {}
    for meeting in meetings_of(session, version):
        for person in meeting.people:
            found.setdefault(person, set()).add(_as_seen(meeting))
    return found


def _as_seen(meeting: BookedMeeting) -> tuple[object, ...]:
    """What an agenda shows of a meeting: only a change of this is news."""
    where = (meeting.place_id, meeting.room_code, meeting.interpreter_id)
    return (meeting.starts_at, meeting.ends_at, *where, *meeting.people)
