"""Two made one: what would become of everything, and then exactly that, in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Table, and_, delete, update
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.services import note, note_many
from matchmaker.languages import isolate
from matchmaker.mails.services import cancel
from matchmaker.merging.fields import GOES, Difference, Entity, differences, taken_over
from matchmaker.merging.queries import is_kept_by_a_schedule, stands_in_schedule
from matchmaker.merging.rows import Conflict, Moves, Row, plan_moves
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Attendance, Participant, new_secret
from matchmaker.participants.seats import set_seats

MODELS: dict[str, Any] = {"participant": Participant, "organisation": Organisation}


@dataclass(frozen=True)
class Merge:
    """``leaves_row``: an old schedule still names who goes, so that an empty row stays."""

    kind: str
    stays: Entity
    goes: Entity
    fields: list[Difference]
    moves: Moves
    leaves_row: bool

    @property
    def moved(self) -> Counter[str]:
        return Counter(table.name for table, _row, _new in self.moves.moved)

    @property
    def between(self) -> Counter[str]:
        return Counter(table.name for table, _row in self.moves.between)

    @property
    def conflicts(self) -> list[Conflict]:
        return self.moves.conflicts

    @property
    def fingerprint(self) -> str:
        """The same as long as nothing of it has changed."""
        parts = [self.stays.id, self.goes.id, repr(self.fields), repr(self.conflicts)]
        parts += [f"{table.name} {_key(table, row)}" for table, row, _new in self.moves.moved]
        parts += [f"{t.name} {_key(t, row)}" for t, row in self.moves.twice + self.moves.between]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def plan_merge(session: Session, event: Event, kind: str, stays: str, goes: str) -> Merge:
    """What merging would do now; refused where it cannot be."""
    model = MODELS[kind]
    one: Entity | None = session.get(model, (event.id, stays))
    other: Entity | None = session.get(model, (event.id, goes))
    if one is None or other is None or one is other:
        raise Refusal(_("Choose two that are different and still there."))
    leaves_row = False
    if isinstance(other, Participant):
        if stands_in_schedule(session, event.id, goes):
            raise _stands(other, is_both=stands_in_schedule(session, event.id, stays))
        leaves_row = is_kept_by_a_schedule(session, event.id, goes)
    moves = plan_moves(session, kind, event.id, stays, goes)
    if isinstance(one, Participant) and one.attends_all:
        moves.moved = [row for row in moves.moved if row[0].name != Attendance.__tablename__]
    return Merge(kind, one, other, differences(one, other), moves, leaves_row)


def merge(
    session: Session, event: Event, merge_: Merge, chosen: Mapping[str, str], seen: str
) -> None:
    """Carry out what was looked at, with the sides chosen. Commits."""
    if merge_.fingerprint != seen:
        raise Refusal(_("Something was changed since you looked. Look again, then merge."))
    stays, goes = merge_.stays, merge_.goes
    for conflict in merge_.conflicts:
        if chosen.get(conflict.name) == GOES:
            _take_other(session, conflict)
    _move(session, event, merge_.moves)
    values = taken_over(stays, goes, chosen)
    seats = goes.seats if isinstance(goes, Participant) else 0
    session.flush()
    session.expire_all()
    _take_away(session, event, merge_)
    for name, value in values.items():
        setattr(stays, name, value)
    if isinstance(stays, Participant) and seats > stays.seats:
        set_seats(session, stays, seats)
    note(session, event.id, "merged", merge_.kind, stays.id)
    session.commit()


def _take_other(session: Session, conflict: Conflict) -> None:
    """The row that is kept says what the other said; what hangs on it stays."""
    table = Organisation.metadata.tables[conflict.table]
    values = {name: conflict.other[name] for name in conflict.columns}
    session.execute(update(table).where(_is(table, conflict.kept)).values(values))


def _move(session: Session, event: Event, moves: Moves) -> None:
    """First all that changes over, then what is there twice: nothing falls with what it hung on."""
    for table, row, new in moves.moved:
        changed = {name: value for name, value in new.items() if value != row[name]}
        session.execute(update(table).where(_is(table, row)).values(changed))
        note_many(session, event.id, "changed", table.name, [_key(table, new)])
    for table, row in moves.twice + moves.between:
        session.execute(delete(table).where(_is(table, row)))
        note_many(session, event.id, "removed", table.name, [_key(table, row)])


def _take_away(session: Session, event: Event, merge_: Merge) -> None:
    goes = merge_.goes
    if isinstance(goes, Participant):
        if goes.email:
            cancel(session, event_id=event.id, address=goes.email)
        if merge_.leaves_row:
            goes.email, goes.email_key, goes.account_id = "", None, None
            goes.reference, goes.state = f"merged-{goes.id}", "withdrawn"
            goes.organisation_id, goes.team_role, goes.agenda_secret = None, "member", new_secret()
            goes.place_id = goes.delegation_id = None
            session.flush()
            return
    session.delete(goes)
    session.flush()


def _is(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def _key(table: Table, row: Row) -> str:
    names = [column.name for column in table.primary_key.columns if column.name != "event_id"]
    return "/".join(str(row[name]) for name in names)


def _stands(person: Participant, *, is_both: bool) -> Refusal:
    name = isolate(person.shown_name)
    if is_both:
        return Refusal(
            _(
                "Both have meetings in the published schedule. Withdraw %(name)s, publish a "
                "schedule without them, then merge.",
                name=name,
            )
        )
    return Refusal(
        _("%(name)s has meetings in the published schedule and must be the one that stays.",
          name=name)
    )  # fmt: skip
