"""The same meetings in an event of another size: which take place is known, only when and where
is looked for.

Which meetings take place together is the long part of a schedule; tables and slots only say how
tightly they have to sit. Annealing (``solver.annealing``) moves those of the best schedule known
until all are in.
"""

from __future__ import annotations

from collections.abc import Collection

from solver.clock import Clock
from solver.completion import fill_up
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import PlacedMeeting
from solver.settings import Settings, StopSignal
from solver.stages import Stages, by_id

Meetings = tuple[PlacedMeeting, ...]


def resettle(
    problem: Problem,
    chosen: Collection[str],
    begin: Meetings,
    settings: Settings,
    stop: StopSignal | None,
) -> Meetings:
    """The heaviest schedule found of the meetings ``chosen`` within the settings' time.

    ``begin`` is a valid schedule of the problem; the answer is one, too. Ends as soon as all of
    them take place.
    """
    from solver.annealing import Annealing, can_anneal  # compiled: not for every problem

    possibilities = Possibilities(problem)
    clock = Clock(settings, stop)
    placed = by_id(fill_up(possibilities, begin))
    stages = Stages(possibilities, clock, settings, None, placed)
    target = GOALS["wishes"][0]
    worth = sum(each.weight for each in problem.meetings if each.id in chosen)
    if stages.value_of(target) < worth and can_anneal(stages, target):
        Annealing(stages, target, clock.remaining(), worth, frozenset(chosen)).explore()
    return tuple(stages.placed.values())
