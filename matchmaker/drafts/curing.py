"""Cures of a meeting that is not placed: what the engine has tried, and doing one of them.

What a cure changes of the set-up and of the draft is one transaction: all of it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.services import Hand, apply_states
from matchmaker.drafts.states import State
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, InterpreterAbsence, Place, PlaceClosure, Slot
from matchmaker.events.places import add_place, close_place
from matchmaker.participants.models import Absence, Participant
from matchmaker.schedules import bridge
from matchmaker.schedules.bridge import Cure, Explained, Placed, Step
from matchmaker.schedules.handwriting import placed_of
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import meetings_of
from matchmaker.schedules.variations import free_codes

Renamed = dict[str, str]  # ids that the engine gave to what is new, by ours


def explain(session: Session, event: Event, version: Version, meeting: str) -> Explained | None:
    """By the event as it is now; what is locked or fixed by its people stays."""
    rows = meetings_of(session, version)
    fixed = bridge.booked_ids(session, event.id)
    kept = {row.id for row in rows if row.locked or row.id in fixed}
    placed = [placed_of(row) for row in rows]
    return bridge.explained(session, event, version.problem, placed, kept, meeting)


@dataclass(frozen=True)
class Healer:
    """Who does it; ``may_set_up``: also where the set-up changes by it."""

    session: Session
    event: Event
    account_id: str | None = None
    may_set_up: bool = True

    def heal(self, version: Version, meeting: str, key: str) -> Change:
        """Do the cure of this key in a draft of the version. Commits."""
        draft = open_draft(self.session, self.event, version, self.account_id)
        found = explain(self.session, self.event, draft, meeting)
        cure = next((row for row in found.cures if row.key == key), None) if found else None
        if cure is None:
            raise Refusal(
                _("The schedule has changed in the meantime. Look at what helps now, and choose.")
            )
        if not is_ours(cure):
            raise Refusal(_("This cannot be done here: the set-up has to be changed first."))
        if cure.steps and not self.may_set_up:
            raise Refusal(_("This changes the set-up, which your role does not allow."))
        renamed: Renamed = {}
        for step in cure.steps:
            renamed |= DOING[step.kind](self.session, self.event, step)
        hand = Hand(self.event, draft, draft.revision or 0, self.account_id)
        return apply_states(self.session, hand, _states(cure, renamed))


def is_ours(cure: Cure) -> bool:
    """Whether all of it can be done by one click; people and rules are not made here."""
    return all(step.kind in DOING for step in cure.steps)


def _states(cure: Cure, renamed: Renamed) -> dict[str, State]:
    def ours(placed: Placed | None) -> Placed | None:
        if placed is None:
            return None
        place, room = (renamed.get(name or "", name) for name in (placed.place, placed.room))
        return replace(placed, place=place, room=room)

    return {name: State(ours(placed)) for name, placed in cure.moves.items()}


def _present(session: Session, event: Event, step: Step) -> Renamed:
    (person,) = step.subject
    _take_away(session, event, Absence, Absence.participant_id == person, step.slots)
    return {}


def _interpreting(session: Session, event: Event, step: Step) -> Renamed:
    (who,) = step.subject
    rows = InterpreterAbsence.interpreter_id == who
    _take_away(session, event, InterpreterAbsence, rows, step.slots)
    return {}


def _take_away(
    session: Session, event: Event, table: type, rows: object, slots: Iterable[str]
) -> None:
    """The absences in these slots. Whoever does not attend the session has none there to take."""
    for slot in slots:
        gone = session.execute(
            delete(table).where(
                table.event_id == event.id,  # type: ignore[attr-defined]
                rows,  # type: ignore[arg-type]
                table.slot_id == slot,  # type: ignore[attr-defined]
            )
        )
        if not gone.rowcount:  # type: ignore[attr-defined]
            session.rollback()
            raise Refusal(
                _("This session is not attended at all; change that on the participant's page.")
            )


def _open(session: Session, event: Event, step: Step) -> Renamed:
    place = session.get_one(Place, (event.id, step.subject[0]))
    closed = select(PlaceClosure.slot_id).where(
        PlaceClosure.event_id == event.id, PlaceClosure.place_id == place.id
    )
    close_place(session, place, set(session.scalars(closed)) - set(step.slots))
    return {}


def _new_place(session: Session, event: Event, step: Step) -> Renamed:
    """Open in the slots that are needed, and closed in the others, as the cure was tried."""
    kind, *zones = step.subject
    prefix = {"table": "T", "online": "O", "quiet": "Q"}.get(kind, "S")
    code = next(free_codes(session, event.id, prefix))
    zone = zones[0] if zones else None
    place = add_place(session, event, code=code, kind=kind, names={}, zone_id=zone, capacity=1)
    slots = select(Slot.id).where(Slot.event_id == event.id)
    close_place(session, place, set(session.scalars(slots)) - set(step.slots))
    return {str(step.level): place.id}


def _max_meetings(session: Session, event: Event, step: Step) -> Renamed:
    session.get_one(Participant, (event.id, step.subject[0])).max_meetings = step.level
    session.flush()
    return {}


DOING: dict[str, Callable[[Session, Event, Step], Renamed]] = {
    "present": _present,
    "interpreter": _interpreting,
    "open": _open,
    "new_place": _new_place,
    "max_meetings": _max_meetings,
}
