"""Breaks of one participant in the model: busy, started, and where a break ends."""

from __future__ import annotations

from itertools import pairwise

from solver.breaks import breaks_of, scopes
from solver.variables import Literal, Truth, Variables


def breaks_in_day(v: Variables, person: str) -> tuple[list[Literal], int]:
    """Literals of which each true one is a break, and the number of breaks that is fixed."""
    if person not in v.break_literals:
        literals: list[Literal] = []
        if person not in v.sending:
            fixed = breaks_of(v.possibilities, person, v.fixed.held.get(person, ()))
            return v.break_literals.setdefault(person, (literals, fixed))
        fixed = 0
        for scope in scopes(v.possibilities, person):
            held = [v.busy(person, slot) for slot in scope]
            found = _breaks(v, held)
            literals += [each for each in found if not isinstance(each, int)]
            fixed += sum(each for each in found if isinstance(each, int))
        v.break_literals[person] = (literals, fixed)
    return v.break_literals[person]


def _breaks(v: Variables, held: list[Truth]) -> list[Truth]:
    """Three Booleans per slot are enough: busy, started, a break ends before the next slot."""
    found: list[Truth] = []
    started: Truth = held[0] if held else 0
    for here, following in pairwise(held[1:]):
        found.append(_ends_break(v, started, here, following))
        started = _either(v, started, here)
    return found


def _ends_break(v: Variables, started: Truth, here: Truth, following: Truth) -> Truth:
    if never(started) or always(here) or never(following):
        return 0
    parts = [each for each in (started, following) if not isinstance(each, int)]
    idle = [] if isinstance(here, int) else [here]
    if not parts and not idle:
        return 1
    ends = v.new()
    v.model.add_bool_or([*(~each for each in parts), *idle, ends])
    for each in parts:
        v.model.add_implication(ends, each)
    for each in idle:
        v.model.add_implication(ends, ~each)
    return ends


def _either(v: Variables, started: Truth, here: Truth) -> Truth:
    if isinstance(here, int):
        return 1 if here else started
    if isinstance(started, int):
        return 1 if started else here
    either = v.new()
    v.model.add_implication(started, either)
    v.model.add_implication(here, either)
    v.model.add_bool_or([started, here, ~either])
    return either


def never(truth: Truth) -> bool:
    return isinstance(truth, int) and not truth


def always(truth: Truth) -> bool:
    return isinstance(truth, int) and bool(truth)
