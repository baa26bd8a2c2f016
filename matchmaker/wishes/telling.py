"""Who is told what of wishes: notices that follow the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.notices.services import notify_many
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish


def tell_asked(session: Session, event: Event, wish: Wish, kind: str) -> None:
    """Whoever the wish asks for: the person, or everybody of the organisation who takes part."""
    cause = f"{wish.id}:{wish.asked_at:%Y%m%d%H%M%S}"
    people = _asked(session, wish)
    notify_many(session, event, people, kind, cause=cause, wish=wish.id, person=wish.from_id)


def tell_wisher(session: Session, event: Event, wish: Wish, kind: str, by: Participant) -> None:
    """Each answer is news once; the same button clicked again is none."""
    moment = wish.answered_at or wish.asked_at
    cause = f"{wish.id}:{moment:%Y%m%d%H%M%S%f}"
    notify_many(session, event, [wish.from_id], kind, cause=cause, wish=wish.id, person=by.id)


def tell_of_remark(
    session: Session, event: Event, wish: Wish, author: Participant, remark_id: str
) -> None:
    """A question goes to the wisher, an answer to those who may have asked."""
    is_answer = author.id == wish.from_id
    people = _asked(session, wish) if is_answer else [wish.from_id]
    kind = "answered_back" if is_answer else "asked_back"
    notify_many(session, event, people, kind, cause=remark_id, wish=wish.id, person=author.id)


def _asked(session: Session, wish: Wish) -> Sequence[str]:
    if wish.to_id is not None:
        return [wish.to_id]
    return session.scalars(
        select(Participant.id).where(
            Participant.event_id == wish.event_id,
            Participant.organisation_id == wish.to_organisation_id,
            Participant.state == "validated",
            Participant.id != wish.from_id,
        )
    ).all()
