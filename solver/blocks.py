"""The slots in which a meeting cannot start, by the rule and the people that are in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from solver.problem import Problem
from solver.schedule import Reason


@dataclass(slots=True)
class Block:
    """One rule that keeps the same people; ``mask``: its slots as bits; ``hopeful``: how many of
    them nothing but other meetings could keep from being a start.
    """

    rule: str
    participants: tuple[str, ...]
    mask: int = 0
    hopeful: int = 0
    places: set[str] = field(default_factory=set)
    meetings: set[str] = field(default_factory=set)


class Blocks:
    """What stands in the way of one meeting that may start in ``starts`` on its own."""

    def __init__(self, problem: Problem, starts: Iterable[int]) -> None:
        self.problem = problem
        self.own = sum(1 << start for start in starts)
        self.found: dict[tuple[str, tuple[str, ...]], Block] = {}

    def add(self, reason: Reason, mask: int) -> None:
        """The reason holds in these slots."""
        key = reason.rule, reason.participants
        block = self.found.setdefault(key, Block(*key))
        block.mask |= mask
        block.hopeful += (mask & self.own).bit_count()
        block.places.update(reason.places)
        block.meetings.update(reason.meetings)

    def all(self) -> list[Block]:
        return list(self.found.values())

    def joined(self, blocks: list[Block]) -> Reason:
        """One reason of several with the same rule, for all their slots."""
        mask = 0
        for block in blocks:
            mask |= block.mask
        slots = enumerate(self.problem.slots)
        return Reason(
            rule=blocks[0].rule,
            participants=_union(block.participants for block in blocks),
            slots=tuple(slot.id for position, slot in slots if mask >> position & 1),
            places=_union(block.places for block in blocks),
            meetings=_union(block.meetings for block in blocks),
        )


def _union(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))
