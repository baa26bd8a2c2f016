"""Segments kept, renamed and taken away; the columns that somebody wants to see. All commit."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.folding import fold
from matchmaker.segments.columns import COLUMNS
from matchmaker.segments.filters import Filter
from matchmaker.segments.models import ListColumns, Segment

LONGEST = 80


def keep_segment(session: Session, event: Event, name: str, wanted: Filter) -> Segment:
    """A new one under this name."""
    segment = Segment(event_id=event.id)
    _fill(segment, wanted)
    _name(session, segment, name)
    session.commit()
    return segment


def change_filter(session: Session, segment: Segment, wanted: Filter) -> None:
    """The same name for others: whoever uses the segment gets these from now on."""
    _fill(segment, wanted)
    session.commit()


def rename_segment(session: Session, segment: Segment, name: str) -> None:
    _name(session, segment, name)
    session.commit()


def drop_segment(session: Session, segment: Segment) -> None:
    """The filter goes; the people stay."""
    session.delete(segment)
    session.commit()


def choose_columns(
    session: Session, event: Event, account: Account, columns: Sequence[str]
) -> None:
    """In the order of the list; none at all are the usual ones again."""
    key = {"event_id": event.id, "account_id": account.id}
    row = session.get(ListColumns, key) or ListColumns(**key)
    row.columns = [code for code in COLUMNS if code in columns]
    if row.columns:
        session.add(row)
    elif row in session:
        session.delete(row)
    session.commit()


def _fill(segment: Segment, wanted: Filter) -> None:
    if wanted.is_empty:
        raise Refusal(_("Filter the list first: a segment is a filter with a name."))
    segment.filter = Filter.kept(wanted.data()).data()


def _name(session: Session, segment: Segment, name: str) -> None:
    name = " ".join(name.split())
    key = fold(name)
    if not key:
        raise Refusal(_("Give the segment a name."))
    if max(len(key), len(name)) > LONGEST:
        raise Refusal(_("The name of a segment has at most %(most)s characters.", most=LONGEST))
    try:
        with session.begin_nested():
            segment.name, segment.name_key = name, key
            session.add(segment)
    except IntegrityError:
        raise Refusal(_("There is a segment of this name already. Choose another name.")) from None
