"""The page of one meeting: in which slots it could be, and at which places of one slot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.options import Option, Options
from matchmaker.drafts.parts import Part
from matchmaker.drafts.refusals import sentences
from matchmaker.drafts.ways import Cell
from matchmaker.events.models import Event, Place, Slot
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names

OF_PLACES = {"place_taken", "place_closed", "place_kind", "own_place", "online"}


@dataclass(frozen=True)
class SlotChoice:
    """A slot: at how many places it is free, or why at none."""

    slot: Slot
    free: int
    is_here: bool
    reason: Markup


@dataclass(frozen=True)
class PlaceChoice:
    """A place in the slot: here, free, swap with ``other``, or no for this reason."""

    key: str | None
    code: str
    state: str
    other: str | None
    reason: Markup


def _how_telling(option: Option) -> tuple[bool, bool, int]:
    """What stands against a slot are its people before its places."""
    of_place = all(row.rule in OF_PLACES for row in option.faults)
    return option.state == "here", of_place, len(option.faults)


class Choices:
    def __init__(
        self,
        session: Session,
        event: Event,
        draft: Version,
        meeting: str,
        names: Names | None = None,
    ) -> None:
        self.session, self.event, self.draft, self.meeting = session, event, draft, meeting
        self._names = names

    @cached_property
    def names(self) -> Names:
        """Of those who are in the meetings looked at."""
        people = {person for name in self.part.asked for person in self.part.people_of(name)}
        return self._names or Names(self.session, self.event.id, people)

    def slots(self, only: Collection[str] | None = None) -> list[SlotChoice]:
        query = select(Slot).where(Slot.event_id == self.event.id).order_by(Slot.starts_at)
        if only is not None:
            query = query.where(Slot.id.in_(only))
        slots = self.session.scalars(query).all()
        options = self.options([slot.id for slot in slots], self._places())
        return [self._slot(slot, options) for slot in slots]

    def at(self, slot: str) -> list[PlaceChoice]:
        """Those where it can be come first."""
        places = self._places()
        found = self.options([slot], places).all()
        order = ("here", "free", "swap", "no")
        chosen = [self._place(place, found[Cell(slot, place)]) for place in places]
        return sorted(chosen, key=lambda row: (order.index(row.state), row.code))

    def anywhere(self, slot: str) -> Cell:
        """Where it is now, if that is free in the slot, else the first free place; else the first
        of all, whose refusal says why.
        """
        places = self._places()
        options = self.options([slot], places)
        if self.meeting not in options.part.asked:
            return Cell(slot, None)
        found = options.all(swaps=False)
        now = options.part.placed.get(self.meeting)
        wanted = [now.place or now.room, *places] if now else places
        free = [place for place in wanted if found[Cell(slot, place)].state == "free"]
        return Cell(slot, (free or wanted or [None])[0])

    def own_rows(self) -> set[str | None]:
        """The people and the interpreter of the meeting."""
        part = self.part
        placed = part.placed.get(self.meeting)
        return {*part.people_of(self.meeting), placed.interpreter if placed else None}

    def options(self, slots: Sequence[str], places: Sequence[str | None]) -> Options:
        cells = slots, places
        return Options(self.session, self.event, self.draft, self.meeting, cells, self.part)

    @cached_property
    def part(self) -> Part:
        return Part(self.session, self.event, self.draft, [self.meeting])

    def _places(self) -> list[str | None]:
        query = select(Place.id).where(Place.event_id == self.event.id)
        return [*self.session.scalars(query.order_by(Place.kind, Place.code)), None]

    def _slot(self, slot: Slot, options: Options) -> SlotChoice:
        found = options.in_slot(slot.id)
        least = min(found.options, key=_how_telling)
        is_here = any(option.state == "here" for option in found.options)
        reason = Markup("") if found.free else sentences(least.faults, self.names, [self.meeting])
        return SlotChoice(slot, found.free, is_here, reason)

    def _place(self, place: str | None, option: Option) -> PlaceChoice:
        about = [self.meeting, *([option.other] if option.other and option.state == "swap" else ())]
        return PlaceChoice(
            key=place,
            code=self.names.place(place) if place else "",
            state=option.state,
            other=option.other,
            reason=sentences(option.faults, self.names, about),
        )
