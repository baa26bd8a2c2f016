"""The goals of the model, one function each, named by their codes.

Each returns an expression and whether more of it is better. ``worst_off`` has five levels, each
improved in its turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from solver.cp_sat import cp_model
from solver.days import breaks_in_day
from solver.journeys import moves
from solver.unchanged import changed
from solver.variables import Variables

LEVELS = 5  # of worst_off: at most 0, 1, 2, 3, 4 meetings
Expression = cp_model.LinearExprT
Measure = Callable[[Variables], Expression]


def minimum(v: Variables) -> Expression:
    """Meetings missing to ``min_meetings``, over all participants."""
    terms: list[Expression] = []
    for name, person in v.possibilities.participants.items():
        wanted = person.min_meetings - v.count(name)
        if wanted <= 0:
            continue
        sent = v.sending.get(name, [])
        missing = v.model.new_int_var(0, wanted, "")
        v.model.add(missing + sum(sent) >= wanted)
        terms.append(missing)
    return sum(terms)


def stability(v: Variables) -> Expression:
    return sum(changed(v))


def wishes(v: Variables) -> Expression:
    fixed = sum(v.problem.meeting_by_id[name].weight for name in v.fixed.placed)
    free = [(each.placed, each.meeting.weight) for each in v.meetings.values()]
    literals, weights = [each for each, _ in free], [weight for _, weight in free]
    return cp_model.LinearExpr.weighted_sum(literals, weights) + fixed


def worst_off(v: Variables, level: int) -> Expression:
    """Participants with at most ``level`` meetings though more are possible."""
    terms: list[Expression] = []
    for name, possible in v.possibilities.degree.items():
        if possible <= level:
            continue
        wanted = level + 1 - v.count(name)
        sent = v.sending.get(name, [])
        if wanted <= 0:
            continue
        if wanted > len(sent):
            terms.append(1)
            continue
        few = v.new()
        v.model.add(sum(sent) + wanted * few >= wanted)
        terms.append(few)
    return sum(terms)


def breaks(v: Variables) -> Expression:
    terms: list[Expression] = []
    for name, person in v.possibilities.participants.items():
        if person.seats == 1:
            literals, fixed = breaks_in_day(v, name)
            terms += [*literals, fixed]
    return sum(terms)


def count_moves(v: Variables) -> Expression:
    literals, fixed = moves(v)
    return sum(literals) + fixed


@dataclass(frozen=True, slots=True)
class Target:
    """One number to improve: a goal, or one level of it."""

    goal: str
    level: int
    measure: Measure
    maximise: bool = False

    def better(self, value: int, than: int) -> bool:
        return value > than if self.maximise else value < than

    def floor(self, value: int, allowance: int) -> int:
        """What later goals have to keep."""
        return value - allowance if self.maximise else value + allowance


GOALS: dict[str, tuple[Target, ...]] = {
    "minimum": (Target("minimum", 0, minimum),),
    "stability": (Target("stability", 0, stability),),
    "wishes": (Target("wishes", 0, wishes, maximise=True),),
    "worst_off": tuple(
        Target("worst_off", level, partial(worst_off, level=level)) for level in range(LEVELS)
    ),
    "breaks": (Target("breaks", 0, breaks),),
    "moves": (Target("moves", 0, count_moves),),
}


def level_of(value: int | tuple[int, ...], target: Target) -> int:
    return value if isinstance(value, int) else value[target.level]


def expression_of(v: Variables, target: Target) -> Expression:
    """Built once in a model, however often it is asked for."""
    key = (target.goal, target.level)
    if key not in v.expressions:
        v.expressions[key] = target.measure(v)
    return v.expressions[key]


def set_objective(v: Variables, target: Target) -> None:
    expression = expression_of(v, target)
    if target.maximise:
        v.model.maximize(expression)
    else:
        v.model.minimize(expression)


def turns_by_level(target: Target) -> bool:
    return len(GOALS[target.goal]) > 1


def closer(target: Target, bound: int, other: int | None) -> int:
    """The stronger of two true bounds."""
    if other is None:
        return bound
    return min(bound, other) if target.maximise else max(bound, other)
