"""What participants are told of their registration, and how letters name people."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.languages import isolate, pick
from matchmaker.mails.letters import Link
from matchmaker.mails.services import link_to, one_line
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, recipients, writes
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import Card, find_cards


@recipients
def recipient(session: Session, event_id: str, participant_id: str) -> Recipient | None:
    found = session.get(Participant, (event_id, participant_id))
    if found is None:
        return None
    return Recipient(event_id, found.id, found.shown_name, found.email, found.language, found.state)


def cards_in(session: Session, event_id: str, ids: Sequence[str]) -> dict[str, Card]:
    """Those of these people who may be named to others."""
    return {card.id: card for card in find_cards(session, event_id, ids)}


def named(card: Card) -> str:
    """``Amal Test (Atlas)``, each part in its own direction."""
    name = isolate(one_line(card.name))
    return f"{name} ({isolate(one_line(card.organisation))})" if card.organisation else name


def event_name(event: Event, recipient: Recipient) -> str:
    return one_line(pick(event.names, recipient.language))


@writes("validated")
def validated(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    if recipient.state != "validated":
        return None
    return Passage(
        _("You take part: %(event)s", event=event_name(event, recipient)),
        (
            _("The organisers have confirmed your registration."),
            _("You can now choose whom you want to meet."),
            Link(_("Find people"), link_to("wishes.home", slug=event.slug)),
        ),
    )


@writes("rejected")
def rejected(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    if recipient.state != "rejected":
        return None
    return Passage(
        _("Your registration: %(event)s", event=event_name(event, recipient)),
        (
            _("The organisers have not accepted your registration."),
            _("Write to them if you think that this is a mistake."),
        ),
    )


@writes("no_session")
def no_session(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage:
    return Passage(
        _("Choose your sessions: %(event)s", event=event_name(event, recipient)),
        (
            _(
                "You attend no session yet. No meeting can be planned for you until you say "
                "when you come."
            ),
            Link(_("Choose sessions"), link_to("participants.profile", slug=event.slug)),
        ),
    )
