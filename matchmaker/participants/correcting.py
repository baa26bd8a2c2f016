"""The address of a registration that was just finished: told, written to again, put right."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.accounts.links import mail_link
from matchmaker.accounts.services import email_key, find_or_add_account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.mails.services import cancel
from matchmaker.participants.finishing import finish_registration
from matchmaker.participants.models import Participant, Registration
from matchmaker.participants.registration import home_path, mail_welcome
from matchmaker.participants.services import (
    find_participant,
    first_state,
    rename_key,
    withdraw,
)


def address_of(session: Session, draft: Registration) -> str:
    """To which the link was mailed."""
    if said := draft.said.get("person"):
        return str(said["email"])
    made = _made(session, draft)
    return made.email if made else ""


def write_again(session: Session, event: Event, draft: Registration) -> None:
    """One more link. Commits."""
    mail_link(session, address_of(session, draft), home_path(event))


def correct_address(session: Session, event: Event, draft: Registration, address: str) -> None:
    """The same registration under another address; whether either was known stays unsaid.
    The caller commits.
    """
    session.refresh(draft, with_for_update=True)
    made = _made(session, draft)
    if email_key(address) == email_key(address_of(session, draft)):
        mail_link(session, address, home_path(event))
    elif made is None:
        person = {**draft.said["person"], "email": address}
        draft.said, draft.email_key = {**draft.said, "person": person}, email_key(address)
        draft.finished_at = None
        session.flush()
        finish_registration(session, event, draft, None)
    elif made.account_id is not None:
        raise Refusal(_("The link was opened already. Sign in with the address as it is."))
    else:
        _move(session, event, draft, made, address)


def _move(
    session: Session, event: Event, draft: Registration, made: Participant, address: str
) -> None:
    cancel(session, event_id=event.id, address=made.email)
    if find_participant(session, event, email=address) is not None:
        withdraw(session, made)  # somebody registered under the right address before
        draft.said = {"person": {"email": address}}
        mail_link(session, address, home_path(event))
        return
    draft.said = {}
    rename_key(session, made, email=address, reference=made.reference)
    made.state = first_state(session, event, made.type_code)
    account = find_or_add_account(session, address, name=made.name, language=made.language)
    mail_welcome(session, event, account, made)


def _made(session: Session, draft: Registration) -> Participant | None:
    if draft.participant_id is None:
        return None
    return session.get(Participant, (draft.event_id, draft.participant_id))
