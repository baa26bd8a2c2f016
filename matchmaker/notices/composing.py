"""From notices to mails: one per person and moment, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.looks.dressing import dressed
from matchmaker.mails.letters import Block, Heading, Letter, Link
from matchmaker.mails.services import link_to, one_line, post
from matchmaker.notices.kinds import KINDS
from matchmaker.notices.models import Notice
from matchmaker.notices.queries import Key, due_people, waiting_for
from matchmaker.notices.services import stopped_by
from matchmaker.notices.tickets import ticket_for
from matchmaker.notices.writing import Passage, Recipient, recipient_of, writer_of

BATCH = 200
AGAIN_AFTER = timedelta(hours=1)
SAID_BY = {"undecided": "request"}  # a reminder beside the thing itself says nothing more
log = structlog.get_logger()


def compose_due(session: Session) -> int:
    """Write to everybody who has to be told something; return how many mails. Commits each."""
    written = 0
    while people := due_people(session, now(), BATCH):
        session.rollback()
        written += sum(_compose_safely(session, key) for key in people)
    session.rollback()
    return written


def _compose_safely(session: Session, key: Key) -> bool:
    """What cannot be written now stops nobody else, and is tried again later."""
    try:
        written = compose(session, key)
        session.commit()
    except Exception:
        session.rollback()
        log.exception("notice.failed", participant=key[1])
        _put_off(session, key)
        return False
    return written


def _put_off(session: Session, key: Key) -> None:
    session.execute(
        update(Notice)
        .where(Notice.event_id == key[0], Notice.participant_id == key[1])
        .where(Notice.state == "waiting", Notice.due_at <= now())
        .values(due_at=now() + AGAIN_AFTER)
    )
    session.commit()


def compose(session: Session, key: Key) -> bool:
    """One person's mail, in the caller's transaction; whether there was anything to tell."""
    notices = waiting_for(session, key, now())
    event = session.get_one(Event, key[0])
    recipient = recipient_of(session, *key)
    wanted = _wanted(session, recipient, notices)
    passages: dict[str, Passage] = {}
    if recipient is not None:
        with speak(recipient.language):
            passages = _passages(session, event, recipient, wanted)
            mail_id = _post(session, event, recipient, notices, passages) if passages else None
    for notice in notices:
        told = notice.kind in passages
        notice.state, notice.mail_id = ("posted", mail_id) if told else ("dropped", None)
    session.flush()
    return bool(passages)


def _wanted(
    session: Session, recipient: Recipient | None, notices: Sequence[Notice]
) -> list[Notice]:
    """Nothing for who has left, has no address, or stopped it."""
    if recipient is None or not recipient.email or recipient.state == "withdrawn":
        return []
    stopped = stopped_by(session, recipient.event_id, recipient.id)
    return [notice for notice in notices if notice.kind not in stopped]


def _passages(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> dict[str, Passage]:
    """By kind, in the order in which kinds are listed."""
    found: dict[str, Passage] = {}
    for kind in KINDS:
        of_kind = [notice for notice in notices if notice.kind == kind]
        is_said = SAID_BY.get(kind) in found
        if (
            of_kind
            and not is_said
            and (passage := writer_of(kind)(session, event, recipient, of_kind))
        ):
            found[kind] = passage
    return found


def _post(
    session: Session,
    event: Event,
    recipient: Recipient,
    notices: Sequence[Notice],
    passages: Mapping[str, Passage],
) -> str:
    stoppable = [kind for kind in passages if KINDS[kind].may_be_stopped]
    ticket = ticket_for(recipient, stoppable)
    told = next(notice for notice in notices if notice.kind in passages)
    letter = letter_of(event, recipient, list(passages.values()), ticket if stoppable else "")
    return post(
        session,
        address=recipient.email,
        language=recipient.language,
        letter=dressed(session, event, letter, recipient.language),
        event_id=event.id,
        cause=f"notice:{event.id}:{told.id}",
        reply_to=event.contact_email,
        sender_name=pick(event.names, recipient.language),
        stop_url=link_to("notices.one_click", ticket=ticket) if stoppable else "",
        enclosure=next((dict(p.enclosure) for p in passages.values() if p.enclosure), None),
    )


def letter_of(
    event: Event, recipient: Recipient, passages: Sequence[Passage], ticket: str
) -> Letter:
    """The whole mail; without a ticket nothing in it can be stopped."""
    name = one_line(pick(event.names, recipient.language))
    blocks: list[Block] = [_("Dear %(name)s,", name=recipient.name)]
    for passage in passages:
        blocks += [Heading(passage.subject)] if len(passages) > 1 else []
        blocks += passage.blocks
    subject = passages[0].subject
    if len(passages) > 1:
        subject = _("News from %(event)s", event=name)
    foot: list[str | Link] = [
        _("You get this mail because you take part in “%(event)s”.", event=name)
    ]
    if ticket:
        foot.append(Link(_("No more mails of this kind"), link_to("notices.choose", ticket=ticket)))
    return Letter(subject, tuple(blocks), tuple(foot))
