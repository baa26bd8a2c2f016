"""Notes for oneself about a meeting: kept while they say something, also when it has moved."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matchmaker.agendas.models import MeetingNote
from matchmaker.database import now
from matchmaker.participants.models import Participant

LONGEST = 5000


def write_note(session: Session, me: Participant, meeting_id: str, words: str) -> None:
    """The caller commits."""
    key = {"event_id": me.event_id, "participant_id": me.id, "meeting_id": meeting_id}
    note = session.get(MeetingNote, key)
    if not words.strip():
        if note is not None:
            session.delete(note)
    elif note is None:
        session.add(MeetingNote(**key, words=words[:LONGEST]))
    else:
        note.words, note.changed_at = words[:LONGEST], now()
    session.flush()
