"""What people can take: their time class by class of slots, and what holds for all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.problem import Meeting, Participant
from solver.rests import Rests
from solver.slot_classes import SlotClasses, one_class

Names = frozenset[str]
Side = tuple[str, ...]


def limit_people(
    possibilities: Possibilities,
    classes: SlotClasses,
    meetings: list[Meeting],
    capacities: Capacities,
) -> None:
    """``busy``, ``absent``, ``max_meetings``, and what ``limits`` and ``max_in_a_row`` keep free
    within a class: of each person, and of each side that sends one of
    several, all of whose people together bear what is confined to them.
    """
    sides: set[Side] = {(name,) for name in possibilities.participants}
    sides.update(side for meeting in meetings for side in meeting.sides)
    groups = sorted(sides)
    time = Attended(possibilities, classes)
    by_side = {side: capacities.group(time.of(side)) for side in groups}
    numbers = _numbers(possibilities, by_side, capacities)
    spent = _spent(possibilities, time, by_side, capacities)
    drawn_on = _containing(by_side)
    for index, meeting in enumerate(meetings):
        drawn = list(chain.from_iterable(map(drawn_on.__getitem__, meeting.sides)))
        if len(drawn) == 2 and drawn[0] != drawn[1]:  # nearly always
            capacities.by_class.add_groups(index, drawn)
        else:
            for group, times in Counter(drawn).items():
                capacities.by_class.add(index, group, times)
        for rows, times in ((numbers, 1), (spent, meeting.length)):
            for group in rows.keys() & drawn if rows else ():
                capacities.in_all.add(index, rows[group], times * drawn.count(group))


def _numbers(
    possibilities: Possibilities, by_side: dict[Side, int], capacities: Capacities
) -> dict[int, int]:
    """Groups of sides for which ``max_meetings`` says how many they may have in all."""
    found: dict[int, int] = {}
    for side, group in by_side.items():
        most = _most_meetings(possibilities, side)
        if most is not None:
            found[group] = capacities.number(most)
    return found


def _spent(
    possibilities: Possibilities,
    time: Attended,
    by_side: dict[Side, int],
    capacities: Capacities,
) -> dict[int, int]:
    """Groups of sides for which all slots together hold less than class by class: rests and
    limits that reach over several classes.
    """
    whole = Attended(possibilities, one_class(possibilities))
    found: dict[int, int] = {}
    for side, group in by_side.items():
        if any(whole.rests.concern(possibilities.participants[name]) for name in side):
            most = sum(whole.of(side))
            if most < sum(time.of(side)):
                found[group] = capacities.number(most)
    return found


class Attended:
    """Slots of each class in which somebody may still meet, times seats."""

    def __init__(self, possibilities: Possibilities, classes: SlotClasses) -> None:
        self.possibilities = possibilities
        self.classes = classes
        self.known: dict[Names, list[int]] = {}
        self.rests = Rests(possibilities, classes)

    def of(self, people: Side) -> list[int]:
        known = [self.possibilities.participants[name] for name in people]
        counts = [(self._busy(person), person.seats) for person in known]
        if len(counts) == 1 and counts[0][1] == 1:
            return counts[0][0]
        return [sum(slots[c] * seats for slots, seats in counts) for c in self._range()]

    def _busy(self, person: Participant) -> list[int]:
        """Slots of each class in which the person can meet, rests and limits counted."""
        concerned = self.rests.concern(person)
        return self.rests.most_busy(person) if concerned else self.left(person.absent)

    def left(self, absent: Names) -> list[int]:
        if absent not in self.known:
            position = self.possibilities.problem.slot_position
            gone = Counter(self.classes.of[position[slot]] for slot in absent)
            self.known[absent] = [self.classes.size[c] - gone[c] for c in self._range()]
        return self.known[absent]

    def _range(self) -> range:
        return range(len(self.classes.size))


def _most_meetings(possibilities: Possibilities, side: Side) -> int | None:
    """What ``max_meetings`` leaves to these people together; None where one has no limit."""
    most = 0
    for name in side:
        own = possibilities.participants[name].max_meetings
        if own is None:
            return None
        most += max(0, own - possibilities.begun[name])
    return most


def _containing(by_side: dict[Side, int]) -> dict[Side, list[int]]:
    """For each side the groups that hold all of its people."""
    larger: dict[str, set[int]] = defaultdict(set)
    for side, group in by_side.items():
        for name in side if len(side) > 1 else ():
            larger[name].add(group)
    return {
        side: sorted(set.intersection(*(larger[name] for name in side)) | {group})
        for side, group in by_side.items()
    }
