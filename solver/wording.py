"""Ids as an organiser reads them: names of people, times of slots, who is in a meeting.

English, for the command line; the application words the codes in its own languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from solver.problem import Problem, Slot

MOST_NAMED = 8  # of one kind in one sentence
SHORTEST_RANGE = 3  # slots in a row that are told as "from ... to ..."


def printable(text: str) -> str:
    """Names come from files: nothing in them may steer a terminal."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def listed(items: Iterable[str], most: int = MOST_NAMED) -> str:
    """``a, b and c``; of many the first, and how many more there are."""
    names = list(items)
    if len(names) > most + 1:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Wording:
    """Words for the ids of one problem. Unknown ids are shown as they are."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._worded: dict[tuple[int, ...], str] = {}

    @cached_property
    def _people(self) -> dict[str, str]:
        """Names where nobody else has the same, else the name with the id."""
        names = Counter(person.name for person in self.problem.participants)
        known: dict[str, str] = {}
        for person in self.problem.participants:
            name = person.name if names[person.name] == 1 else f"{person.name} ({person.id})"
            known[person.id] = printable(name if person.name else person.id)
        return known

    def person(self, name: str) -> str:
        return self._people.get(name) or printable(name)

    def people(self, names: Iterable[str]) -> str:
        return listed(self.person(name) for name in names)

    def places(self, names: Iterable[str]) -> str:
        return listed(printable(name) for name in names)

    def meeting(self, name: str) -> str:
        """``m7 (Amal with Bilal)``; a side that may send several is told by all of them."""
        known = self.problem.meeting_by_id.get(name)
        if known is None:
            return printable(name)
        sides = (" or ".join(listed_side(self, side)) for side in known.sides)
        return f"{printable(name)} ({' with '.join(sides)})"

    def meetings(self, names: Iterable[str]) -> str:
        return listed(self.meeting(name) for name in names)

    @cached_property
    def _several_days(self) -> bool:
        return len({slot.start.date() for slot in self.problem.slots}) > 1

    def time(self, name: str) -> str:
        """``11:20``, with the date where the event has several days."""
        slot = self.problem.slot_by_id.get(name)
        if slot is None:
            return printable(name)
        return f"{slot.start:%H:%M}" + self._day(slot)

    def _day(self, slot: Slot) -> str:
        return f" on {slot.start:%Y-%m-%d}" if self._several_days else ""

    def times(self, names: Iterable[str]) -> str:
        """``at 09:00 and from 14:00 to 15:10``: slots in a row are taken together, day by day."""
        position = self.problem.slot_position
        days: dict[int, list[int]] = {}
        for slot in sorted({position[name] for name in names if name in position}):
            days.setdefault(self._days[slot], []).append(slot)
        return ", ".join(map(self._known_times, map(tuple, days.values())))

    @cached_property
    def _days(self) -> list[int]:
        return [slot.start.toordinal() for slot in self.problem.slots]

    def _known_times(self, slots: tuple[int, ...]) -> str:
        """Many are busy in the same slots of a day: each is worded once."""
        if slots not in self._worded:
            self._worded[slots] = self._times_of_day(list(slots))
        return self._worded[slots]

    def _times_of_day(self, slots: list[int]) -> str:
        runs = list(self._runs(slots))
        single = [f"{self._start(slot):%H:%M}" for run in runs for slot in run if is_short(run)]
        parts = [f"at {listed(single)}"] if single else []
        parts += [self._range(run) for run in runs if not is_short(run)]
        return " and ".join(parts) + self._day(self.problem.slots[slots[0]])

    def _start(self, slot: int) -> datetime:
        return self.problem.slots[slot].start

    def _range(self, run: list[int]) -> str:
        return f"from {self._start(run[0]):%H:%M} to {self.problem.slots[run[-1]].end:%H:%M}"

    def _runs(self, slots: list[int]) -> Iterator[list[int]]:
        """Slots of one session that follow each other."""
        run: list[int] = []
        for slot in slots:
            if run and (slot > run[-1] + 1 or self._session(slot) != self._session(run[-1])):
                yield run
                run = []
            run.append(slot)
        if run:
            yield run

    def _session(self, slot: int) -> str:
        return self.problem.slots[slot].session


def is_short(run: list[int]) -> bool:
    return len(run) < SHORTEST_RANGE


def listed_side(words: Wording, side: tuple[str, ...]) -> list[str]:
    people = [words.person(person) for person in side]
    return people if len(people) <= MOST_NAMED else [*people[:MOST_NAMED], "others"]
