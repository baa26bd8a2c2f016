"""Slots that a linear programme cannot tell apart, taken together.

Two slots in which the same people and interpreters are absent, places hold as much and the same
meetings may start are interchangeable in the slot-wise linear programme: whatever a solution
takes in one of them, the average over both is a solution as well. So one variable per meeting
and *class* of slots has the same optimum as one per meeting and slot (half-day absences make a
whole half-day one class). Coarser classes give a weaker, still true bound: rows are only summed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from solver.possibilities import Possibilities

Span = tuple[tuple[int, int], ...]  # how many slots of which class, in the order of classes


@dataclass(frozen=True)
class SlotClasses:
    """``of[s]`` is the class of the slot at position s; -1 where nothing may be placed any more."""

    of: tuple[int, ...]

    @cached_property
    def size(self) -> tuple[int, ...]:
        """How many slots each class has."""
        return tuple(self.of.count(each) for each in range(max(self.of, default=-1) + 1))

    def span(self, slots: tuple[int, ...]) -> Span:
        """What a meeting in these slots takes of each class."""
        classes = [self.of[slot] for slot in slots if self.of[slot] >= 0]
        return tuple((each, classes.count(each)) for each in sorted(set(classes)))


def one_class(possibilities: Possibilities) -> SlotClasses:
    """All slots alike: the linear programme is then a b-matching."""
    return _numbered(possibilities, lambda slot: ())


def sessions_as_classes(possibilities: Possibilities) -> SlotClasses:
    return _numbered(possibilities, lambda slot: possibilities.problem.slots[slot].session)


def alike_slots(possibilities: Possibilities) -> SlotClasses:
    """The coarsest classes that lose nothing against single slots."""
    problem = possibilities.problem
    known: list[dict[int, int]] = []

    def tell_apart(groups: set[frozenset[str]]) -> None:
        for group in groups:
            known.append({problem.slot_position[slot]: 1 for slot in group})

    tell_apart({person.absent for person in problem.participants})
    tell_apart({each.absent for each in problem.interpreters})
    tell_apart({meeting.slots for meeting in problem.meetings if meeting.slots is not None})
    fixed = {meeting.fixed_slot for meeting in problem.meetings if meeting.fixed_slot is not None}
    tell_apart({frozenset((slot,)) for slot in fixed})
    tell_apart({limit.slots for limit in problem.limits})
    pools = possibilities.pools.all
    signature: list[list[int]] = [[] for _ in problem.slots]
    for slot, mine in enumerate(signature):
        mine.extend(number for number, members in enumerate(known) if slot in members)
        mine.extend((-1, *(pool.capacity[slot] for pool in pools)))
    return _numbered(possibilities, lambda slot: tuple(signature[slot]))


def _numbered(possibilities: Possibilities, key: Callable[[int], object]) -> SlotClasses:
    numbers: dict[object, int] = {}
    of = [-1] * len(possibilities.problem.slots)
    for slot in sorted(possibilities.future):
        of[slot] = numbers.setdefault(key(slot), len(numbers))
    return SlotClasses(tuple(of))
