"""Participants and interpreters as arrays, and the limits on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from solver.kernel.arrays import MANY, NONE, Ints
from solver.kernel.packing import Lists, columns, table, words
from solver.kernel.venue import shut_zones
from solver.possibilities import Possibilities


def people_table(
    possibilities: Possibilities, shut_row: Mapping[int, int], limits_of: Sequence[int]
) -> Ints:
    """Rows of the participants, in the order of ids, then of the interpreters."""
    people = list(possibilities.participants.values())
    rest = [MANY] * len(possibilities.interpreters)
    single = [person.seats == 1 for person in people]
    runs = [
        person.max_in_a_row if alone and person.max_in_a_row is not None else MANY
        for person, alone in zip(people, single, strict=True)
    ]
    walking = set(walkers(possibilities).values()) if possibilities.problem.travel else set()
    numbers = range(len(people) + len(rest))
    return columns(
        7,
        [*(person.seats for person in people), *(1 for _ in rest)],
        [*(_or_many(person.max_meetings) for person in people), *rest],
        [*runs, *rest],
        [*_most_breaks(possibilities), *(NONE for _ in rest)],
        [int(number in walking) for number in numbers],
        [shut_row.get(number, NONE) for number in numbers],
        limits_of,
    )


def attendance(possibilities: Possibilities) -> Ints:
    """For each resource a row of the slots attended and one of those that breaks leave out."""
    slots = len(possibilities.problem.slots)
    everybody = frozenset(range(slots))
    absent = [possibilities.absent[name] for name in possibilities.participants]
    away = [possibilities.interpreter_absent[each.id] for each in possibilities.interpreters]
    present = words([everybody - gone for gone in (*absent, *away)], slots)
    skipped = words([*_skipped(possibilities), *(frozenset() for _ in away)], slots)
    return np.stack((present, skipped), axis=1).reshape(2 * len(present), present.shape[1])


def _or_many(value: int | None) -> int:
    return MANY if value is None else value


def _most_breaks(possibilities: Possibilities) -> list[int]:
    most = possibilities.problem.rules.breaks_per_participant
    people = possibilities.participants.values()
    if most is None:
        return [NONE] * len(people)
    return [
        max(most, possibilities.kept_breaks(person.id)) if person.seats == 1 else NONE
        for person in people
    ]


def _skipped(possibilities: Possibilities) -> Sequence[frozenset[int]]:
    if possibilities.problem.rules.absence_is_idle:
        return [frozenset()] * len(possibilities.participants)
    kept = possibilities.kept_slots
    return [
        possibilities.absent[name] - kept[name] if name in kept else possibilities.absent[name]
        for name in possibilities.participants
    ]


def walkers(possibilities: Possibilities) -> dict[str, int]:
    """Numbers of those who need time on the way; interpreters as ``interpreter ID``."""
    people = list(possibilities.participants.values())
    found = {
        person.id: number
        for number, person in enumerate(people)
        if person.seats == 1 and not person.remote
    }
    for number, each in enumerate(possibilities.interpreters):
        found[f"interpreter {each.id}"] = len(people) + number
    return found


def shut(possibilities: Possibilities) -> tuple[Ints, dict[int, int]]:
    return shut_zones(possibilities, walkers(possibilities))


def limit_table(
    possibilities: Possibilities, resources: Mapping[str, int], lists: Lists
) -> tuple[Ints, list[int]]:
    """The limits and each resource's list of them.

    A limit on several people, each alone, becomes one for each of them.
    """
    slots = [slot.id for slot in possibilities.problem.slots]
    rows: list[list[int]] = []
    mine: list[list[int]] = [[] for _ in range(len(resources) + len(possibilities.interpreters))]
    for limit in possibilities.problem.limits:
        people = list(dict.fromkeys(limit.participants))
        inside = [int(slot in limit.slots) for slot in slots]
        free = limit.free_slots
        busy = MANY if free is None else max(0, len(limit.slots) - free)
        for group in [people] if limit.together else [[person] for person in people]:
            for person in group:
                mine[resources[person]].append(len(rows))
            rows.append([_or_many(limit.max_meetings), busy, *inside])
    return table(2 + len(slots), rows), [lists.take(each) for each in mine]
