"""How long an event keeps its people, and what happens when that time is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account
from matchmaker.clock import day_text, wall_now
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession, Membership
from matchmaker.events.queries import ORGANISE
from matchmaker.imports.models import Import
from matchmaker.journal.services import note
from matchmaker.languages import pick
from matchmaker.mails.letters import Letter, Link
from matchmaker.mails.models import Mail
from matchmaker.mails.services import link_to, post
from matchmaker.participants.models import Participant, Registration
from matchmaker.participants.naming import erased_reference
from matchmaker.privacy.erasure import empty_people

KEEP_DAYS = range(1, 3651)
WARNING_DAYS = 14


def keep_for(session: Session, event: Event, days: int, at: datetime | None = None) -> None:
    """Keep the people this long after the last day; never so short that they would be gone before
    anybody can be warned.
    """
    if days not in KEEP_DAYS:
        raise Refusal(_("Give a whole number from %(min)s to %(max)s.", min=1, max=3650))
    before, event.keep_days = event.keep_days, days
    kept = last_kept_day(session, event)
    if kept and kept < _today(event, at) + timedelta(days=WARNING_DAYS) and days < before:
        event.keep_days = before
        raise Refusal(
            _("People would be deleted without a warning: keep them two weeks from today at least.")
        )
    session.flush()


def last_kept_day(session: Session, event: Event) -> date | None:
    """The last day on which the people are still here; None while the event has no day."""
    last = session.scalar(
        select(func.max(MeetingSession.day)).where(MeetingSession.event_id == event.id)
    )
    return last + timedelta(days=event.keep_days) if last else None


def find_due(session: Session, at: datetime | None = None) -> list[Event]:
    """The events whose organisers are to be warned, or whose people are to go."""
    due = []
    for event in session.scalars(select(Event).where(Event.people_erased_at.is_(None))):
        kept = last_kept_day(session, event)
        if kept and _today(event, at) > kept - timedelta(days=WARNING_DAYS):
            due.append(event)
    return due


def perform_retention(session: Session, event: Event, at: datetime | None = None) -> None:
    """Warn the organisers once; after the last day take the people away. Commits."""
    kept = last_kept_day(session, event)
    if kept is None or event.people_erased_at is not None:
        return
    if _today(event, at) > kept:
        _erase_people(session, event)
    else:
        _warn(session, event, kept)
    session.commit()


def _today(event: Event, at: datetime | None) -> date:
    return (at or wall_now(event.zone)).date()


def _warn(session: Session, event: Event, kept: date) -> None:
    organisers = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.event_id == event.id, Membership.role.in_(ORGANISE))
    )
    for account in session.scalars(organisers):
        with speak(account.language):
            letter = _warning(event, account.language, kept)
        post(
            session,
            address=account.email,
            language=account.language,
            letter=letter,
            event_id=event.id,
            cause=f"retention/{event.id}/{kept.isoformat()}/{account.id}",
        )


def _warning(event: Event, language: str, kept: date) -> Letter:
    name, link = pick(event.names, language), link_to("privacy.retention", event_id=event.id)
    return Letter(
        _("%(event)s: personal data are deleted soon", event=name),
        (
            _(
                "The names, addresses, wishes and messages of the participants of %(event)s are "
                "kept until %(day)s and then deleted. Download before what you still need, or "
                "change the time.",
                event=name,
                day=day_text(kept, language),
            ),
            Link(_("How long people are kept"), link),
        ),
    )


def _erase_people(session: Session, event: Event) -> None:
    people = session.scalars(select(Participant).where(Participant.event_id == event.id)).all()
    named = [person for person in people if person.reference != erased_reference(person.id)]
    accounts = [person.account_id for person in named if person.account_id]
    empty_people(session, named)
    session.execute(delete(Mail).where(Mail.event_id == event.id))
    session.execute(delete(Import).where(Import.event_id == event.id))
    session.execute(delete(Registration).where(Registration.event_id == event.id))
    session.flush()
    session.execute(delete(Account).where(Account.id.in_(accounts), ~_is_needed()))
    event.people_erased_at = now()
    note(session, event.id, "erased", "event", event.id)


def _is_needed() -> ColumnElement[bool]:
    """Whoever takes part in, organises or helps at something else keeps the account."""
    return or_(
        Account.is_admin,
        exists().where(Participant.account_id == Account.id),
        exists().where(Participant.email_key == Account.email_key),
        exists().where(Membership.account_id == Account.id),
    )
