"""What the catalogue says of everybody, and of one person, as it is this moment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.catalogue.models import Document
from matchmaker.participants.models import Participant
from matchmaker.suggestions.facts import Facts, facts_of

COLUMNS = (
    Document.participant_id, Document.entry_id, Document.organisation_id, Document.names,
    Document.texts, Document.codes,
)  # fmt: skip

Stamp = str  # the digests of all documents


def own_facts(session: Session, me: Participant) -> Facts | None:
    """None for who cannot be found: nobody could answer them."""
    mine = Document.participant_id == me.id
    found = facts_of(
        session.execute(select(*COLUMNS).where(Document.event_id == me.event_id, mine)).all()
    )
    return found[0] if found else None


def all_facts(session: Session, event_id: str) -> list[Facts]:
    return facts_of(session.execute(select(*COLUMNS).where(Document.event_id == event_id)).all())


def stamp_of(session: Session, event_id: str) -> Stamp:
    """Whoever changed a document, by whatever path, has changed it."""
    digests = select(Document.digest).where(Document.event_id == event_id)
    return "".join(session.scalars(digests.order_by(Document.digest)))


def largest_events(session: Session, most: int) -> Sequence[str]:
    """Those of which the catalogue says most."""
    said = select(Document.event_id).group_by(Document.event_id)
    return session.scalars(said.order_by(func.count().desc()).limit(most)).all()
