"""Who may do what at an event. Each verb commits: a mail or a login hangs on it."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.accounts.links import invite
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import close_all_logins
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.events.queries import DUTIES
from matchmaker.events.timetable import lock_event
from matchmaker.journal.services import note
from matchmaker.languages import pick
from matchmaker.mails.services import one_line


def invite_member(
    session: Session, event: Event, *, address: str, role: str, delegation_id: str | None = None
) -> Account:
    """Give an account a role at the event and mail its owner the way in."""
    account = _mail_way_in(session, event, address, role)
    if (known := _role_beside(session, event, account, role)) is not None:
        session.rollback()
        raise Refusal(known)
    session.add(
        Membership(account_id=account.id, event_id=event.id, role=role, delegation_id=delegation_id)
    )
    session.commit()
    return account


def invite_again(session: Session, membership: Membership) -> None:
    """Another link for somebody whose mail went astray or grew too old."""
    event = session.get_one(Event, membership.event_id)
    address = session.get_one(Account, membership.account_id).email
    _mail_way_in(session, event, address, membership.role)
    session.commit()


def change_role(session: Session, membership: Membership, role: str) -> None:
    """Another duty for somebody of the team; one owner always remains."""
    event = session.get_one(Event, membership.event_id)
    lock_event(session, event)
    if role != "owner":
        _refuse_last_owner(session, event, membership)
    key = (Membership.account_id == membership.account_id, Membership.event_id == event.id)
    session.execute(
        update(Membership).where(*key, Membership.role == membership.role).values(role=role)
    )
    note(session, event.id, "changed", "membership", f"{membership.account_id}/{role}")
    session.commit()


def remove_member(session: Session, membership: Membership) -> None:
    """The role ends at once, and so does every login of the account: it signs in anew with
    what it may still do. One owner always remains.
    """
    event = session.get_one(Event, membership.event_id)
    lock_event(session, event)
    _refuse_last_owner(session, event, membership)
    session.delete(membership)
    close_all_logins(session, membership.account_id)
    session.commit()


def _refuse_last_owner(session: Session, event: Event, membership: Membership) -> None:
    owners = select(func.count()).where(Membership.event_id == event.id, Membership.role == "owner")
    if membership.role == "owner" and session.scalar(owners) == 1:
        raise Refusal(_("An event needs an owner: make somebody else one first."))


def _role_beside(session: Session, event: Event, account: Account, role: str) -> str | None:
    """Why the account cannot be given the role: it has it, or another duty."""
    if session.get(Membership, (account.id, event.id, role)) is not None:
        return str(_("%(address)s has this role already.", address=account.email))
    other = select(Membership.role).where(
        Membership.account_id == account.id,
        Membership.event_id == event.id,
        Membership.role.in_(DUTIES),
    )
    if role in DUTIES and session.scalar(other) is not None:
        return str(
            _(
                "%(address)s belongs to the team already: change the role in the list.",
                address=account.email,
            )
        )
    return None


def _mail_way_in(session: Session, event: Event, address: str, role: str) -> Account:
    try:
        address = validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refusal(_("“%(address)s” is no e-mail address.", address=address[:60])) from None
    event_name = pick(event.names, event.language)
    is_duty = role in DUTIES
    return invite(
        session,
        address,
        name="",
        language=event.language,
        event_name=event_name,
        next_path=f"/organise/{event.id}/" if is_duty else f"/events/{event.slug}/delegation/",
        opening=None if is_duty else _leading(one_line(event_name)),
    )


def _leading(event_name: str) -> Any:
    """What somebody is invited to who looks after a delegation."""
    return lazy_gettext(
        "You are invited to look after a delegation at \u201c%(event)s\u201d: see who of your "
        "people is ready, and where each of them is on the day.",
        event=event_name,
    )
