"""The ground of an event, remembered, and a person's facts as they are this moment."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.catalogue.models import Document
from matchmaker.participants.models import Participant
from matchmaker.suggestions.facts import Facts, facts_of
from matchmaker.suggestions.ground import Ground

COLUMNS = (
    Document.participant_id, Document.entry_id, Document.organisation_id, Document.names,
    Document.texts, Document.codes,
)  # fmt: skip
MOST_KEPT = 4  # grounds; of the largest events, some tens of megabytes each
QUICK = 0.1  # seconds
PATIENCE = 100  # so many times what making it took, a ground that was slow to make is kept

Stamp = str  # the digests of all documents


@dataclass(frozen=True)
class _Kept:
    ground: Ground
    stamp: Stamp
    made_at: float
    seconds: float

    def is_fresh(self, stamp: Stamp) -> bool:
        """Where many people edit, a large ground may be a minute old; the person who asks, and
        who is shown at all, are looked up anew each time.
        """
        age = time.monotonic() - self.made_at
        is_slow = self.seconds > QUICK
        return self.stamp == stamp or (is_slow and age < PATIENCE * self.seconds)


_kept: OrderedDict[str, _Kept] = OrderedDict()


def ground_of(session: Session, event_id: str) -> Ground:
    stamp = _stamp(session, event_id)
    kept = _kept.get(event_id)
    if kept is None or not kept.is_fresh(stamp):
        started = time.monotonic()
        ground = Ground(_facts(session, event_id))
        now = time.monotonic()
        kept = _kept[event_id] = _Kept(ground, stamp, now, now - started)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return kept.ground


def own_facts(session: Session, me: Participant) -> Facts | None:
    """None for who cannot be found: nobody could answer them."""
    mine = Document.participant_id == me.id
    found = facts_of(
        session.execute(select(*COLUMNS).where(Document.event_id == me.event_id, mine)).all()
    )
    return found[0] if found else None


def _facts(session: Session, event_id: str) -> list[Facts]:
    return facts_of(session.execute(select(*COLUMNS).where(Document.event_id == event_id)).all())


def _stamp(session: Session, event_id: str) -> Stamp:
    """Whoever changed a document, by whatever path, has changed it."""
    digests = select(Document.digest).where(Document.event_id == event_id)
    return "".join(session.scalars(digests.order_by(Document.digest)))
