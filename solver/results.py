"""What a run has reached, goal by goal: value, best value known, bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from solver.objective import GOALS, level_of
from solver.problem import Goal
from solver.schedule import GoalResult, GoalValue

if TYPE_CHECKING:
    from solver.objective import Target
    from solver.stages import Stages

Reached = tuple[int, int]  # best value known, bound


def goal_results(stages: Stages, values: Mapping[str, GoalValue]) -> tuple[GoalResult, ...]:
    """Of all goals of the problem in their order; ``values`` are those of the schedule as it is."""
    return tuple(_result(stages, goal, values[goal.goal]) for goal in stages.problem.goals)


def _result(stages: Stages, goal: Goal, value: GoalValue) -> GoalResult:
    reached: list[Reached] = []
    for target in GOALS[goal.goal]:
        unsure = any(best != bound for best, bound in reached)
        reached.append(_reached(stages, target, level_of(value, target), unsure=unsure))
    best, bound = zip(*reached, strict=True)
    several = len(reached) > 1
    return GoalResult(
        goal=goal.goal,
        best=best if several else best[0],
        value=value,
        bound=bound if several else bound[0],
        proven=best == bound,
    )


def _reached(stages: Stages, target: Target, value: int, *, unsure: bool) -> Reached:
    """``unsure``: an earlier level is not proven, so that what was proven of this one is not
    proven for better earlier ones.
    """
    first = stages.first_bound(target, value)
    known = {(each.target.goal, each.target.level): each for each in stages.results}
    result = known.get((target.goal, target.level))
    if result is None:
        return value, first
    beaten = target.better(value, result.best) or target.better(result.floor, value)
    return value if beaten else result.best, first if unsure else result.bound
