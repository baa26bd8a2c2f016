"""Who may do what at an event. Each verb commits: a mail or a login hangs on it."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.links import invite
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import close_all_logins
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.events.timetable import lock_event
from matchmaker.languages import pick


def invite_member(
    session: Session, event: Event, *, address: str, role: str, delegation_id: str | None = None
) -> Account:
    """Give an account a role at the event and mail its owner the way in."""
    try:
        address = validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refusal(_("“%(address)s” is no e-mail address.", address=address[:60])) from None
    account = invite(
        session,
        address,
        name="",
        language=event.language,
        event_name=pick(event.names, event.language),
        next_path=f"/organise/{event.id}/" if role == "organiser" else "/",
    )
    if session.get(Membership, (account.id, event.id, role)) is not None:
        session.rollback()
        raise Refusal(_("%(address)s has this role already.", address=address))
    session.add(
        Membership(account_id=account.id, event_id=event.id, role=role, delegation_id=delegation_id)
    )
    session.commit()
    return account


def remove_member(session: Session, membership: Membership) -> None:
    """The role ends at once, and so does every login of the account: it signs in anew with
    what it may still do. One organiser always remains.
    """
    event = session.get_one(Event, membership.event_id)
    lock_event(session, event)
    if membership.role == "organiser" and count_organisers(session, event) == 1:
        raise Refusal(_("An event needs an organiser: invite somebody else first."))
    session.delete(membership)
    close_all_logins(session, membership.account_id)
    session.commit()


def count_organisers(session: Session, event: Event) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.event_id == event.id, Membership.role == "organiser")
        )
        or 0
    )
