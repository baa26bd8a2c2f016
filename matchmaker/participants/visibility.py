"""Who sees what of a person: field by field, in words, and what the person decides of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.participants.models import Participant
from matchmaker.participants.services import update


@dataclass(frozen=True)
class Seen:
    """One thing that is kept about a person, and who sees it."""

    what: str
    by: str


def who_sees(person: Participant) -> list[Seen]:
    """As it is now: the answer follows the consent and the choices of the person."""
    everybody = (
        _("The confirmed participants, and the agendas of those whom you meet")
        if person.consent_version
        else _("Those whom you meet, and the organisers")
    )
    partners = _("Those with whom a meeting is published, and the organisers")
    organisers = _("The organisers alone")
    seen = [
        Seen(_("Name, position, organisation, languages"), everybody),
        Seen(_("Profile of the organisation, and marketplace entries"), everybody),
        Seen(_("E-mail address"), partners if person.shares_email else organisers),
        Seen(_("Telephone"), partners if person.shares_phone else organisers),
        Seen(_("When you take part, and your absences"), organisers),
        Seen(_("Whom you wish to meet"), _("That person, and the organisers")),
        Seen(_("Whom you never want to meet"), organisers),
        Seen(_("Bookmarks"), _("You, and whoever acts for you")),
        Seen(_("Notes on meetings"), _("You alone")),
        Seen(_("Answers to the organisers’ questions"), organisers),
    ]
    return [*seen, *_seen_by_leader()] if person.delegation_id else seen


def _seen_by_leader() -> list[Seen]:
    """Of somebody whom a delegation brings."""
    return [
        Seen(
            _(
                "How far your registration is, how many you wish to meet, "
                "and your published meetings"
            ),
            _("Whoever looks after your delegation, and the organisers"),
        )
    ]


def share_contact(
    session: Session, person: Participant, *, phone: str, email_shown: bool, phone_shown: bool
) -> None:
    """The telephone, and whether partners of published meetings see it and the address."""
    update(session, person, phone=phone, shares_email=email_shown, shares_phone=phone_shown)
