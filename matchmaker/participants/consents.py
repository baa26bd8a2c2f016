"""Consent to be shown: entered for many at once, and who cannot be found without it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import String, cast, func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.journal.services import note_many
from matchmaker.participants.models import Participant


def enter_consents(session: Session, event: Event, ids: Collection[str]) -> None:
    """These people told the organiser that they agree: who has not said anything here yet is
    shown from now on. Who took a consent back here stays hidden.
    """
    named = (_without_consent(session, event.id) & set(ids)) - _took_back(session, event.id)
    if not named:
        return
    agreed = {"consent_version": event.consent_version, "consent_at": now()}
    rows = [{"event_id": event.id, "id": id_, **agreed} for id_ in sorted(named)]
    session.execute(update(Participant), rows)
    note_many(session, event.id, "consented", "participant", sorted(named))


def count_hidden(session: Session, event_id: str) -> int:
    """How many confirmed people the others cannot find, for want of their consent."""
    query = select(func.count()).select_from(Participant)
    hidden = Participant.state == "validated", Participant.consent_version.is_(None)
    return session.scalar(query.where(Participant.event_id == event_id, *hidden)) or 0


def _without_consent(session: Session, event_id: str) -> set[str]:
    missing = Participant.event_id == event_id, Participant.consent_version.is_(None)
    return set(session.scalars(select(Participant.id).where(*missing)))


def _took_back(session: Session, event_id: str) -> set[str]:
    """Whose consent was changed person by person. Of those without one, they had it before:
    nothing but taking it back empties it.
    """
    changed = select(JournalEntry.row_id).where(
        JournalEntry.event_id == event_id,
        JournalEntry.table == "participant",
        JournalEntry.action == "changed",
        cast(JournalEntry.columns, String).contains("consent_version"),
    )
    return set(session.scalars(changed))
