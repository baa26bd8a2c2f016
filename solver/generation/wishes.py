"""Who wants to meet whom, and the meetings that come of it.

Wishes are graded as a forum grades them (top 10, like 4, 5 more where they are mutual) and fall
on people by a skewed popularity; both wishes of a pair become one meeting, whose first side is
the one that was asked first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from solver.families import Family
from solver.generation.numbering import numbered
from solver.generation.people import DELEGATION
from solver.problem import Meeting, Participant

Numbers = NDArray[np.int64]
TOP, LIKE, MUTUAL = 10, 4, 5
SHARE_OF_TOP = 0.35
SHARE_OF_ANSWERS = 0.5  # wishes of the asked side, beside one of the side that asks


@dataclass(frozen=True, slots=True)
class Pairs:
    """Wished meetings: numbers of the asked and the asking participant, and the weight."""

    asked: Numbers
    asking: Numbers
    weight: Numbers


def pairs_of(draw: Generator, kind: Family, count: int) -> Pairs:
    """All wishes drawn at once, then joined to one row for each pair."""
    popularity = np.exp(draw.normal(0.0, kind.skew, count))
    asking, asked = _wishes(draw, kind, popularity)
    grade = np.where(draw.random(len(asking)) < SHARE_OF_TOP, TOP, LIKE)
    low, high = np.minimum(asking, asked), np.maximum(asking, asked)
    keys, first, pair = np.unique(low * count + high, return_index=True, return_inverse=True)
    by_direction = np.zeros((len(keys), 2), dtype=np.int64)
    np.maximum.at(by_direction, (pair, (asking == low).astype(np.int64)), grade)
    mutual = (by_direction > 0).all(axis=1)
    weight = by_direction.sum(axis=1) + MUTUAL * mutual
    return Pairs(asked=asked[first], asking=asking[first], weight=weight)


def _wishes(
    draw: Generator, kind: Family, popularity: NDArray[np.float64]
) -> tuple[Numbers, Numbers]:
    count = len(popularity)
    everybody = np.arange(count)
    if not kind.two_sided:
        found = [_choices(draw, everybody, everybody, popularity, kind.wishes)]
    else:
        buyers, suppliers = everybody[: count // 2], everybody[count // 2 :]
        answers = kind.wishes * SHARE_OF_ANSWERS
        found = [
            _choices(draw, buyers, suppliers, popularity, kind.wishes * 2 - answers),
            _choices(draw, suppliers, buyers, popularity, answers),
        ]
    asking = np.concatenate([pair[0] for pair in found])
    asked = np.concatenate([pair[1] for pair in found])
    others = asking != asked
    if kind.delegations:
        others &= asking // DELEGATION != asked // DELEGATION
    return asking[others], asked[others]


def _choices(
    draw: Generator,
    choosers: Numbers,
    chosen: Numbers,
    popularity: NDArray[np.float64],
    wishes: float,
) -> tuple[Numbers, Numbers]:
    asking = np.repeat(choosers, draw.poisson(wishes, len(choosers)))
    steps = np.cumsum(popularity[chosen])
    asked = chosen[np.searchsorted(steps, draw.random(len(asking)) * steps[-1], side="right")]
    return asking, asked


def meetings_of(
    draw: Generator, kind: Family, people: tuple[Participant, ...], pairs: Pairs
) -> tuple[Meeting, ...]:
    count = len(pairs.weight)
    lengths = np.where(draw.random(count) < kind.long, 2, 1).tolist()
    rows = zip(pairs.asked.tolist(), pairs.asking.tolist(), pairs.weight.tolist(), strict=True)
    sides = _sides(people)
    return tuple(
        Meeting(
            id=numbered("m", n, count),
            sides=(sides[asked], (people[asking].id,)),
            weight=weight,
            length=lengths[n],
        )
        for n, (asked, asking, weight) in enumerate(rows)
    )


def _sides(people: tuple[Participant, ...]) -> list[tuple[str, ...]]:
    """Whom a side may send if this participant is asked: of a delegation, any of its people."""
    members: dict[str, list[str]] = {}
    for person in people:
        if person.delegation is not None:
            members.setdefault(person.delegation, []).append(person.id)
    return [
        tuple(members[person.delegation]) if person.delegation is not None else (person.id,)
        for person in people
    ]
