"""The participant's own side of an event."""

from __future__ import annotations

from flask import abort, g, session
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from matchmaker.accounts.access import Arguments, policy, require_account
from matchmaker.accounts.links import address_book
from matchmaker.database import db
from matchmaker.events.access import open_event_or_404
from matchmaker.events.models import Event
from matchmaker.events.queries import may_help_at
from matchmaker.participants.models import Participant
from matchmaker.participants.team import TAKING_PART, may_act_for

ACTS_FOR = "acts_for"  # event → colleague, in the browser's session
ORGANISES_FOR = "organises_for"  # event → participant, for whom an organiser acts


def own_participant_or_404(event: Event) -> Participant:
    """The signed-in account's participant at this event: connected, or entered by an organiser
    under the address that this account has proved.
    """
    account = require_account()
    entered = and_(Participant.account_id.is_(None), Participant.email_key == account.email_key)
    participant = db.session.scalar(
        select(Participant)
        .where(Participant.event_id == event.id)
        .where(or_(Participant.account_id == account.id, entered))
        .order_by(Participant.created_at)
    )
    return participant or abort(404)


@address_book
def language_of_invited(database: Session, email_key: str) -> str | None:
    """Whom an organiser entered can ask for a sign-in link at once."""
    return database.scalar(
        select(Participant.language)
        .where(Participant.email_key == email_key)
        .where(Participant.state.in_(("registered", "validated")))
        .limit(1)
    )


def _load_me(arguments: Arguments) -> None:
    g.event = open_event_or_404(arguments["slug"])
    if (person := _acted_for_by_organiser(g.event)) is not None:
        g.own, g.me = None, person
        return
    g.own = g.me = own_participant_or_404(g.event)
    if other := session.get(ACTS_FOR, {}).get(g.event.id):
        colleague = db.session.get(Participant, (g.event.id, other))
        if colleague is not None and may_act_for(g.own, colleague):
            g.me = colleague


def _acted_for_by_organiser(event: Event) -> Participant | None:
    """For whom the signed-in organiser acts in this browser; nobody, once the role is gone."""
    wanted = session.get(ORGANISES_FOR, {}).get(event.id)
    if not wanted or not may_help_at(db.session, event.id, require_account().id):
        return None
    person = db.session.get(Participant, (event.id, wanted))
    return person if person is not None and person.state in TAKING_PART else None


def act_as_organiser(person: Participant) -> None:
    """From now on, in this browser, the pages of the event are this participant's."""
    stop_acting_as_organiser(person.event_id)
    session[ORGANISES_FOR] |= {person.event_id: person.id}


def stop_acting_as_organiser(event_id: str) -> None:
    others = {id_: who for id_, who in session.get(ORGANISES_FOR, {}).items() if id_ != event_id}
    session[ORGANISES_FOR] = others


def act_for(colleague: Participant | None) -> None:
    """From now on, in this browser, the pages of the event are the colleague's; or one's own."""
    others = {id_: who for id_, who in session.get(ACTS_FOR, {}).items() if id_ != g.event.id}
    session[ACTS_FOR] = others | ({g.event.id: colleague.id} if colleague else {})


# Routes with <slug>. The view finds g.event; g.own, who has signed in; and g.me, whose pages they
# are: one's own, or those of a colleague for whom one acts. g.own is None for an organiser who
# acts for g.me.
participant = policy("participant", _load_me)


def _load_myself(arguments: Arguments) -> None:
    _load_me(arguments)
    if g.own is None:
        abort(404)


# The same for what nobody from outside does in somebody's name: a team's pages, notes.
oneself = policy("oneself", _load_myself)
