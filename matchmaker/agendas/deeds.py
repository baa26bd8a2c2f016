"""What participants do with their agenda, each deed one transaction that is whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from matchmaker.agendas.knowing import knows_own_deed
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.queries import published_version

Result = TypeVar("Result")


def do_knowingly(
    session: Session, event: Event, me: Participant, deed: Callable[[], Result]
) -> Result:
    """Do it; what it changed of one's own agenda is no news to whoever did it."""
    before = published_version(session, event.id)
    result = deed()
    after = published_version(session, event.id)
    if before is not None and after is not None and before.id != after.id:
        knows_own_deed(session, event.id, me.id, before.id, after.id)
    return result
