"""Which cells are open to a meeting, and why the others are not: asked when it is picked up.

Places that no rule tells apart for this meeting are judged once per slot.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from sqlalchemy.orm import Session

from matchmaker.drafts.parts import Part
from matchmaker.drafts.ways import Cell, Way, Ways, cell_of, span_of, swapped
from matchmaker.events.models import Event
from matchmaker.schedules.bridge import Broken, Placed
from matchmaker.schedules.models import Version

NOBODY: frozenset[str] = frozenset()
Alike = tuple[str, object, object, frozenset[str]]  # slot, likeness, closed place, own meetings


@dataclass(frozen=True)
class Option:
    """``state``: here, free, swap (with ``other``) or no, for these ``faults``."""

    state: str
    faults: tuple[Broken, ...] = ()
    other: str | None = None


@dataclass(frozen=True)
class InSlot:
    """``free``: at how many places; ``options``: all that differ, in the order of places."""

    free: int
    options: list[Option]


FREE = Option("free")


class Options:
    """Of one meeting in these cells."""

    def __init__(
        self,
        session: Session,
        event: Event,
        version: Version,
        meeting: str,
        cells: tuple[Sequence[str], Sequence[str | None]],
        part: Part | None = None,
    ) -> None:
        self.session, self.event, self.version = session, event, version
        self.meeting = meeting
        self.slots, self.places = cells
        self.part = part or Part(session, event, version, [meeting])
        self._known: dict[Alike, Option] = {}
        self._busy: dict[tuple[str, frozenset[str]], Option] = {}
        self._spans: dict[str, tuple[str, ...]] = {}
        self._look()

    def all(self, *, swaps: bool = True) -> dict[Cell, Option]:
        """``swaps``: whether to look which meetings could change places with this one."""
        cells = [Cell._make(pair) for pair in product(self.slots, self.places)]
        found = {cell: self._at(cell) for cell in cells}
        taken = {cell: option.other for cell, option in found.items() if option.other is not None}
        return found | self._swaps(taken) if swaps else found

    def in_slot(self, slot: str) -> InSlot:
        """As if every place was asked. Of the places of one use, one where nobody is answers for
        all such, and one where somebody is; where people of the meeting are, and where
        several find room, each is asked.
        """
        taken = self._taken_in(slot)
        number: dict[str | None, int] = dict.fromkeys(taken & self._apart, 1)
        others = taken - self._apart
        for group in self._groups:
            empty = [place for place in group if place not in taken]
            held = [place for place in group if place in others]
            number |= {alike[0]: len(alike) for alike in (empty, held) if alike}
        asked = [place for place in self.places if place in number]
        options = [self._at(Cell(slot, place)) for place in asked]
        chosen = zip(asked, options, strict=True)
        free = sum(number[place] for place, option in chosen if option.state == "free")
        return InSlot(free, options)

    def _taken_in(self, slot: str) -> set[str]:
        return self.part.taken(self._span(slot)) & self._room.keys()

    @cached_property
    def _room(self) -> dict[str | None, int]:
        """For how many meetings each place is."""
        return {place: self._capacity(Cell("", place)) for place in self.places}

    @cached_property
    def _groups(self) -> list[list[str | None]]:
        """Places of one use, as far as this meeting is concerned."""
        groups: dict[object, list[str | None]] = {}
        for place in self.places:
            groups.setdefault(self._use.get(place or ""), []).append(place)
        return list(groups.values())

    @cached_property
    def _apart(self) -> set[str | None]:
        """Where it is, or a meeting that would have to make way for it, and where several are."""
        rows = (self.part.placed[name] for name in self._own)
        own = {place for row in rows for place in (row.place, row.room) if place}
        return own | {place for place, room in self._room.items() if room > 1}

    def _look(self) -> None:
        """Who is where; and whom its interpreter serves, so that the judge knows their people."""
        self.part.look_at([place for place in self.places if place], self.slots)
        if self._now is not None and self._now.interpreter is not None:
            self.part.rows(set().union(*self.part.served_by(self._now.interpreter).values()))

    def _at(self, cell: Cell) -> Option:
        now = self._now
        if now is not None and cell.slot == now.slot and cell.place in (now.place, now.room):
            return Option("here")
        there = self._there(cell)
        own = frozenset(self._own & there) if there else NOBODY
        if (busy := self._busy.get((cell.slot, own))) is not None:
            return busy
        alike = self._alike(cell, there, own)
        if alike is not FREE or not there:
            return alike
        if len(there) < self._capacity(cell):
            return self._beside(cell)
        taken = Broken("place_taken", tuple(sorted(there)), (), (cell.slot,), (str(cell.place),))
        other = next(iter(there)) if len(there) == 1 and now is not None else None
        return Option("no", (taken,), other)

    def _told(self, cell: Cell, way: Way, own: frozenset[str]) -> Option:
        """Whoever is busy is so at every place: that is said once for all of a slot."""
        if busy := tuple(fault for fault in way.faults if fault.rule == "busy"):
            self._busy[cell.slot, own] = Option("no", busy)
        return Option("no", way.faults)

    def _beside(self, cell: Cell) -> Option:
        """Where several meetings find room, those that are there are looked at."""
        faults = Ways(self.part, self.meeting).best(cell).faults
        return Option("no", faults) if faults else FREE

    def _capacity(self, cell: Cell) -> int:
        place = self.part.judge.frame.place_by_id.get(cell.place or "")
        return place.capacity if place else 1

    def _there(self, cell: Cell) -> Set[str]:
        if cell.place is None:
            return NOBODY
        there = self.part.at(cell.place, self._span(cell.slot))
        return there - {self.meeting} if self.meeting in there else there

    def _span(self, slot: str) -> tuple[str, ...]:
        if slot not in self._spans:
            here = Placed(meeting=self.meeting, slot=slot, participants=())
            self._spans[slot] = span_of(self.part, here)
        return self._spans[slot]

    def _alike(self, cell: Cell, there: Set[str], own: frozenset[str]) -> Option:
        """As if nobody were there: the same at every place of the same use, but where people of
        the meeting itself would become free.
        """
        key = (cell.slot, *self._use.get(cell.place or "", (None, None)), own)
        if key not in self._known:
            ways = Ways(self.part, self.meeting, without=own, unseen=there - own)
            if busy := ways.engaged(cell.slot):
                self._busy[cell.slot, own] = Option("no", tuple(busy))
                return self._busy[cell.slot, own]
            way = ways.best(cell)
            self._known[key] = self._told(cell, way, own) if way.faults else FREE
        return self._known[key]

    @cached_property
    def _now(self) -> Placed | None:
        return self.part.placed.get(self.meeting)

    @cached_property
    def _own(self) -> set[str]:
        """The placed meetings of its people."""
        return self.part.around([self.meeting])

    @cached_property
    def _likeness(self) -> dict[str, object]:
        """Kind and zone, and whether it belongs to others; what is its people's own, or asked
        for by name, is like no other.
        """
        frame, asked = self.part.judge.frame, self.part.asked[self.meeting]
        people = [frame.participant_by_id.get(person) for person in asked.people()]
        apart = {asked.place, *(person.place for person in people if person)}
        return {
            place.id: place.id
            if place.id in apart
            else (place.kind, place.zone, place.id in frame.owned_places)
            for place in frame.places or ()
        }

    @cached_property
    def _use(self) -> dict[str, tuple[object, object]]:
        """What each place is like; one that is closed at times is also like no other."""
        return {
            place.id: (self._likeness[place.id], place.id if place.closed else None)
            for place in self.part.judge.frame.places or ()
        }

    def _swaps(self, others: dict[Cell, str]) -> dict[Cell, Option]:
        """The cells whose meeting could change places with this one."""
        if not others:
            return {}
        part = Part(self.session, self.event, self.version, [self.meeting, *others.values()])
        part.look_at([place for place in self.places if place], self.slots)
        home = cell_of(part.placed[self.meeting])
        if home.place:
            part.at(home.place, [home.slot])
        return {cell: _swap(part, self.meeting, other) for cell, other in others.items()}


def _swap(part: Part, one: str, other: str) -> Option:
    if other in part.locked:
        return Option("no", (Broken("locked", (other,)),), other)
    _first, second = swapped(part, one, other)
    if second.faults:
        return Option("no", second.faults, other)
    return Option("swap", (), other)
