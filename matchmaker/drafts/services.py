"""Changes of a draft, each one transaction that is whole or not at all.

A change holds the draft until its end, so that changes come one after the other; it is refused
where somebody has changed its meetings since the revision that its maker has seen, and where it
breaks a rule. The keys of the tables are the last guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.drafts.log import last_change_of, told
from matchmaker.drafts.models import Change
from matchmaker.drafts.parts import Part
from matchmaker.drafts.rebooking import rebook
from matchmaker.drafts.refusals import sentences
from matchmaker.drafts.states import State, row_of, state_from
from matchmaker.drafts.ways import Cell, Way, Ways, faults_of, swapped
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.schedules.bridge import Broken
from matchmaker.schedules.handwriting import hold_draft
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names

States = Mapping[str, State]


@dataclass(frozen=True)
class Hand:
    """Whose change it is, of which draft, and up to which revision this account has seen it."""

    event: Event
    version: Version
    seen: int
    account_id: str | None = None


def move(session: Session, hand: Hand, meeting: str, cell: Cell) -> Change:
    """Put a meeting into a cell of the board, from another or from those not placed."""
    part = _begin(session, hand, meeting)
    was = _state(part, meeting)
    _refuse_locked(session, part, meeting)
    way = Ways(part, meeting).best(cell)
    _refuse_broken(session, part, way.faults, [meeting])
    kind = "move" if was.placed else "place"
    return _keep(session, hand, part, kind, {meeting: State(way.placed)})


def swap(session: Session, hand: Hand, one: str, other: str) -> Change:
    """Each of the two goes where the other is."""
    part = _begin(session, hand, one, other)
    if one == other or not {one, other} <= set(part.placed):
        raise _abandoned(session, _("Only two meetings that are placed can be exchanged."))
    _refuse_locked(session, part, one, other)
    ways: tuple[Way, Way] = swapped(part, one, other)
    _refuse_broken(session, part, ways[1].faults, [one, other])
    states = {way.placed.meeting: State(way.placed) for way in ways}
    return _keep(session, hand, part, "swap", states)


def cancel(session: Session, hand: Hand, meeting: str) -> Change:
    """Take a meeting out; its people are told with the publication."""
    part = _begin(session, hand, meeting)
    _refuse_unplaced(session, part, meeting)
    _refuse_locked(session, part, meeting)
    _refuse_broken(session, part, faults_of(part, {meeting: None}), [meeting])
    return _keep(session, hand, part, "cancel", {meeting: State(None)})


def lock(session: Session, hand: Hand, meeting: str, *, locked: bool = True) -> Change:
    """A locked meeting stays as it is, whoever moves others and whatever is solved."""
    part = _begin(session, hand, meeting)
    _refuse_unplaced(session, part, meeting)
    state = State(part.placed[meeting], locked)
    return _keep(session, hand, part, "lock" if locked else "unlock", {meeting: state})


def undo(session: Session, hand: Hand, number: int) -> Change:
    """Take back a change by a new one, which has to keep the rules as every other."""
    version = _hold(session, hand)
    change = session.get(Change, (hand.event.id, version.id, number))
    if change is None or change.kind == "open":
        raise _abandoned(session, _("There is nothing to undo."))
    part = Part(session, hand.event, version, set(change.after))
    if any(_state(part, name) != state_from(row) for name, row in change.after.items()):
        _refuse_changed(session, hand, last_change_of(session, version, change.after, number))
    states = {name: state_from(row) for name, row in change.before.items()}
    placed = {name: state.placed for name, state in states.items()}
    _refuse_broken(session, part, faults_of(part, placed), placed)
    return _keep(session, hand, part, "undo", states, undone=number)


def apply_states(session: Session, hand: Hand, states: States) -> Change:
    """What the engine found for these meetings, in one change."""
    part = _begin(session, hand, *states)
    _refuse_locked(session, part, *states)
    placed = {name: state.placed for name, state in states.items()}
    _refuse_broken(session, part, faults_of(part, placed), placed)
    return _keep(session, hand, part, "solve", states)


def _begin(session: Session, hand: Hand, *meetings: str) -> Part:
    version = _hold(session, hand)
    change = last_change_of(session, version, meetings, hand.seen)
    if change is not None and change.account_id != hand.account_id:
        _refuse_changed(session, hand, change)
    part = Part(session, hand.event, version, set(meetings))
    if not set(meetings) <= set(part.asked):
        raise _abandoned(session, _("This meeting is not in the draft any more."))
    return part


def _hold(session: Session, hand: Hand) -> Version:
    version = hold_draft(session, hand.version)
    if not version.is_open:
        raise _abandoned(
            session,
            _("This version is not open for changes. Open it for changes by hand, as a draft."),
        )
    return version


def _state(part: Part, meeting: str) -> State:
    return State(part.placed.get(meeting), meeting in part.locked)


def _refuse_changed(session: Session, hand: Hand, change: Change | None) -> None:
    names = Names(session, hand.event.id)
    said = told(session, change, names) if change else ""
    raise _abandoned(
        session, _("%(what)s Look at it, then decide again; nothing was changed.", what=said)
    )


def _refuse_locked(session: Session, part: Part, *meetings: str) -> None:
    for name in meetings:
        if name in part.locked:
            about = () if len(meetings) > 1 else (name,)
            _refuse_broken(session, part, [Broken("locked", (name,))], about)


def _refuse_unplaced(session: Session, part: Part, meeting: str) -> None:
    if meeting not in part.placed:
        raise _abandoned(session, _("This meeting is not placed."))


def _refuse_broken(
    session: Session, part: Part, faults: Iterable[Broken], about: Iterable[str]
) -> None:
    if known := list(faults):
        names = Names(session, part.event.id)
        raise _abandoned(session, sentences(known, names, about))


def _abandoned(session: Session, sentence: str) -> Refusal:
    """Nothing is kept, and the draft is let go at once."""
    session.rollback()
    return Refusal(sentence)


def _keep(
    session: Session,
    hand: Hand,
    part: Part,
    kind: str,
    states: States,
    undone: int | None = None,
) -> Change:
    """Write the rows and the log, both or neither."""
    try:
        change = write_change(session, hand, part, kind, states, undone)
        session.commit()
    except IntegrityError:
        raise _abandoned(
            session,
            _("Somebody else was faster. Look at the board as it is now, then decide again."),
        ) from None
    return change


def write_change(
    session: Session,
    hand: Hand,
    part: Part,
    kind: str,
    states: States,
    undone: int | None = None,
) -> Change:
    """The rows and the log of what is judged already; the caller commits."""
    version = part.version
    change = Change(
        event_id=hand.event.id,
        version_id=version.id,
        number=(version.revision or 0) + 1,
        kind=kind,
        before={name: row_of(_state(part, name)) for name in states},
        after={name: row_of(state) for name, state in states.items()},
        undone=undone,
        account_id=hand.account_id,
    )
    version.revision = change.number
    session.add(change)
    rebook(session, part, states)
    session.flush()
    return change
