"""Everything about one person, handed out or taken away.

Found by walking the schema: what refers to the account, to a participant of it, or carries its
address. A new table is covered by its foreign keys, not by somebody's memory.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Table, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.catalogue.services import remove_bookmarks
from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import Membership
from matchmaker.journal.services import note
from matchmaker.mails.models import Mail
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.services import remove_entries
from matchmaker.notices.services import forget
from matchmaker.participants.models import Participant, new_secret
from matchmaker.participants.naming import erased_reference
from matchmaker.wishes.models import Remark, Wish

SECRET = {"password_hash", "token_hash", "agenda_secret", "body", "html", "stop_url"}
Rows = list[dict[str, Any]]


def collect(session: Session, account: Account) -> dict[str, Rows]:
    """The rows of every table that say something about this person, without secrets."""
    people = _people(session, account)
    found: dict[str, Rows] = {}
    for table in Base.metadata.sorted_tables:
        owned = _owned(table, account, [(person.event_id, person.id) for person in people])
        rows = session.execute(select(table).where(or_(*owned))).mappings() if owned else ()
        if listed := [_plain(row) for row in rows]:
            found[table.name] = listed
    return found


def erase(session: Session, account: Account) -> None:
    """Take the person away and leave what other people's schedules stand on: an empty row
    where somebody was. Commits.
    """
    _refuse_last_organiser(session, account)
    for person in _people(session, account):
        _empty(session, person)
    session.execute(delete(Mail).where(func.lower(Mail.address) == account.email.lower()))
    session.delete(account)
    session.commit()


def _people(session: Session, account: Account) -> list[Participant]:
    entered = Participant.account_id.is_(None) & (Participant.email_key == account.email_key)
    mine = select(Participant).where(or_(Participant.account_id == account.id, entered))
    return list(session.scalars(mine))


def _owned(
    table: Table, account: Account, people: list[tuple[str, str]]
) -> list[ColumnElement[bool]]:
    """The conditions under which a row of this table is the person's."""
    owned: list[ColumnElement[bool]] = []
    if table.name in {"account", "mail"}:
        column = table.c.id if table.name == "account" else func.lower(table.c.address)
        owned.append(column == (account.id if table.name == "account" else account.email.lower()))
    if table.name == "participant":
        owned.append(tuple_(table.c.event_id, table.c.id).in_(people))
    for key in table.foreign_key_constraints:
        target, columns = key.referred_table.name, list(key.columns)
        if target == "account":
            owned.append(columns[0] == account.id)
        elif target == "entry" and table.name == "entry_term":
            mine = tuple_(Entry.event_id, Entry.author_id).in_(people)
            owned.append(tuple_(*columns).in_(select(Entry.event_id, Entry.id).where(mine)))
        elif target in {"participant", "participant_seat"} and columns[1].name != "to_id":
            owned.append(tuple_(columns[0], columns[1]).in_(people))
    return owned


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | time | datetime) else value
        for name, value in row.items()
        if name not in SECRET
    }


def _refuse_last_organiser(session: Session, account: Account) -> None:
    mine = select(Membership.event_id).where(
        Membership.account_id == account.id, Membership.role == "organiser"
    )
    for event_id in session.scalars(mine).all():
        others = select(func.count()).where(
            Membership.event_id == event_id,
            Membership.role == "organiser",
            Membership.account_id != account.id,
        )
        if not session.scalar(others):
            raise Refusal(
                _(
                    "You are the only organiser of an event. Add another organiser to its team "
                    "first, then delete your account."
                )
            )


def _empty(session: Session, person: Participant) -> None:
    person.reference = erased_reference(person.id)
    person.email, person.email_key, person.account_id = "", None, None
    person.first_name = person.last_name = person.job = person.phone = ""
    person.imported, person.spoken = {}, []
    person.consent_version = person.consent_at = None
    person.agenda_secret, person.state = new_secret(), "withdrawn"
    session.execute(
        update(Wish)
        .where(Wish.event_id == person.event_id, Wish.from_id == person.id)
        .values(message="", imported={})
    )
    remove_entries(session, person)
    forget(session, person.event_id, person.id)
    remove_bookmarks(session, person)
    own = Remark.event_id == person.event_id, Remark.author_id == person.id
    session.execute(delete(Remark).where(*own))
    note(session, person.event_id, "erased", "participant", person.id)
