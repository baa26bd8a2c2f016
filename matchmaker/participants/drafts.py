"""Registrations that are under way: begun, gone on with by cookie or by link, forgotten.

Nothing here commits.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.services import email_key, hash_token
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.looks.dressing import dressed
from matchmaker.mails.letters import Letter, Link
from matchmaker.mails.services import link_to, one_line, post
from matchmaker.participants.models import Participant, Registration
from matchmaker.participation.asked import questions_for
from matchmaker.participation.queries import types_of

LASTS = timedelta(days=14)
STEPS = ("person", "organisation", "participation", "questions", "times", "consent")


def begin(session: Session, event: Event) -> tuple[Registration, str]:
    """A new one, and the token with which to go on."""
    token = secrets.token_urlsafe(24)
    draft = Registration(event_id=event.id, token_hash=hash_token(token))
    session.add(draft)
    session.flush()
    return draft, token


def find_draft(session: Session, event: Event, token: str | None) -> Registration | None:
    """The one of this token, unless it is too old. A finished one is found, too."""
    if not token:
        return None
    return session.scalar(
        select(Registration)
        .where(Registration.event_id == event.id, Registration.token_hash == hash_token(token))
        .where(Registration.changed_at > now() - LASTS)
    )


def keep(session: Session, draft: Registration, step: str, said: dict[str, Any]) -> None:
    """What a step says, in the place of what it said before."""
    draft.said = {**draft.said, step: said}
    draft.changed_at = now()
    if step == "person":
        draft.email_key = email_key(said["email"])
    session.flush()


def steps_of(session: Session, event: Event, draft: Registration | None) -> list[str]:
    """The steps of this person: without those in which nothing would be asked."""
    offered = any(row.at_registration for row in types_of(session, event.id))
    asked = questions_for(session, event.id, chosen_type(draft))
    nothing = {"participation": not offered, "questions": not asked}
    return [step for step in STEPS if not nothing.get(step)]


def next_step(steps: list[str], draft: Registration) -> str:
    """The first that has not been done yet; the last one is never done."""
    return next((step for step in steps if step not in draft.said), steps[-1])


def chosen_type(draft: Registration | None) -> str | None:
    return draft.said.get("participation", {}).get("type_code") if draft else None


def finish(session: Session, draft: Registration, made: Participant | None) -> None:
    """Whoever sends it a second time is led on; nothing of what became a participant stays."""
    draft.finished_at = now()
    if made is not None:
        draft.said, draft.email_key, draft.participant_id = {}, "", made.id
    session.flush()


def mail_draft(session: Session, event: Event, draft: Registration, token: str) -> None:
    """The link with which to go on later, at most one an hour."""
    person = draft.said["person"]
    with speak(person["language"]):
        name = one_line(pick(event.names, person["language"]))
        letter = Letter(
            _("Continue your registration: %(event)s", event=name),
            (
                _("You have begun to register. What you have said so far is kept for 14 days."),
                Link(
                    _("Continue"),
                    link_to("participants.resume", slug=event.slug, draft_token=token),
                ),
                _("If you did not begin this, you need not do anything."),
            ),
        )
    hour = f"{now():%Y%m%d%H}"
    post(
        session, address=person["email"], language=person["language"],
        letter=dressed(session, event, letter, person["language"]),
        event_id=event.id, sender_name=name, cause=f"registration:{draft.id}:{hour}",
    )  # fmt: skip


def is_any_old(session: Session) -> bool:
    old = select(Registration.id).where(Registration.changed_at < now() - LASTS)
    return session.scalar(old.limit(1)) is not None


def forget_old(session: Session) -> None:
    """What nobody has gone on with goes, and what is finished. Commits."""
    session.execute(delete(Registration).where(Registration.changed_at < now() - LASTS))
    session.commit()
