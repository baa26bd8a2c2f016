"""A colleague added by another one: with an address, or a representative without. Nothing here
commits.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.accounts.links import mail_link
from matchmaker.accounts.services import find_or_add_account
from matchmaker.database import new_id
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.phases import require_open
from matchmaker.participants.models import Participant
from matchmaker.participants.registration import home_path, mail_welcome
from matchmaker.participants.services import (
    Details,
    add_participant,
    find_participant,
    give_consent,
)
from matchmaker.participants.team import colleagues_of, leads

MOST_COLLEAGUES = 100


def add_colleague(
    session: Session,
    event: Event,
    me: Participant,
    details: Details,
    *,
    email: str = "",
    has_agreed: bool = False,
) -> None:
    """Into my team. Whoever has an address gets a link, agrees in person, and stays as they are
    where they are registered already; nothing tells which it was.
    """
    require_open(session, event, "registration")
    if not leads(session, me):
        raise Refusal(_("Only a manager of your team does this."))
    if len(colleagues_of(session, me)) >= MOST_COLLEAGUES:
        raise Refusal(_("Your team is full. Write to the organisers."))
    if email and find_participant(session, event, email=email) is not None:
        mail_link(session, email, home_path(event))
        return
    details["organisation_id"], details["lets_act"] = me.organisation_id, not email
    reference = None if email else f"R-{new_id()[:8]}"
    person = add_participant(session, event, email=email, reference=reference, **details)
    if email:
        account = find_or_add_account(session, email, name=person.name, language=person.language)
        mail_welcome(session, event, account, person)
    elif has_agreed:
        give_consent(session, person, event.consent_version)
