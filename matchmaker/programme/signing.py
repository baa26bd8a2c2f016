"""Signing up and leaving. Nothing here commits.

Whoever takes or frees a place holds the item until the transaction ends: of two who want the last
place, the second finds it taken and waits. Who no longer takes part loses the place when somebody
else can have it, and not before.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import wall_now
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.languages import isolate, pick
from matchmaker.participants.models import Participant
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.queries import attended, overlap, types_by_item
from matchmaker.programme.telling import tell


def sign_up(session: Session, event: Event, item_id: str, person: Participant) -> str:
    """Whether the person now attends or waits for a place."""
    item = hold(session, event, item_id, person)
    if refusal := why_not(session, event, item, person):
        raise Refusal(refusal)
    return _join(session, event, item, person)


def leave(session: Session, event: Event, item_id: str, person: Participant) -> None:
    """The place is free for whoever waits longest."""
    item = hold(session, event, item_id, person)
    if item.starts_at <= wall_now(event.zone):
        raise Refusal(_("This has begun already."))
    _go(session, event, item, person)


def put_down(session: Session, event: Event, item_id: str, person: Participant) -> None:
    """An organiser signs somebody up, whatever their type, who is told."""
    item = hold(session, event, item_id, person)
    _refuse_not_confirmed(person)
    _refuse_not_for_signing(item)
    _refuse_twice(session, item, person)
    if _standing(session, item, person) == "attends":
        return
    if _room(session, item) == 0:
        raise Refusal(
            _("All %(places)s places are taken: give it more places first.", places=item.places)
        )
    _set(session, item, person.id, "attends")
    tell(session, event, item, [person.id], "added")


def strike_out(session: Session, event: Event, item_id: str, person: Participant) -> None:
    """An organiser takes somebody out, who is told."""
    item = hold(session, event, item_id, person)
    if _standing(session, item, person) != "left":
        _go(session, event, item, person)
        tell(session, event, item, [person.id], "removed")


def hold(
    session: Session, event: Event, item_id: str, person: Participant | None = None
) -> ProgrammeItem:
    """The item, which nobody else changes until this transaction ends; and the person, who does
    not sign up for something else meanwhile.
    """
    if person is not None:
        session.execute(
            select(Participant.id)
            .where(Participant.event_id == event.id, Participant.id == person.id)
            .with_for_update(key_share=True)
        )
        session.refresh(person, ["state", "type_code"])
    item = session.scalar(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.id == item_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if item is None or item.cancelled_at is not None:
        raise Refusal(_("This does not take place any more."))
    return item


def why_not(session: Session, event: Event, item: ProgrammeItem, person: Participant) -> str:
    """Why somebody cannot sign up, in a sentence; nothing where they can."""
    try:
        _refuse_not_confirmed(person)
        _refuse_not_for_signing(item)
        types = types_by_item(session, event.id).get(item.id)
        if types and person.type_code not in types:
            raise Refusal(_("This is for other types of participation than yours."))
        if item.starts_at <= wall_now(event.zone):
            raise Refusal(_("This has begun already."))
        _refuse_twice(session, item, person)
    except Refusal as refusal:
        return str(refusal)
    return ""


def fill(session: Session, event: Event, item: ProgrammeItem) -> list[str]:
    """Those who wait move up while there is room, and are told; the item is held."""
    if item.attendance != "sign_up" or item.starts_at <= wall_now(event.zone):
        return []
    moved: list[str] = []
    for row in _rows(session, item, "waits"):
        person = session.get_one(Participant, (item.event_id, row.participant_id))
        if _room(session, item) == 0:
            break
        if person.state == "validated" and _clash(session, item, person) is None:
            _set(session, item, person.id, "attends")
            moved.append(person.id)
    tell(session, event, item, moved, "placed")
    return moved


def _join(session: Session, event: Event, item: ProgrammeItem, person: Participant) -> str:
    standing = _standing(session, item, person)
    if standing != "left":
        return standing
    fill(session, event, item)
    state = "waits" if _room(session, item) == 0 else "attends"
    _set(session, item, person.id, state)
    return state


def _go(session: Session, event: Event, item: ProgrammeItem, person: Participant) -> None:
    if _standing(session, item, person) != "left":
        _set(session, item, person.id, "left")
        fill(session, event, item)


def _standing(session: Session, item: ProgrammeItem, person: Participant) -> str:
    row = session.get(ProgrammeSignup, (item.event_id, item.id, person.id), populate_existing=True)
    return row.state if row else "left"


def _set(session: Session, item: ProgrammeItem, person_id: str, state: str) -> None:
    key = (item.event_id, item.id, person_id)
    row = session.get(ProgrammeSignup, key)
    if row is None:
        row = ProgrammeSignup(
            event_id=item.event_id, item_id=item.id, participant_id=person_id, changes=-1
        )
        session.add(row)
    row.state, row.since, row.changes = state, now(), row.changes + 1
    session.flush()


def _room(session: Session, item: ProgrammeItem) -> int | None:
    """How many places are free; None: as many as may come. Asked by who wants one: whoever no
    longer takes part is let go.
    """
    if item.places is None:
        return None
    attending = _rows(session, item, "attends")
    here = set(
        session.scalars(
            select(Participant.id).where(
                Participant.event_id == item.event_id,
                Participant.state == "validated",
                Participant.id.in_([row.participant_id for row in attending]),
            )
        )
    )
    for row in attending:
        if row.participant_id not in here:
            _set(session, item, row.participant_id, "left")
    return max(item.places - len(here), 0)


def _rows(session: Session, item: ProgrammeItem, state: str) -> Sequence[ProgrammeSignup]:
    return session.scalars(
        select(ProgrammeSignup)
        .where(ProgrammeSignup.event_id == item.event_id, ProgrammeSignup.item_id == item.id)
        .where(ProgrammeSignup.state == state)
        .order_by(ProgrammeSignup.since, ProgrammeSignup.participant_id)
        .execution_options(populate_existing=True)
    ).all()


def _clash(session: Session, item: ProgrammeItem, person: Participant) -> ProgrammeItem | None:
    """What else they attend at the same time."""
    mine = attended(session, item.event_id, [person.id]).get(person.id, ())
    there = (row for row in mine if row.id != item.id)
    return next((row for row in there if overlap(row, item.starts_at, item.ends_at)), None)


def _refuse_twice(session: Session, item: ProgrammeItem, person: Participant) -> None:
    if other := _clash(session, item, person):
        raise Refusal(
            _(
                "“%(title)s” is at the same time: leave it first.",
                title=isolate(pick(other.titles, current_language())),
            )
            if other.attendance == "sign_up"
            else _(
                "“%(title)s”, which everybody attends, is at the same time.",
                title=isolate(pick(other.titles, current_language())),
            )
        )


def _refuse_not_confirmed(person: Participant) -> None:
    if person.state != "validated":
        raise Refusal(_("Only participants whose registration is confirmed can sign up."))


def _refuse_not_for_signing(item: ProgrammeItem) -> None:
    if item.attendance != "sign_up":
        raise Refusal(_("Nobody needs to sign up for this."))
