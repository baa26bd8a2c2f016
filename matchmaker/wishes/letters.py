"""What participants are told of wishes. ``about``: ``wish``, and ``person``, who did it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.languages import colon
from matchmaker.mails.letters import Block, Items, Link
from matchmaker.mails.services import link_to, one_line
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.participants.letters import cards_in, named
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish
from matchmaker.wishes.queries import incoming_wishes, own_wishes
from matchmaker.wishes.requests import standings_of


@writes("request")
def request(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """Wishes that still wait for an answer, and what they say."""
    asked = {notice.about["wish"] for notice in notices}
    found = [row for row in _open_for(session, recipient) if row[0].id in asked]
    if not found:
        return None
    lines = [_with_message(text, wish.message, recipient.language) for wish, text in found]
    return Passage(
        ngettext(
            "%(num)s person wishes to meet you",
            "%(num)s people wish to meet you",
            len(found),
        ),
        (Items(tuple(lines)), _answer_link(event)),
    )


@writes("undecided")
def undecided(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    found = _open_for(session, recipient)
    if not found:
        return None
    return Passage(
        ngettext(
            "%(num)s person waits for your answer",
            "%(num)s people wait for your answer",
            len(found),
        ),
        (
            _("Accept or decline their wish, so that they can plan."),
            Items(tuple(text for _wish, text in found)),
            _answer_link(event),
        ),
    )


@writes("expiring")
def expiring(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    asked = {notice.about["wish"] for notice in notices}
    lines = [text for wish, text in _open_for(session, recipient) if wish.id in asked]
    if not lines:
        return None
    return Passage(
        ngettext(
            "%(num)s wish for you is about to lapse",
            "%(num)s wishes for you are about to lapse",
            len(lines),
        ),
        (_("After that it counts as not answered."), Items(tuple(lines)), _answer_link(event)),
    )


@writes("accepted")
def accepted(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    names = _still(session, event, recipient, notices, "accepted")
    if not names:
        return None
    return Passage(
        ngettext(
            "%(num)s person has accepted your wish",
            "%(num)s people have accepted your wish",
            len(names),
        ),
        (Items(tuple(names)), _mine_link(event)),
    )


@writes("declined")
def declined(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    names = _still(session, event, recipient, notices, "declined")
    if not names:
        return None
    return Passage(
        ngettext(
            "%(num)s person is not available for a meeting",
            "%(num)s people are not available for a meeting",
            len(names),
        ),
        (Items(tuple(names)), _mine_link(event)),
    )


@writes("asked_back")
def asked_back(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """Whoever asked; the question itself stands on the page."""
    names = _people(session, event, notices)
    if not names:
        return None
    return Passage(
        ngettext(
            "%(num)s person asks you something about your wish",
            "%(num)s people ask you something about your wish",
            len(names),
        ),
        (Items(tuple(names)), Link(_("Read and answer"), link_to("wishes.mine", slug=event.slug))),
    )


@writes("answered_back")
def answered_back(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    names = _people(session, event, notices)
    if not names:
        return None
    return Passage(
        ngettext(
            "%(num)s person has answered your question",
            "%(num)s people have answered your question",
            len(names),
        ),
        (Items(tuple(names)), _answer_link(event)),
    )


@writes("taken_back")
def taken_back(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    names = _people(session, event, notices)
    if not names:
        return None
    return Passage(
        ngettext(
            "%(num)s person does not ask for a meeting any more",
            "%(num)s people do not ask for a meeting any more",
            len(names),
        ),
        (Items(tuple(names)), _mine_link(event)),
    )


def _open_for(session: Session, recipient: Recipient) -> list[tuple[Wish, str]]:
    """Wishes that wait for this person's answer, with who made them, as the page lists them."""
    me = session.get_one(Participant, (recipient.event_id, recipient.id))
    event = session.get_one(Event, recipient.event_id)
    incoming = incoming_wishes(session, me)
    standings = standings_of(session, event, own_wishes(session, me), incoming)
    return [
        (item.wish, named(item.card))
        for item in incoming
        if standings[item.wish.id].state == "open"
    ]


def _still(
    session: Session,
    event: Event,
    recipient: Recipient,
    notices: Sequence[Notice],
    state: str,
) -> list[str]:
    """Who answered this person's wishes so, and has not answered otherwise since."""
    ids = {notice.about["wish"] for notice in notices}
    standing = set(
        session.scalars(
            select(Wish.id).where(
                Wish.event_id == event.id,
                Wish.id.in_(ids),
                Wish.state == state,
                Wish.from_id == recipient.id,
            )
        )
    )
    return _people(session, event, [row for row in notices if row.about["wish"] in standing])


def _people(session: Session, event: Event, notices: Sequence[Notice]) -> list[str]:
    ids = list(dict.fromkeys(notice.about["person"] for notice in notices))
    cards = cards_in(session, event.id, ids)
    return [named(cards[person]) for person in ids if person in cards]


def _with_message(text: str, message: str, language: str) -> str:
    return text + colon(language) + one_line(message) if message.strip() else text


def _answer_link(event: Event) -> Block:
    return Link(_("Answer"), link_to("wishes.mine", slug=event.slug, _anchor="incoming"))


def _mine_link(event: Event) -> Block:
    return Link(_("My wishes"), link_to("wishes.mine", slug=event.slug))
