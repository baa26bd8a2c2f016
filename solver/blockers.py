"""An irreducible set of rules and people that keeps a meeting out of a schedule.

Each start with its people and zone is closed by some facts (``obstacles.py``). Facts that close
every one of them block the meeting: a hitting set. Deletion makes it irreducible: first whole
groups of facts (one rule, the same people), then single facts, are left out as long as the rest
still blocks. Without any one fact that is left, the others leave a way. (The deletion filter of
Chinneck and Dravnieks, 1991, for irreducible infeasible subsystems.)
"""

from __future__ import annotations

from collections.abc import Callable

from solver.facts import Fact
from solver.obstacles import Obstacles, Option

Group = tuple[str, tuple[str, ...], tuple[str, ...]]


def find_blockers(obstacles: Obstacles) -> list[Fact]:
    """Facts that block the meeting, none of which could be left out; [] where none do."""
    active = obstacles.everything
    closed = _closed(obstacles)
    if not closed(active):
        return []
    groups: dict[Group, int] = {}
    for number, fact in enumerate(obstacles.facts):
        groups[group_of(fact)] = groups.get(group_of(fact), 0) | 1 << number
    touched = [_all_bits(option) for option in obstacles.options]
    weights = {bits: sum(1 for each in touched if each & bits) for bits in groups.values()}
    order = sorted(weights, key=lambda bits: (weights[bits], bits))
    for bits in order:
        if closed(active & ~bits):
            active &= ~bits
    singles = [1 << number for bits in order for number in _numbers(bits & active)]
    for bit in singles:
        if closed(active & ~bit):
            active &= ~bit
    return obstacles.named(active)


def _closed(obstacles: Obstacles) -> Callable[[int], bool]:
    """Are all options closed by these facts? Options with one choice of people are plain bits."""
    plain: set[int] = set()
    others = []
    for option in obstacles.options:
        if all(len(side) == 1 for side in option.sides):
            plain.add(_all_bits(option))
        else:
            others.append(option)
    return lambda active: (
        all(bits & active for bits in plain) and all(each.closed(active) for each in others)
    )


def _all_bits(option: Option) -> int:
    bits = option.common
    for side in option.sides:
        for mine in side.values():
            bits |= mine
    return bits


def _numbers(bits: int) -> list[int]:
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def group_of(fact: Fact) -> Group:
    return fact.rule, fact.participants, fact.subject
