"""Accounts, logins and sign-in links: made, used, ended."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account, Login, SignInLink
from matchmaker.database import now

LOGIN_LASTS = timedelta(days=30)
LINK_LASTS = timedelta(hours=24)


def email_key(address: str) -> str:
    """The address by which a person is found: case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", address).split()).casefold()


def find_account(session: Session, address: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email_key == email_key(address)))


def find_or_add_account(
    session: Session, address: str, *, name: str = "", language: str = "fr"
) -> Account:
    """The account of this address; an existing one is left exactly as it is."""
    account = find_account(session, address)
    if account is None:
        account = Account(
            email=address.strip(), email_key=email_key(address), name=name, language=language
        )
        session.add(account)
        session.flush()
    return account


def open_login(session: Session, account: Account) -> str:
    """A new login; the token goes into the browser's cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    session.add(
        Login(token_hash=_hash(token), account_id=account.id, expires_at=now() + LOGIN_LASTS)
    )
    return token


def account_of_login(session: Session, token: str) -> Account | None:
    """Whose login this is, unless it has ended, expired or its account is disabled."""
    return session.scalar(
        select(Account)
        .join(Login, Login.account_id == Account.id)
        .where(Login.token_hash == _hash(token), Login.expires_at > now())
        .where(Account.disabled_at.is_(None))
    )


def close_login(session: Session, token: str) -> None:
    session.execute(delete(Login).where(Login.token_hash == _hash(token)))


def close_all_logins(session: Session, account_id: str) -> None:
    """On disabling, and on losing a role."""
    session.execute(delete(Login).where(Login.account_id == account_id))


def add_link(session: Session, account: Account, next_path: str = "/") -> str:
    """A sign-in link to be mailed; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInLink(
            token_hash=_hash(token),
            account_id=account.id,
            next_path=next_path,
            expires_at=now() + LINK_LASTS,
        )
    )
    return token


def find_link(session: Session, token: str) -> SignInLink | None:
    """The link if it can still be used; looking does not use it (mail scanners look)."""
    return session.scalar(
        select(SignInLink)
        .join(Account, Account.id == SignInLink.account_id)
        .where(SignInLink.token_hash == _hash(token), SignInLink.expires_at > now())
        .where(SignInLink.used_at.is_(None), Account.disabled_at.is_(None))
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
    return link if used.rowcount == 1 else None  # type: ignore[attr-defined]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
