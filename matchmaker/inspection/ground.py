"""What the check looks at, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.events.models import (
    Event,
    Interpreter,
    InterpreterAbsence,
    Place,
    PlaceClosure,
    Slot,
)
from matchmaker.events.phases import phase_rows
from matchmaker.events.queries import sessions_of, slots_of
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import present_slots
from matchmaker.participation.queries import types_of
from matchmaker.wishes.proposals import proposal_of
from matchmaker.wishes.rules import barred_pairs, rules_of

ON_SITE = ("table", "stand")


@dataclass(frozen=True)
class Ground:
    session: Session
    event: Event

    @cached_property
    def now(self) -> Any:
        return wall_now(self.event.zone)

    @cached_property
    def sessions(self) -> Any:
        return sessions_of(self.session, self.event.id)

    @cached_property
    def slots(self) -> Any:
        return slots_of(self.session, self.event.id)

    @cached_property
    def places(self) -> list[Any]:
        return self._read(Place.id, Place.code, Place.kind, Place.capacity)

    @cached_property
    def closed(self) -> set[tuple[str, str]]:
        rows = self.session.execute(
            select(PlaceClosure.place_id, PlaceClosure.slot_id).where(
                PlaceClosure.event_id == self.event.id
            )
        )
        return {(row.place_id, row.slot_id) for row in rows}

    @cached_property
    def room(self) -> int:
        """Meetings that fit into all slots on site."""
        seats: int = sum(row.capacity * len(self.slots) for row in self.on_site)
        sizes: dict[str, int] = {row.id: row.capacity for row in self.on_site}
        return seats - sum(sizes.get(place, 0) for place, _slot in self.closed)

    @cached_property
    def on_site(self) -> list[Any]:
        return [row for row in self.places if row.kind in ON_SITE]

    @cached_property
    def people(self) -> list[Any]:
        """The validated ones."""
        columns = (
            Participant.id, Participant.spoken, Participant.place_id, Participant.seats,
            Participant.remote, Participant.state,
        )  # fmt: skip
        return [row for row in self._read(*columns) if row.state == "validated"]

    @cached_property
    def owned(self) -> set[str]:
        return {row.place_id for row in self.people if row.place_id}

    @cached_property
    def meetings(self) -> Any:
        return proposal_of(self.session, self.event).meetings

    @cached_property
    def free(self) -> dict[str, frozenset[str]]:
        return present_slots(self.session, self.event.id, {row.id for row in self.people})

    @cached_property
    def interpreters(self) -> list[Any]:
        return self._read(Interpreter.id, Interpreter.name, Interpreter.languages)

    @cached_property
    def shifts(self) -> dict[str, int]:
        """By interpreter, the slots of absence."""
        rows = self.session.execute(
            select(InterpreterAbsence.interpreter_id, func.count())
            .where(InterpreterAbsence.event_id == self.event.id)
            .group_by(InterpreterAbsence.interpreter_id)
        )
        return dict(rows.all())

    @cached_property
    def types(self) -> Any:
        return types_of(self.session, self.event.id)

    @cached_property
    def barred(self) -> set[tuple[str, str]]:
        return barred_pairs(self.session, self.event.id)

    @cached_property
    def rules(self) -> Any:
        return rules_of(self.session, self.event)

    @cached_property
    def phases(self) -> Any:
        return phase_rows(self.session, self.event.id)

    def _read(self, key: Any, *columns: Any) -> list[Any]:
        """These columns of all rows of the event: objects would take several times as long."""
        of_event = key.class_.event_id == self.event.id
        return list(self.session.execute(select(key, *columns).where(of_event).order_by(key)))

    @cached_property
    def begins(self) -> Any:
        return self.session.scalar(
            select(func.min(Slot.starts_at)).where(Slot.event_id == self.event.id)
        )

    @cached_property
    def ends(self) -> Any:
        return self.session.scalar(
            select(func.max(Slot.ends_at)).where(Slot.event_id == self.event.id)
        )
