"""The tables of a venue, handed out to the meetings on the board."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import numpy as np

from solver.kernel.arrays import LENGTH, NONE, OF_MEETINGS, OF_PLACED, START, Block, Ints, view
from solver.kernel.tables import seat_all
from solver.places import Pool
from solver.possibilities import Possibilities
from solver.schedule import PlacedMeeting


class Seats:
    """Capacity of every place in every slot, and what is taken of it."""

    def __init__(self, possibilities: Possibilities, pools: Mapping[Pool, int]) -> None:
        self.possibilities = possibilities
        known = sorted(possibilities.problem.places or (), key=lambda place: place.id)
        slots = possibilities.problem.slots
        is_open = possibilities.pools.is_open
        self.names = [place.id for place in known]
        self.numbers = {name: number for number, name in enumerate(self.names)}
        self.places = np.zeros((len(known) + len(pools), 2 * len(slots)), dtype=np.int64)
        for row, place in enumerate(known):
            for column, slot in enumerate(slots):
                self.places[row, column] = place.capacity * is_open(place, slot.id)
        self.lists = self._lists(list(pools))
        self.given: dict[int, tuple[str | None, str | None]] = {}

    def _lists(self, pools: list[Pool]) -> Ints:
        """For each pool where its list begins; then the lists: size and places, in order."""
        lists = [sorted(self.numbers[place.id] for place in pool.places) for pool in pools]
        begins = np.cumsum([len(pools), *(len(each) + 1 for each in lists[:-1])])
        values = chain.from_iterable((len(each), *each) for each in lists)
        return np.array([*begins[: len(pools)], *values], dtype=np.int64)

    def keep(self, meeting: int, placed: PlacedMeeting, start: int, length: int) -> None:
        """What the meeting has already stays its."""
        self.given[meeting] = (placed.place, placed.room)
        slots = len(self.possibilities.problem.slots)
        session = self.possibilities.session_of[start]
        first = session.index(start)
        for name in (placed.place, placed.room):
            if name in self.numbers:
                for slot in session[first : first + length]:
                    self.places[self.numbers[name], slots + slot] += 1

    def assign(
        self, block: Block, rows: Ints, resources: int
    ) -> list[tuple[str | None, str | None]]:
        """Place and room of the meetings with these numbers."""
        placed, lengths = view(block, OF_PLACED), view(block, OF_MEETINGS)[:, LENGTH]
        given = np.full((len(placed), 2), NONE, dtype=np.int64)
        for row, names in self.given.items():
            given[row] = [self.numbers.get(name or "", NONE) for name in names]
        order = rows[np.lexsort((rows, -lengths[rows], placed[rows, START]))]
        last = np.full((resources, 2), NONE, dtype=np.int64)
        seat_all(block, order, self.lists, self.places, last, given)
        known: list[str | None] = [*self.names, None]  # the last for NONE
        return [(known[place], known[room]) for place, room in given[rows].tolist()]
