"""People taken away: what is left is what other people's schedules stand on.

Found by walking the schema, too: a row that refers to the person goes, unless its table is kept.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import JSON, Table, Text, delete, func, or_, select, update
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Base
from matchmaker.errors import Refusal
from matchmaker.events.models import Membership
from matchmaker.journal.services import note
from matchmaker.mails.models import Mail
from matchmaker.participants.models import Participant, Registration, new_secret
from matchmaker.participants.naming import erased_reference
from matchmaker.privacy.collecting import Keys, people_of, rows_of_people

# What stays of a person, as ids without a text: schedules and the other side's list need it.
KEPT = {"participant", "participant_seat", "person_booking", "wish"}


def erase(session: Session, account: Account) -> None:
    """Take the person away everywhere: an empty row where somebody was. Commits."""
    _refuse_last_owner(session, account)
    empty_people(session, people_of(session, account))
    session.execute(delete(Registration).where(Registration.email_key == account.email_key))
    session.execute(delete(Mail).where(func.lower(Mail.address) == account.email.lower()))
    session.delete(account)
    session.commit()


def empty_people(session: Session, people: list[Participant]) -> None:
    """Make these participants rows without a person, and delete what hangs on them."""
    session.flush()
    keys = [(person.event_id, person.id) for person in people]
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT and (owned := rows_of_people(table, keys, also_about=True)):
            session.execute(delete(table).where(or_(*owned)))
    _silence_wishes(session, keys)
    for person in people:
        _empty(person)
        note(session, person.event_id, "erased", "participant", person.id)


def _silence_wishes(session: Session, keys: Keys) -> None:
    """The wishes stay, without a word of anybody."""
    table = Base.metadata.tables["wish"]
    mine = or_(*rows_of_people(table, keys))
    session.execute(update(table).where(mine).values(_without_texts(table)))


def _without_texts(table: Table) -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for column in table.columns:
        if isinstance(column.type, Text):
            texts[column.name] = ""
        elif isinstance(column.type, JSON):
            texts[column.name] = {}
    return texts


def _empty(person: Participant) -> None:
    person.reference = erased_reference(person.id)
    person.email, person.email_key, person.account_id = "", None, None
    person.first_name = person.last_name = person.job = person.phone = ""
    person.imported, person.spoken = {}, []
    person.consent_version = person.consent_at = None
    person.agenda_secret, person.state = new_secret(), "withdrawn"


def _refuse_last_owner(session: Session, account: Account) -> None:
    mine = select(Membership.event_id).where(
        Membership.account_id == account.id, Membership.role == "owner"
    )
    for event_id in session.scalars(mine).all():
        others = select(func.count()).where(
            Membership.event_id == event_id,
            Membership.role == "owner",
            Membership.account_id != account.id,
        )
        if not session.scalar(others):
            raise Refusal(
                _(
                    "You are the only owner of an event. Make somebody else of its team an owner "
                    "first, then delete your account."
                )
            )
