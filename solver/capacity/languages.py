"""Interpreters for the pairs of languages that meetings need most."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product

from solver.problem import Interpreter, Meeting, Problem

MOST_PAIRS = 3
MOST_CHOICES = 64  # of people of one meeting, looked at


def needed_pairs(problem: Problem) -> tuple[tuple[str, str], ...]:
    """The pairs that serve the most weight of meetings whose people share no language."""
    weight: Counter[tuple[str, str]] = Counter()
    for meeting in problem.meetings:
        for pair in _pairs_for(problem, meeting):
            weight[pair] += meeting.weight
    ranked = sorted(weight, key=lambda pair: (-weight[pair], pair))
    return tuple(ranked[:MOST_PAIRS])


def _pairs_for(problem: Problem, meeting: Meeting) -> set[tuple[str, str]]:
    sides = [
        sorted({tuple(sorted(problem.participant_by_id[name].languages)) for name in side})
        for side in meeting.sides
    ]
    found: set[tuple[str, str]] = set()
    for number, choice in enumerate(product(*sides)):
        spoken = [set(languages) for languages in choice if languages]
        if not spoken or set.intersection(*spoken) or number >= MOST_CHOICES:
            return set()
        for pair in combinations(sorted(set.union(*spoken)), 2):
            if all(languages.intersection(pair) for languages in spoken):
                found.add((pair[0], pair[1]))
    return found


def with_interpreters(
    problem: Problem, pairs: tuple[tuple[str, str], ...], added: tuple[int, ...]
) -> Problem:
    """The problem with so many more interpreters of each pair, who are never absent."""
    taken = set(problem.interpreter_by_id)
    new: list[Interpreter] = []
    for pair, count in zip(pairs, added, strict=True):
        stem = "-".join(pair)
        names = (f"{stem}+{number}" for number in range(1, count + len(taken) + 1))
        free = [name for name in names if name not in taken][:count]
        new += [Interpreter(id=name, languages=frozenset(pair)) for name in free]
    return replace(problem, interpreters=(*problem.interpreters, *new)) if new else problem
