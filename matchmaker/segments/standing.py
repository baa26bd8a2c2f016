"""In which schedules people stand: the published one, and any that is kept."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.schedules.models import PersonBooking
from matchmaker.schedules.queries import count_meetings, published_version
from matchmaker.wishes.models import Wish


def in_schedules(session: Session, event_id: str, ids: Collection[str]) -> set[str]:
    """Those of these people whom a schedule holds, published or not."""
    rows = select(PersonBooking.participant_id).where(
        PersonBooking.event_id == event_id, PersonBooking.participant_id.in_(ids)
    )
    return set(session.scalars(rows.distinct()))


def published_meetings(session: Session, event_id: str, ids: Collection[str]) -> dict[str, int]:
    """How many meetings those of them have who have any in the published schedule."""
    version = published_version(session, event_id)
    counts = count_meetings(session, version) if version else {}
    return {id_: counts[id_] for id_ in ids if counts.get(id_)}


def count_wishes(session: Session, event_id: str, ids: Collection[str]) -> tuple[int, int]:
    """How many these people have made, and how many others have made for them."""
    made = select(func.count()).where(Wish.event_id == event_id, Wish.from_id.in_(ids))
    got = select(func.count()).where(
        Wish.event_id == event_id, Wish.to_id.in_(ids), Wish.from_id.not_in(ids)
    )
    return session.scalar(made) or 0, session.scalar(got) or 0
