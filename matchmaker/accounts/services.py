"""Accounts and logins: made, changed, ended."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account, Login, SignInLink
from matchmaker.accounts.passwords import hash_password
from matchmaker.database import now

LOGIN_LASTS = timedelta(days=30)
Arrival = Callable[[Session, Account], object]
_arrivals: list[Arrival] = []


def on_arrival(deed: Arrival) -> Arrival:
    """Declare what else happens when somebody has proved their address and signs in."""
    _arrivals.append(deed)
    return deed


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


def change_account(session: Session, account: Account, *, name: str, language: str) -> None:
    account.name, account.language = name, language
    session.commit()


def change_password(session: Session, account: Account, password: str) -> None:
    """Set or change it; every login ends, also that of whoever knew the old one."""
    account.password_hash = hash_password(password)
    end_access(session, account.id)
    session.commit()


def disable_account(session: Session, account: Account) -> None:
    """Nobody signs in with it any more, and whoever was in is out."""
    account.disabled_at = now()
    end_access(session, account.id)
    session.commit()


def open_login(session: Session, account: Account) -> str:
    """A new login; the token goes into the browser's cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    session.add(
        Login(token_hash=hash_token(token), account_id=account.id, expires_at=now() + LOGIN_LASTS)
    )
    for deed in _arrivals:
        deed(session, account)
    return token


def account_of_login(session: Session, token: str) -> Account | None:
    """Whose login this is, unless it has ended, expired or its account is disabled."""
    return session.scalar(
        select(Account)
        .join(Login, Login.account_id == Account.id)
        .where(Login.token_hash == hash_token(token), Login.expires_at > now())
        .where(Account.disabled_at.is_(None))
    )


def close_login(session: Session, token: str) -> None:
    session.execute(delete(Login).where(Login.token_hash == hash_token(token)))


def close_all_logins(session: Session, account_id: str) -> None:
    """On losing a role; the next request of each browser is nobody's."""
    session.execute(delete(Login).where(Login.account_id == account_id))


def end_access(session: Session, account_id: str) -> None:
    """Every login, and every link that was mailed and not used yet."""
    close_all_logins(session, account_id)
    session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
