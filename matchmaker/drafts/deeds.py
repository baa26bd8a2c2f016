"""From what a form says to the change that it asks for."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.drafts.forms import ChangeForm
from matchmaker.drafts.models import Change
from matchmaker.drafts.places import Choices
from matchmaker.drafts.services import Hand, cancel, lock, move, swap, undo
from matchmaker.drafts.ways import Cell
from matchmaker.errors import Refusal
from matchmaker.events.models import Place, Slot

ANY = "any"
Deed = Callable[[Session, Hand, ChangeForm], Change]


def do(session: Session, hand: Hand, form: ChangeForm) -> Change:
    deed = DEEDS.get(form.kind.data or "")
    if deed is None:
        raise Refusal(_("The form was incomplete. Load the page again."))
    return deed(session, hand, form)


def _move(session: Session, hand: Hand, form: ChangeForm) -> Change:
    slot, place = form.slot.data or "", form.place.data or None
    if session.get(Slot, (hand.event.id, slot)) is None:
        raise Refusal(_("This slot is not there any more. Load the page again."))
    if place == ANY:
        choices = Choices(session, hand.event, hand.version, _meeting(form))
        return move(session, hand, _meeting(form), choices.anywhere(slot))
    if place is not None and session.get(Place, (hand.event.id, place)) is None:
        raise Refusal(_("This place is not there any more. Load the page again."))
    return move(session, hand, _meeting(form), Cell(slot, place))


def _meeting(form: ChangeForm) -> str:
    return str(form.meeting.data or "")


DEEDS: dict[str, Deed] = {
    "move": _move,
    "swap": lambda session, hand, form: swap(session, hand, _meeting(form), form.other.data or ""),
    "cancel": lambda session, hand, form: cancel(session, hand, _meeting(form)),
    "lock": lambda session, hand, form: lock(session, hand, _meeting(form)),
    "unlock": lambda session, hand, form: lock(session, hand, _meeting(form), locked=False),
    "undo": lambda session, hand, form: undo(session, hand, form.change),
}
