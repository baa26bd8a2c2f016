"""The proposal of an event, remembered while everything that it follows from stands.

A proposal follows from a few columns and nothing else, so those columns themselves are the key:
the database joins them into one text each, which is quick, and a digest of the texts is looked up.
Whoever changed a wish, by whatever path, has changed the key; nothing has to be told or deleted.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from matchmaker.database import Base
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.wishes.meetings import (
    PERSON_COLUMNS,
    WISH_COLUMNS,
    Proposal,
    propose_meetings,
    weights_of,
)
from matchmaker.wishes.models import Wish

MOST_KEPT = 4  # of the largest events, some ten megabytes each
BETWEEN = "\x1f"  # stands in no id and in no code
_kept: OrderedDict[bytes, Proposal] = OrderedDict()


def proposal_of(session: Session, event: Event) -> Proposal:
    """What :func:`propose_meetings` says now, seldom computed again."""
    key = _digest(session, event)
    if key in _kept:
        return _kept[key]
    proposal = propose_meetings(session, event)
    if _digest(session, event) == key:  # nobody has changed anything meanwhile
        _keep(key, proposal)
    return proposal


def _keep(key: bytes, proposal: Proposal) -> None:
    _kept[key] = proposal
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)


def _digest(session: Session, event: Event) -> bytes:
    texts = [
        *_texts(session, event.id, Wish, (*WISH_COLUMNS, "is_late")),
        *_texts(session, event.id, Participant, PERSON_COLUMNS),
        repr(weights_of(event)),
    ]
    digest = blake2b()
    for text in texts:
        data = text.encode()
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.digest()


def _texts(session: Session, event_id: str, table: type[Base], names: tuple[str, ...]) -> list[str]:
    """Each column from top to bottom, as one text."""
    columns = table.__table__.c
    joined = [
        func.aggregate_strings(func.coalesce(cast(columns[name], String), ""), BETWEEN)
        for name in names
    ]
    row = session.execute(select(*joined).where(columns.event_id == event_id)).one()
    return [text or "" for text in row]
