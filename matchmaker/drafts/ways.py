"""How a meeting could stand in a cell of the board: its people, room and interpreter.

The cell names slot and place. What else it takes is kept as it is where that is allowed, and
looked for where not; the rules' own check decides each try.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import NamedTuple

from matchmaker.drafts.parts import Part
from matchmaker.schedules.bridge import Broken, Placed

MOST_CASTS = 40  # of an organisation with many people, those who come first
OF_INTERPRETERS = {"language", "interpreter", "travel"}
OF_ROOMS = {"online", "place_taken", "place_closed"}


@dataclass(frozen=True)
class Way:
    """The state of a meeting, and what it would break; nothing where it may stand so."""

    placed: Placed
    faults: tuple[Broken, ...]


class Cell(NamedTuple):
    """Where somebody puts a meeting; no place stands for online without a room."""

    slot: str
    place: str | None


def cell_of(placed: Placed) -> Cell:
    return Cell(placed.slot, placed.place or placed.room)


class Ways:
    """The ways of one meeting, as if those ``without`` had gone, or stood as in ``also``; those
    ``unseen`` are not looked at.
    """

    def __init__(
        self,
        part: Part,
        meeting: str,
        without: Iterable[str] = (),
        also: Iterable[Placed] = (),
        unseen: Set[str] = frozenset(),
    ) -> None:
        self.part, self.meeting, self.also, self.unseen = part, meeting, tuple(also), unseen
        self.away = {meeting, *without}
        self.kinds = part.kinds

    def best(self, cell: Cell) -> Way:
        """The first that is allowed; else the one that breaks least."""
        best: Way | None = None
        for placed in islice(self._of_cell(cell), MOST_CASTS):
            for tried in self._with_helpers(placed):
                if not tried.faults:
                    return tried
                if best is None or len(tried.faults) < len(best.faults):
                    best = tried
        assert best is not None
        return best

    def engaged(self, slot: str) -> list[Broken]:
        """What its people have in the slot, where they alone could come: the same at every place,
        and told by the meetings of this slot alone.
        """
        casts = list(islice(self._casts(self.part.placed.get(self.meeting)), 2))
        if len(casts) > 1:
            return []
        placed = Placed(meeting=self.meeting, slot=slot, participants=casts[0])
        span = set(span_of(self.part, placed))
        near = self.part.around([self.meeting]) - self.away - self.unseen
        others = [row for row in self.part.rows(near) if span & set(span_of(self.part, row))]
        found = self.part.judge.faults(others, (*others, placed)) if others else ()
        return [fault for fault in found if fault.rule == "busy"]

    def judged(self, placed: Placed) -> Way:
        after = {**dict.fromkeys(self.away), **{row.meeting: row for row in self.also}}
        stands = {**after, self.meeting: placed}
        return Way(placed, tuple(faults_of(self.part, stands, self.unseen)))

    def _of_cell(self, cell: Cell) -> Iterator[Placed]:
        now = self.part.placed.get(self.meeting)
        place, room = self._seats(cell, now)
        for people in self._casts(now):
            yield Placed(
                meeting=self.meeting,
                slot=cell.slot,
                place=place,
                room=room,
                participants=people,
                interpreter=now.interpreter if now else None,
            )

    def _seats(self, cell: Cell, now: Placed | None) -> tuple[str | None, str | None]:
        """Place and room: the cell is one of them, the other stays."""
        kind = self.kinds.get(cell.place or "")
        if kind == "online":
            quiet = now.place if now and self.kinds.get(now.place or "") == "quiet" else None
            return quiet, cell.place
        return cell.place, now.room if now and kind == "quiet" else None

    def _casts(self, now: Placed | None) -> Iterator[tuple[str, ...]]:
        """Who comes: those who come already, else one of each side."""
        if now is not None:
            yield now.participants
        for people in product(*self.part.asked[self.meeting].sides):
            if len(set(people)) == len(people) and (now is None or people != now.participants):
                yield people

    def _with_helpers(self, placed: Placed) -> Iterator[Way]:
        """The same with other rooms and interpreters, where those could help."""
        first = self.judged(placed)
        yield first
        rules = {row.rule for row in first.faults}
        walks = any(row.rule == "travel" and row.participants for row in first.faults)
        if not rules or walks or not rules <= OF_INTERPRETERS | OF_ROOMS:
            return
        for seated in self._seated(placed) if rules & OF_ROOMS else (placed,):
            for helped in self._helped(seated) if rules & OF_INTERPRETERS else (seated,):
                if helped != placed:
                    yield self.judged(helped)

    def _helped(self, placed: Placed) -> Iterator[Placed]:
        """Without interpreter, and with each who is there, is free and speaks with every side."""
        yield replace(placed, interpreter=None)
        span = span_of(self.part, placed)
        busy = self.part.serving(span)
        frame = self.part.judge.frame
        people = [frame.participant_by_id.get(person) for person in placed.participants]
        spoken = [person.languages for person in people if person and person.languages]
        for interpreter in frame.interpreters:
            is_there = interpreter.id not in busy and interpreter.absent.isdisjoint(span)
            if is_there and all(interpreter.languages & each for each in spoken):
                yield replace(placed, interpreter=interpreter.id)

    def _seated(self, placed: Placed) -> Iterator[Placed]:
        """An online meeting has a room, a quiet place, or both; the board shows it in each."""
        yield placed
        has_room = self.kinds.get(placed.room or "") == "online"
        for place, kind in self.kinds.items():
            if has_room and kind == "quiet":
                yield replace(placed, place=place)
            elif kind == "online" and self.kinds.get(placed.place or "") == "quiet":
                yield replace(placed, room=place)


def swapped(part: Part, one: str, other: str) -> tuple[Way, Way]:
    """Each in the cell of the other; what both break together stands with the second."""
    first = Ways(part, one, without=[other]).best(cell_of(part.placed[other]))
    second = Ways(part, other, without=[one], also=[first.placed])
    return first, second.best(cell_of(part.placed[one]))


def faults_of(
    part: Part, after: Mapping[str, Placed | None], unseen: Set[str] = frozenset()
) -> list[Broken]:
    """What it breaks that these meetings stand so from now on; None: not at all."""
    near = part.around(after) | (set(after) & set(part.placed))
    for placed in filter(None, after.values()):
        near |= _neighbours(part, placed)
    before = part.rows(near - unseen)
    rest = [row for row in before if row.meeting not in after]
    return part.judge.faults(before, (*rest, *filter(None, after.values())))


def span_of(part: Part, placed: Placed) -> tuple[str, ...]:
    """The slots that it takes."""
    length = part.asked[placed.meeting].length
    return part.judge.frame.slots_from(placed.slot, length) or (placed.slot,)


def _neighbours(part: Part, placed: Placed) -> set[str]:
    """Who is at the place and in the room by then, and whom the interpreter serves."""
    found: set[str] = set()
    for place in (placed.place, placed.room):
        if place is not None:
            found |= part.at(place, span_of(part, placed))
    if placed.interpreter is not None:
        served, frame = part.served_by(placed.interpreter), part.judge.frame
        for slot in frame.sessions[frame.slot_by_id[placed.slot].session]:  # nobody walks farther
            found |= served.get(slot, set())
    return found
