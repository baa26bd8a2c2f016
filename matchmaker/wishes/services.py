"""Wishes made, changed, taken off. Every function is one transaction and commits."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.phase_words import OVER
from matchmaker.events.phases import require_open, spans_of
from matchmaker.forms import clean_text
from matchmaker.marketplace.models import Entry
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.wishes.about import point_at
from matchmaker.wishes.models import GRADES, Wish
from matchmaker.wishes.permission import require_may_ask
from matchmaker.wishes.telling import tell_asked

LONGEST_MESSAGE = 1000


def grade(
    session: Session,
    event: Event,
    wisher: Participant,
    wished: Participant,
    grade: str | None,
    message: str | None = None,
) -> Wish | None:
    """What a participant says of another (None: nothing any more), within the rules for
    participants. A message of None leaves the one that was written before.
    """
    require_validated(wisher)
    lock_wisher(session, wisher, wished)
    wish = _find(session, wisher, to_id=wished.id)
    late = is_late_or_refused(session, event, wish)
    if wish is None and grade is not None and wished.state != "validated":
        raise Refusal(_("This person does not take part any more. Choose another."))
    if grade == "top" and (wish is None or wish.grade != "top"):
        _require_free_top(session, event, wisher)
    wish = _say(session, event, wisher, wish, grade, message, to_id=wished.id)
    _mark(wish, late)
    if grade in ("top", "like"):
        _take_back_refusal(session, wisher, wished)
    session.commit()
    return wish


def wish_about(session: Session, event: Event, wisher: Participant, entry: Entry) -> Wish:
    """Wish to meet the author of an entry about it; a wish that is there keeps its grade."""
    require_open(session, event, "wishes")
    require_validated(wisher)
    author = session.get_one(Participant, (entry.event_id, entry.author_id))
    lock_wisher(session, wisher, author)
    wish = _find(session, wisher, to_id=entry.author_id)
    if wish is not None and wish.grade == "never":
        raise Refusal(_("You never want to meet this person. Change that first."))
    if wish is None:
        wish = _say(session, event, wisher, None, "like", None, to_id=entry.author_id)
        assert wish is not None
        _take_back_refusal(session, wisher, author)
    point_at(session, wish, entry)
    session.commit()
    return wish


def wish_about_nothing(session: Session, event: Event, wisher: Participant, entry: Entry) -> None:
    """The wish stays and points at nothing any more."""
    require_open(session, event, "wishes")
    wish = _find(session, wisher, to_id=entry.author_id)
    if wish is not None:
        point_at(session, wish, None)
    session.commit()


def wish_organisation(
    session: Session,
    event: Event,
    wisher: Participant,
    organisation: Organisation,
    grade: str | None,
    message: str | None = None,
) -> Wish | None:
    """The same of any of an organisation's people."""
    require_validated(wisher)
    lock_wisher(session, wisher)
    wish = _find(session, wisher, to_organisation_id=organisation.id)
    late = is_late_or_refused(session, event, wish)
    if grade == "top" and (wish is None or wish.grade != "top"):
        _require_free_top(session, event, wisher)
    wish = _say(session, event, wisher, wish, grade, message, to_organisation_id=organisation.id)
    _mark(wish, late)
    session.commit()
    return wish


def is_late_or_refused(session: Session, event: Event, wish: Wish | None) -> bool:
    """After wishes have closed new ones are late, and may be changed; what was said in time
    stands, as the organisers count on it.
    """
    span = spans_of(session, event)["wishes"]
    if span.is_open:
        return False
    if span.state != OVER or not (wish is None or wish.is_late):
        require_open(session, event, "wishes")
    return True


def _mark(wish: Wish | None, late: bool) -> None:
    if wish is not None:
        wish.is_late = late and wish.grade != "never"


def enter_wish(
    session: Session,
    wisher: Participant,
    wished: Participant | Organisation,
    grade: str | None,
    message: str | None = None,
) -> Wish | None:
    """What an organiser enters for somebody: at any time and beyond the limit of tops."""
    wish = _enter(session, wisher, wished, grade, message)
    session.commit()
    return wish


def enter_wishes(session: Session, wishes: Iterable[tuple[Participant, Participant, str]]) -> None:
    """Many of them, all or none: wisher, wished and grade, in the order that they shall have."""
    for wisher, wished, grade in wishes:
        _enter(session, wisher, wished, grade, None)
    session.commit()


def _enter(
    session: Session,
    wisher: Participant,
    wished: Participant | Organisation,
    grade: str | None,
    message: str | None,
) -> Wish | None:
    lock_wisher(session, wisher)
    target = (
        {"to_id": wished.id}
        if isinstance(wished, Participant)
        else {"to_organisation_id": wished.id}
    )
    return _put(session, wisher, _find(session, wisher, **target), grade, message, **target)


def remove_wish(session: Session, wish: Wish) -> None:
    """Taken out by an organiser."""
    session.delete(wish)
    session.commit()


def lock_wisher(session: Session, wisher: Participant, *asked: Participant) -> None:
    """One change of a person's wishes at a time, and of those for them: limits are counted, then
    used.

    SQLite has one writer anyway; PostgreSQL holds the people's rows until the commit, always
    taken in the same order.
    """
    ids = [person.id for person in (wisher, *asked)]
    session.execute(
        select(Participant.id)
        .where(Participant.event_id == wisher.event_id, Participant.id.in_(ids))
        .order_by(Participant.id)
        .with_for_update()
    )


def count_tops(session: Session, wisher: Participant) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Wish)
            .where(Wish.event_id == wisher.event_id, Wish.from_id == wisher.id)
            .where(Wish.grade == "top")
        )
        or 0
    )


def require_validated(wisher: Participant) -> None:
    if wisher.state != "validated":
        raise Refusal(_("The organisers have not confirmed your registration yet."))


def _require_free_top(session: Session, event: Event, wisher: Participant) -> None:
    if count_tops(session, wisher) >= event.top_limit:
        raise Refusal(
            ngettext(
                "Only %(num)s wish can be a top wish. Change it to a like first.",
                "Only %(num)s wishes can be top wishes. Change one of them to a like first.",
                event.top_limit,
            )
        )


def _find(session: Session, wisher: Participant, **target: str) -> Wish | None:
    return session.scalar(
        select(Wish).filter_by(event_id=wisher.event_id, from_id=wisher.id, **target)
    )


def _say(
    session: Session,
    event: Event,
    wisher: Participant,
    wish: Wish | None,
    grade: str | None,
    message: str | None,
    **target: str,
) -> Wish | None:
    """Like :func:`_put`, and whoever is asked is told."""
    asked_before = wish is not None and wish.grade != "never"
    asks = grade is not None and grade != "never"
    if asks and not asked_before:
        require_may_ask(session, event, wisher, **target)
    if wish is not None and asked_before and not asks and wish.state == "accepted":
        tell_asked(session, event, wish, "taken_back")
    wish = _put(session, wisher, wish, grade, message, **target)
    if wish is not None and asks and not asked_before:
        wish.asked_at = now()
        tell_asked(session, event, wish, "request")
    return wish


def _put(
    session: Session,
    wisher: Participant,
    wish: Wish | None,
    grade: str | None,
    message: str | None,
    **target: str,
) -> Wish | None:
    """Add, change or remove the wish; the caller holds the lock."""
    _check(wisher, grade, target)
    message = None if message is None else checked_text(message)
    if grade is None:
        if wish is not None:
            session.delete(wish)
        return None
    if wish is None:
        wish = Wish(event_id=wisher.event_id, from_id=wisher.id, **target)
        wish.position = _next_position(session, wisher.event_id)
    if wish.grade != grade:  # after all others
        wish.rank = _last_rank(session, wisher) + 1
    wish.grade = grade
    session.add(wish)
    if message is not None:
        wish.message = message
    session.flush()
    if grade == "never":
        point_at(session, wish, None)
    return wish


def _check(wisher: Participant, grade: str | None, target: dict[str, str]) -> None:
    if grade is not None and grade not in GRADES:
        raise Refusal(_("A grade is top, like or never."))
    if target.get("to_id") == wisher.id:
        raise Refusal(_("Nobody meets themselves. Choose another person."))
    own = wisher.organisation_id
    if grade is not None and own is not None and target.get("to_organisation_id") == own:
        raise Refusal(_("This is the own organisation. Choose another."))


def _next_position(session: Session, event_id: str) -> int:
    last = session.scalar(select(func.max(Wish.position)).where(Wish.event_id == event_id))
    return (last or 0) + 1


def checked_text(text: str) -> str:
    """What people write to each other, without surrounding space."""
    text = str(clean_text(text))
    if len(text) > LONGEST_MESSAGE:
        raise Refusal(
            _("A message has at most %(most)s characters. Shorten it.", most=LONGEST_MESSAGE)
        )
    return text


def _last_rank(session: Session, wisher: Participant) -> int:
    own = Wish.event_id == wisher.event_id, Wish.from_id == wisher.id
    return session.scalar(select(func.max(Wish.rank)).where(*own)) or 0


def _take_back_refusal(session: Session, wisher: Participant, wished: Participant) -> None:
    """Who wishes for somebody whose wish they declined has changed their mind."""
    incoming = _find(session, wished, to_id=wisher.id)
    if incoming is not None and incoming.state == "declined":
        incoming.state, incoming.answered_at = "accepted", now()
