"""The door of the kernel: from a problem and its meetings to the block of memory, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from solver.kernel.arrays import (
    LENGTH,
    NONE,
    OF_MEETINGS,
    OF_PLACED,
    PEOPLE,
    PLACE,
    START,
    Ints,
    lay_out,
    view,
)
from solver.kernel.entries import add_all
from solver.kernel.packing import Lists
from solver.kernel.people import attendance, limit_table, people_table, shut
from solver.kernel.seats import Seats
from solver.kernel.venue import pool_table, road_table, slot_table
from solver.kernel.wishes import Casting, cast_table, meeting_table, starts
from solver.possibilities import Possibilities
from solver.published import as_placed
from solver.schedule import PlacedMeeting


class Board:
    """A problem and a schedule in the making, as one block of memory for compiled code.

    ``block``: see :mod:`solver.kernel.arrays`; ``placed`` is its table of meetings. ``meetings``:
    number of each meeting by id; ``resources``: of each participant; ``helpers``: of each
    interpreter; ``names``: of both, by number; ``pools``: number of each pool. ``held``: meetings
    that the kernel must not move, beside the kept and locked ones. Kept meetings are on the board
    from the start.
    """

    def __init__(
        self, possibilities: Possibilities, held: Collection[str] = (), seed: int = 1
    ) -> None:
        self.possibilities = possibilities
        self.problem = possibilities.problem
        self.meetings = {each.id: row for row, each in enumerate(possibilities.meetings)}
        self.resources = {name: row for row, name in enumerate(possibilities.participants)}
        first = len(self.resources)
        self.helpers = {each.id: first + i for i, each in enumerate(possibilities.interpreters)}
        self.names = [*self.resources, *self.helpers]
        self.pools = {pool: row for row, pool in enumerate(possibilities.pools.all)}
        kept = possibilities.published.kept.values()
        sides = max((len(each.sides) for each in self.problem.meetings), default=2)
        sent = max((len(entry.participants) for entry in kept), default=2)
        groups = len(self.problem.exclusive)
        self.block = lay_out(self._facts(held), groups, max(sides, sent) + 1, seed)
        self.placed = view(self.block, OF_PLACED)
        self.before: dict[int, PlacedMeeting] = {}  # as it was loaded, with its table
        self.load(as_placed(entry) for entry in kept)

    def _facts(self, held: Collection[str]) -> list[Ints]:
        """The tables of facts, in their order."""
        known, lists = self.possibilities, Lists()
        shut_zones, shut_row = shut(known)
        limits, limits_of = limit_table(known, self.resources, lists)
        casting = Casting(lists, self.resources, self.pools, self.helpers)
        casts, casts_of = cast_table(known, casting)
        return [
            slot_table(known),
            people_table(known, shut_row, limits_of),
            attendance(known),
            meeting_table(known, held, lists, casts_of, self.resources),
            starts(known),
            casts,
            lists.array(),
            limits,
            pool_table(known),
            road_table(known),
            shut_zones,
        ]

    def load(self, placed: Iterable[PlacedMeeting]) -> None:
        """Put meetings on the board that are not there yet. They are not judged."""
        wanted = []
        for each in placed:
            row = self.meetings[each.meeting]
            if self.placed[row, START] == NONE and row not in self.before:
                self.placed[row, PLACE:] = self._row(each)[PLACE:]
                self.before[row] = each
                wanted.append((row, self.problem.slot_position[each.slot]))
        add_all(self.block, np.array(wanted, dtype=np.int64).reshape(-1, 2))

    def _row(self, placed: PlacedMeeting) -> Ints:
        """Start, pools, people and interpreter of a meeting."""
        row = np.full(self.placed.shape[1], NONE, dtype=np.int64)
        sent = [self.resources.get(name, NONE) for name in placed.participants]
        row[START] = self.problem.slot_position[placed.slot]
        row[PEOPLE : PEOPLE + len(sent)] = sent
        row[-1] = self.helpers.get(placed.interpreter or "", NONE)
        pool_of = self.possibilities.pools.pool_of
        for column, name in enumerate((placed.place, placed.room)):
            if name in pool_of:
                row[PLACE + column] = self.pools[pool_of[name]]
        return row

    def schedule(self) -> dict[str, PlacedMeeting]:
        """Everything on the board, with actual tables; what did not change keeps its table."""
        rows = np.flatnonzero(self.placed[:, START] != NONE)
        fixed = {row for row, each in self.before.items() if self._is_as(row, each)}
        seats = Seats(self.possibilities, self.pools)
        for row in sorted(fixed):
            each, start = self.before[row], int(self.placed[row, START])
            seats.keep(row, each, start, int(view(self.block, OF_MEETINGS)[row, LENGTH]))
        tables = seats.assign(self.block, rows, len(self.names))
        return {
            self.possibilities.meetings[row].id: self.before[row]
            if row in fixed
            else self._placed_meeting(row, placed, *table)
            for row, placed, table in zip(
                rows.tolist(), self.placed[rows].tolist(), tables, strict=True
            )
        }

    def _is_as(self, row: int, before: PlacedMeeting) -> bool:
        return bool((self.placed[row] == self._row(before)).all())

    def _placed_meeting(
        self, row: int, placed: list[int], place: str | None, room: str | None
    ) -> PlacedMeeting:
        start, _, _, *people, helper = placed
        return PlacedMeeting(
            meeting=self.possibilities.meetings[row].id,
            slot=self.problem.slots[start].id,
            place=place,
            room=room,
            participants=tuple(self.names[each] for each in people if each != NONE),
            interpreter=None if helper == NONE else self.names[helper],
        )
