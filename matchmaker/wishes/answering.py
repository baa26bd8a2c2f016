"""Requests answered, questioned and renewed. Every function is one transaction and commits.

Done twice, each is done once: a button may be clicked twice, and in two tabs.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import moment_text
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.phases import require_open
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Remark, Wish
from matchmaker.wishes.permission import require_may_ask
from matchmaker.wishes.requests import hours_of, standing_of
from matchmaker.wishes.services import checked_text, lock_wisher, require_validated
from matchmaker.wishes.telling import tell_asked, tell_of_remark, tell_wisher

MOST_REMARKS = 30


def answer(
    session: Session,
    event: Event,
    asked: Participant,
    wish_id: str,
    *,
    accepts: bool,
    reason: str = "",
) -> Wish:
    """Accept or decline a wish that asked for this person or for their organisation."""
    require_validated(asked)
    wish = _asked_or_refuse(session, event, asked, wish_id)
    if not wish.is_late:
        require_open(session, event, "wishes")
    _require_in_time(session, event, wish)
    state = "accepted" if accepts else "declined"
    if text := checked_text(reason):
        _add_remark(session, wish, asked, text)
    if wish.state != state:
        wish.state, wish.answered_at = state, now()
        tell_wisher(session, event, wish, state, asked)
    session.commit()
    return wish


def settle(session: Session, event: Event, me: Participant, other: Participant) -> Wish:
    """The wish between the two on which a time can be fixed, accepted by that where it is still
    open and mine to answer. Does not commit.
    """
    require_validated(me)
    if other.state != "validated":
        raise Refusal(_("Whoever wished this does not take part any more."))
    lock_wisher(session, me, other)
    theirs, mine = (_wish_of(session, one, two) for one, two in ((other, me), (me, other)))
    if "never" in {wish.grade for wish in (theirs, mine) if wish}:
        raise gone()
    if theirs is not None and theirs.state != "declined":
        if mine is None:
            _require_in_time(session, event, theirs)
        if theirs.state == "open":
            theirs.state, theirs.answered_at = "accepted", now()
        return theirs
    if mine is not None and mine.state == "accepted":
        return mine
    raise Refusal(_("A time can be fixed once the wish is accepted."))


def _wish_of(session: Session, wisher: Participant, wished: Participant) -> Wish | None:
    return session.scalar(
        select(Wish).where(
            Wish.event_id == wisher.event_id, Wish.from_id == wisher.id, Wish.to_id == wished.id
        )
    )


def remark(session: Session, event: Event, author: Participant, wish_id: str, text: str) -> None:
    """Ask the wisher something before answering, or answer that."""
    require_validated(author)
    wish = _found_or_refuse(session, event, author, wish_id)
    if not (text := checked_text(text)):
        raise Refusal(_("Write your question or answer first."))
    if row := _add_remark(session, wish, author, text):
        tell_of_remark(session, event, wish, author, row.id)
    session.commit()


def renew(session: Session, event: Event, wisher: Participant, wish_id: str) -> Wish:
    """Ask again for what was not answered in time."""
    require_open(session, event, "wishes")
    require_validated(wisher)
    wish = session.get(Wish, (event.id, wish_id), with_for_update=True)
    if wish is None or wish.from_id != wisher.id:
        raise gone()
    if standing_of(wish, hours_of(session, event)).state == "expired":
        require_may_ask(session, event, wisher, **target_of(wish))
        wish.asked_at, wish.warned_at = now(), None
        tell_asked(session, event, wish, "request")
    session.commit()
    return wish


def target_of(wish: Wish) -> dict[str, str]:
    if wish.to_id is not None:
        return {"to_id": wish.to_id}
    return {"to_organisation_id": wish.to_organisation_id or ""}


def is_asked(wish: Wish, participant: Participant) -> bool:
    """Whether the wish asks for this person, by name or through the organisation."""
    if wish.from_id == participant.id:
        return False
    by_name = wish.to_id == participant.id
    own = participant.organisation_id
    return by_name or (own is not None and wish.to_organisation_id == own)


def gone() -> Refusal:
    """The same for what never was, is no more, and is somebody else's."""
    return Refusal(_("This wish does not exist any more."))


def _found_or_refuse(session: Session, event: Event, me: Participant, wish_id: str) -> Wish:
    """A wish of mine or for me, held until the commit."""
    wish = session.get(Wish, (event.id, wish_id), with_for_update=True)
    if wish is None or wish.grade == "never":
        raise gone()
    if wish.from_id != me.id and not is_asked(wish, me):
        raise gone()
    return wish


def _asked_or_refuse(session: Session, event: Event, asked: Participant, wish_id: str) -> Wish:
    wish = _found_or_refuse(session, event, asked, wish_id)
    if wish.from_id == asked.id:
        raise gone()
    wisher = session.get_one(Participant, (event.id, wish.from_id))
    if wisher.state != "validated":
        raise Refusal(_("Whoever wished this does not take part any more."))
    return wish


def _add_remark(session: Session, wish: Wish, author: Participant, text: str) -> Remark | None:
    """None where a button was clicked twice."""
    rows = session.scalars(
        select(Remark)
        .where(Remark.event_id == wish.event_id, Remark.wish_id == wish.id)
        .order_by(Remark.created_at.desc(), Remark.id)
    ).all()
    if rows and (rows[0].author_id, rows[0].text) == (author.id, text):
        return None
    if len(rows) >= MOST_REMARKS:
        raise Refusal(_("That is enough for a wish: settle the rest when you meet."))
    row = Remark(event_id=wish.event_id, wish_id=wish.id, author_id=author.id, text=text)
    session.add(row)
    session.flush()
    return row


def _require_in_time(session: Session, event: Event, wish: Wish) -> None:
    standing = standing_of(wish, hours_of(session, event))
    if standing.state == "expired" and standing.until is not None:
        raise Refusal(
            _(
                "This request expired on %(moment)s. If you want to meet, wish it yourself: "
                "choose “top” or “like”.",
                moment=moment_text(standing.until, event.zone, current_language()),
            )
        )
