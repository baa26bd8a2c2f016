"""Writing a mailing, trying it out, and sending it: once, to those who were shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account
from matchmaker.database import Texts, now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.services import note
from matchmaker.looks.dressing import dressed
from matchmaker.mailings.audience import Audience, Reached, people_of
from matchmaker.mailings.letters import language_for, passage_for
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.placeholders import check_placeholders
from matchmaker.mailings.queries import KIND, stoppers_of
from matchmaker.mails.letters import Letter
from matchmaker.mails.services import post
from matchmaker.notices.composing import letter_of
from matchmaker.notices.services import notify_many
from matchmaker.notices.writing import recipient_of
from matchmaker.participants.models import Participant

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000


def write_mailing(  # noqa: PLR0913 - a mailing has these parts
    session: Session,
    event: Event,
    row: Mailing | None,
    *,
    subjects: Texts,
    bodies: Texts,
    audience: Audience,
    account_id: str,
) -> Mailing:
    """Keep a draft, new or changed. Each language has both a subject and a text, or neither."""
    subjects, bodies = _said(subjects), _said(bodies)
    if not bodies or set(subjects) != set(bodies):
        raise Refusal(_("Give a subject and a text in at least one language, and both in each."))
    for text in (*subjects.values(), *bodies.values()):
        check_placeholders(text)
    if row is None:
        row = Mailing(event_id=event.id, created_by=account_id)
        session.add(row)
    _refuse_sent(row)
    row.subjects, row.bodies, row.audience = subjects, bodies, audience.keep()
    session.flush()
    return row


def _said(texts: Texts) -> Texts:
    return {code: text for code, text in texts.items() if text.strip()}


def remove_mailing(session: Session, row: Mailing) -> None:
    _refuse_sent(row)
    session.delete(row)
    session.flush()


def reached_by(session: Session, event: Event, row: Mailing) -> Reached:
    stopped = stoppers_of(session, event.id)
    return people_of(session, event, Audience.read(row.audience), stopped)


def send_mailing(session: Session, event: Event, row: Mailing, seen: int) -> int:
    """Send it to everybody whom its filters leave now; ``seen`` is how many the page had shown.
    A second press sends nothing.
    """
    if not row.bodies:
        raise Refusal(_("Write the mailing first: it has no text yet."))
    people = reached_by(session, event, row).people
    if not people:
        raise Refusal(_("Nobody is left to write to. Change to whom the mailing goes."))
    if len(people) != seen:
        raise Refusal(
            _(
                "Meanwhile the mailing would go to %(now)s people instead of %(seen)s. "
                "Look again, then send.",
                now=len(people),
                seen=seen,
            )
        )
    taken = session.execute(
        update(Mailing)
        .where(Mailing.event_id == event.id, Mailing.id == row.id, Mailing.state == "draft")
        .values(state="sent", sent_at=now())
    )
    if cast("CursorResult[Any]", taken).rowcount != 1:
        raise Refusal(_("This mailing is sent already."))
    notify_many(session, event, people, KIND, cause=row.id, at_once=True, mailing=row.id)
    note(session, event.id, "sent", "mailing", row.id)
    return len(people)


def letter_for(session: Session, event: Event, row: Mailing, person: Participant) -> Letter:
    """The mail as the person will read it."""
    recipient = recipient_of(session, event.id, person.id)
    assert recipient is not None
    with speak(recipient.language):
        letter = letter_of(event, recipient, [passage_for(session, event, row, person.id)], "")
    return dressed(session, event, letter, recipient.language)


def send_test(
    session: Session, event: Event, row: Mailing, person: Participant, account: Account
) -> None:
    """The person's mail to the organiser's own address."""
    letter = letter_for(session, event, row, person)
    post(
        session,
        address=account.email,
        language=language_for(row.bodies, person.language, event.language),
        letter=replace(letter, subject=_("[Test] %(subject)s", subject=letter.subject)),
        event_id=event.id,
        reply_to=event.contact_email,
    )


def _refuse_sent(row: Mailing) -> None:
    if row.state == "sent":
        raise Refusal(_("This mailing is sent already."))
