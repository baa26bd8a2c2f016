"""Bookmarks set and taken away."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.catalogue.models import Bookmark
from matchmaker.errors import Refusal
from matchmaker.participants.models import Participant

MOST_BOOKMARKS = 500


def set_bookmark(session: Session, me: Participant, other: Participant, *, keep: bool) -> None:
    """Once is enough, and what is not there need not be taken away. Commits."""
    key = (me.event_id, me.id, other.id)
    row = session.get(Bookmark, key)
    if keep and row is None:
        _require_room(session, me)
        try:
            with session.begin_nested():
                session.add(Bookmark(event_id=me.event_id, from_id=me.id, to_id=other.id))
        except IntegrityError:  # the same finger pressed twice
            pass
    if not keep and row is not None:
        session.delete(row)
    session.commit()


def _require_room(session: Session, me: Participant) -> None:
    mine = select(func.count()).where(Bookmark.event_id == me.event_id, Bookmark.from_id == me.id)
    if (session.scalar(mine) or 0) >= MOST_BOOKMARKS:
        raise Refusal(_("You have %(most)s bookmarks: take some away first.", most=MOST_BOOKMARKS))
