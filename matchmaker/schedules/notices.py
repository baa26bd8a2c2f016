"""Who is told on publishing: whose agenda changed, once per version.

What is in the mail is found out when it is written, from what the person was told last: who is
told nothing new gets none.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.notices.models import Notice, StoppedKind
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.schedules.differences import Differences
from matchmaker.schedules.models import PersonBooking, Version


def post_notices(
    session: Session,
    event: Event,
    before: Version | None,
    after: Version,
    *,
    everybody: bool = False,
) -> None:
    """One notice per participant whose agenda differs; in the caller's transaction. ``everybody``:
    it was hidden or preliminary in the meantime, so that news of ``before`` may be untold yet.
    """
    had = _booked(session, before) if before is not None else set()
    touched = set(Differences(session, before, after).people)
    if everybody:
        touched |= had | _booked(session, after)
    people = reachable(session, event.id, touched)
    for kind, ids in (("published", people - had), ("changed", people & had)):
        notify_many(session, event, sorted(ids), kind, cause=after.id)


def reachable(session: Session, event_id: str, people: Collection[str]) -> set[str]:
    """Those of these people who can be written to of their agenda, and let it happen."""
    stopped = select(StoppedKind.participant_id).where(
        StoppedKind.event_id == event_id, StoppedKind.kind == "changed"
    )
    found = session.scalars(
        select(Participant.id).where(
            Participant.event_id == event_id,
            Participant.state == "validated",
            Participant.email != "",
            Participant.id.not_in(stopped),
        )
    )
    return set(found) & set(people)


def waiting_causes(session: Session, event_id: str) -> set[str]:
    """What notices of agendas are about that wait for their time: versions, by their ids."""
    causes = session.scalars(
        select(Notice.cause).where(
            Notice.event_id == event_id,
            Notice.state == "waiting",
            Notice.kind.in_(("published", "changed")),
        )
    )
    return {cause.rpartition(":")[2] for cause in causes}


def _booked(session: Session, version: Version) -> set[str]:
    """Who has a meeting in it."""
    query = select(PersonBooking.participant_id).where(
        PersonBooking.event_id == version.event_id, PersonBooking.version_id == version.id
    )
    return set(session.scalars(query.distinct()))
