"""Sign-in links: mailed, looked at, used once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account, SignInLink
from matchmaker.accounts.services import email_key, find_account, find_or_add_account, hash_token
from matchmaker.database import now
from matchmaker.mails.letters import Letter, Link
from matchmaker.mails.services import link_to, one_line, post

LINK_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=14)
MOST_LINKS, LINKS_WITHIN = 5, timedelta(hours=1)
Book = Callable[[Session, str], str | None]  # whose address this is: the language of mails
_books: list[Book] = []


def address_book(book: Book) -> Book:
    """Declare that a feature knows people who have no account yet; by their first link they
    get one.
    """
    _books.append(book)
    return book


def mail_link(session: Session, address: str, next_path: str = "/") -> None:
    """Mail a sign-in link to the account of this address. Whether there is one, whether it is
    disabled or has asked too often stays unsaid.
    """
    account = find_account(session, address) or _welcome(session, address)
    if account and account.disabled_at is None and not _has_asked_enough(session, account):
        token = add_link(session, account, next_path)
        with speak(account.language):
            letter = _sign_in_letter(token)
        post(session, address=account.email, language=account.language, letter=letter)
    session.commit()


def invite(  # noqa: PLR0913 - an invitation says all of these
    session: Session,
    address: str,
    *,
    name: str,
    language: str,
    event_name: str,
    next_path: str,
    opening: Any = None,
) -> Account:
    """Mail somebody the link to a task at an event; the account is made where there is none
    and left as it is where there is one. ``opening`` says the task, lazily: in the account's
    language. The caller adds the role and commits.
    """
    account = find_or_add_account(session, address, name=name, language=language)
    token = add_link(session, account, next_path, lasts=INVITATION_LASTS)
    with speak(account.language):
        letter = _invitation_letter(token, one_line(event_name), opening and str(opening))
    post(session, address=account.email, language=account.language, letter=letter)
    return account


def add_link(
    session: Session, account: Account, next_path: str = "/", lasts: timedelta = LINK_LASTS
) -> str:
    """A sign-in link; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInLink(
            token_hash=hash_token(token),
            account_id=account.id,
            next_path=next_path,
            expires_at=now() + lasts,
        )
    )
    return token


def find_link(session: Session, token: str) -> SignInLink | None:
    """The link if it can still be used; looking does not use it (mail scanners look)."""
    return session.scalar(
        select(SignInLink)
        .join(Account, Account.id == SignInLink.account_id)
        .where(SignInLink.token_hash == hash_token(token), SignInLink.expires_at > now())
        .where(SignInLink.used_at.is_(None), Account.disabled_at.is_(None))
    )


def own_path(session: Session, token: str, account: Account) -> str | None:
    """Where a link of this account's leads, used up or not: whoever is signed in needs none."""
    return session.scalar(
        select(SignInLink.next_path).where(
            SignInLink.token_hash == hash_token(token), SignInLink.account_id == account.id
        )
    )


def use_link(session: Session, token: str) -> SignInLink | None:
    """The link, used up by this call; None for whoever comes second."""
    link = find_link(session, token)
    if link is None:
        return None
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == link.token_hash, SignInLink.used_at.is_(None))
        .values(used_at=now())
    )
    return link if cast("CursorResult[Any]", used).rowcount == 1 else None


def _welcome(session: Session, address: str) -> Account | None:
    """A first account for somebody whom an organiser entered."""
    for book in _books:
        if language := book(session, email_key(address)):
            return find_or_add_account(session, address, language=language)
    return None


def _has_asked_enough(session: Session, account: Account) -> bool:
    """Nobody can fill another person's mailbox by asking for links."""
    asked = session.scalar(
        select(func.count())
        .select_from(SignInLink)
        .where(SignInLink.account_id == account.id, SignInLink.created_at > now() - LINKS_WITHIN)
    )
    return (asked or 0) >= MOST_LINKS


def link_block(token: str, label: str) -> Link:
    """The link as it stands in letters."""
    return Link(label, link_to("accounts.open_link", token=token))


def _sign_in_letter(token: str) -> Letter:
    return Letter(
        subject=_("Your sign-in link"),
        blocks=(
            _("This link signs you in:"),
            link_block(token, _("Sign in")),
            _(
                "It can be used once, within 24 hours. If you did not ask for it, "
                "you need not do anything."
            ),
        ),
    )


def _invitation_letter(token: str, event_name: str, opening: str | None) -> Letter:
    return Letter(
        subject=_("Invitation: %(event)s", event=event_name),
        blocks=(
            opening
            or _(
                "You are invited to take part in organising \u201c%(event)s\u201d.",
                event=event_name,
            ),
            _("This link leads to your page:"),
            link_block(token, _("My page")),
        ),
        foot=invitation_lasts(),
    )


def invitation_lasts() -> tuple[str, Link]:
    """Small print below the link."""
    return (
        str(_("The link can be used once, within 14 days. Later, ask for a new one:")),
        Link(_("Sign-in page"), link_to("accounts.sign_in")),
    )
