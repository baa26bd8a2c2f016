"""The last step: what was said in all of them becomes a participant, once."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.participants.drafts import chosen_type, finish
from matchmaker.participants.models import Registration
from matchmaker.participants.registration import Answers, register


def finish_registration(
    session: Session, event: Event, draft: Registration, signed_in: Account | None
) -> None:
    """Whoever presses the button twice registers once. The caller commits."""
    session.refresh(draft, with_for_update=True)
    if draft.finished_at is not None:
        return
    address = draft.said["person"]["email"]
    finish(session, draft, register(session, event, address, _answers(draft), signed_in))


def _answers(draft: Registration) -> Answers:
    said: dict[str, Any] = draft.said
    person, times = said["person"], said["times"]
    return Answers(
        details={
            "first_name": person["first_name"],
            "last_name": person["last_name"],
            "job": person["job"],
            "language": person["language"],
            "spoken": times["spoken"],
            "type_code": chosen_type(draft),
        },
        organisation=said["organisation"]["name"],
        sessions=times["sessions"],
        absences=times["absences"],
        to_questions=said.get("questions", {}),
    )
