"""What an organiser does: ask what the event can hold."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.capacity.models import CapacityStudy
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.schedules.services import refuse_what_cannot_be

KIND = "capacity"  # as the queue knows it
SHORTEST_SECONDS, LONGEST_SECONDS = 5, 600


def ask_study(
    session: Session, event: Event, *, seconds: int, account: Account | None = None
) -> CapacityStudy:
    """A study that waits for a worker, committed: the caller enqueues it. One per event."""
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise Refusal(
            _(
                "The time limit must be between %(least)s and %(most)s seconds.",
                least=SHORTEST_SECONDS,
                most=LONGEST_SECONDS,
            )
        )
    refuse_what_cannot_be(session, event)
    study = CapacityStudy(
        event_id=event.id, seconds=seconds, created_by=account.id if account else None
    )
    session.add(study)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Refusal(_("The capacity of this event is being worked out already.")) from None
    return study
