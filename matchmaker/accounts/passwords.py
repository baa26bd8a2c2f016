"""Passwords: hashed with Argon2, compared at the same cost for unknown addresses, and tried
only a few times per address. Never counted per network: a venue's Wi-Fi is one.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account, PasswordTries
from matchmaker.database import now

MOST_TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
SHORTEST, LONGEST = 12, 200
# OWASP's second choice: 19 MiB, so that a hall full of people who sign in fits into memory.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    return hasher.hash(password)


def usable_hash(account: Account | None) -> str | None:
    """What to compare with; None where nobody can sign in by password."""
    return account.password_hash if account and account.disabled_at is None else None


def verify(stored: str | None, password: str) -> bool:
    """Whether it is the password; takes as long where there is none to compare with."""
    try:
        return hasher.verify(stored or _nobodys_hash(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def may_try(session: Session, email_key: str) -> bool:
    """Count a try, atomically and for good, before the password is looked at; whether it is
    still one of the first few. Commits, so that nothing is held while the hash is computed.
    """
    start = now() - TRIES_WITHIN
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = PasswordTries.since > start
    statement = insert(PasswordTries).values(key_hash=_key(email_key), count=1, since=now())
    count = session.scalar(
        statement.on_conflict_do_update(
            index_elements=["key_hash"],
            set_={
                "count": case((fresh, PasswordTries.count + 1), else_=1),
                "since": case((fresh, PasswordTries.since), else_=now()),
            },
        ).returning(PasswordTries.count)
    )
    session.execute(delete(PasswordTries).where(PasswordTries.since <= start))
    session.commit()
    return (count or 0) <= MOST_TRIES


def forget_tries(session: Session, email_key: str) -> None:
    session.execute(delete(PasswordTries).where(PasswordTries.key_hash == _key(email_key)))


def _key(email_key: str) -> str:
    return hashlib.sha256(email_key.encode()).hexdigest()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hasher.hash("the password of nobody")
