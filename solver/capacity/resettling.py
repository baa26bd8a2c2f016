"""A choice of meetings in an event of another size: only when and where is looked for.

Which meetings take place together is the long part of a schedule; tables and slots only say how
tightly they have to sit. They are those of the best schedule known, or what the sums of this size
say (``solver.selection``); ``solver.insisting`` finds room for them. The last ones may find it
where others of the same weight take their place, or where people who are left out have less.
"""

from __future__ import annotations

from dataclasses import dataclass

from solver.clock import Clock
from solver.completion import fill_up
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.schedule import PlacedMeeting
from solver.selection import MOST_MEETINGS, Selection
from solver.settings import Settings, StopSignal
from solver.stages import Stages, by_id

Meetings = tuple[PlacedMeeting, ...]
WISHES = GOALS["wishes"][0]
SHARE_OF_CHOICE = 0.3  # of the time, at most, for which meetings take place
ROUNDS = 8  # of looking for room, at most
SHARE_OF_CHOSEN = 0.9  # of what is left in a round, unless it is stuck before
SHARE_OF_OTHERS = 0.15  # of what is left then, for others to take their place


@dataclass(frozen=True, slots=True)
class Settled:
    """A valid schedule, and what is proven of all of them."""

    meetings: Meetings
    bound: int
    spent: float  # deterministic seconds, where steps are counted
    strained: tuple[str, ...]  # who had no room for all that was chosen, the last first


@dataclass(frozen=True, slots=True)
class Choice:
    """``meetings`` that are to take place; where there are none, sums say what, if they say it in
    time. ``strained``: people who then get as few as possible without any loss.
    """

    meetings: frozenset[str] = frozenset()
    strained: tuple[str, ...] = ()


def resettle(
    possibilities: Possibilities,
    choice: Choice,
    begin: Meetings,
    bound: int,
    settings: Settings,
    stop: StopSignal | None = None,
) -> Settled:
    """The heaviest schedule found of the meetings of ``choice`` within the settings' time.

    ``begin`` is a valid schedule of this size; the answer is one, too. Ends as soon as all of
    them take place, or others worth as much.
    """
    clock = Clock(settings, stop)
    placed = by_id(fill_up(possibilities, begin) if begin else ())
    stages = Stages(possibilities, clock, settings, None, placed)
    settling = Settling(stages, choice, bound)
    settling.settle()
    placed = stages.placed
    return Settled(tuple(placed.values()), settling.bound, clock.spent, settling.strained)


def bound_below(
    target: int,
    possibilities: Possibilities,
    strained: tuple[str, ...],
    settings: Settings,
    stop: StopSignal | None = None,
) -> tuple[int | None, float]:
    """A bound below the target, where sums in whole numbers say one in the settings' time, and the
    deterministic seconds that it took, where steps are counted.
    """
    if len(possibilities.meetings) > MOST_MEETINGS:
        return None, 0.0
    clock = Clock(settings, stop)
    selection = Selection(Stages(possibilities, clock, settings, None, {}), target, strained)
    selection.choose(SHARE_OF_CHOICE * clock.remaining())
    if selection.worth >= target:
        return None, clock.spent
    bound = selection.prove(clock.remaining())
    return (bound if bound < target else None), clock.spent


class Settling:
    def __init__(self, stages: Stages, choice: Choice, bound: int) -> None:
        self.stages = stages
        self.chosen = choice.meetings
        self.worth = sum(m.weight for m in stages.problem.meetings if m.id in self.chosen)
        self.bound = bound
        self.by_sums = not self.chosen
        self.strained = choice.strained

    def settle(self) -> None:
        from solver.annealing import can_anneal  # compiled: not for every problem

        if (self.chosen and self._is_done()) or not can_anneal(self.stages, WISHES):
            return
        selection = self._select()
        for _ in range(ROUNDS):
            if self._is_done() or self.stages.clock.over():
                break
            if self._look_for_room() and selection is not None:
                selection = self._select() or selection
            elif not self._is_done():
                self._exchange()
        if selection is not None and self._is_done() and self.bound > self.worth:
            self.bound = selection.prove(self.stages.clock.remaining())

    def _look_for_room(self) -> bool:
        """Is it known anew who had no room for all that was chosen? They are to have less."""
        before = self.strained
        strained = self._place()
        if self._is_done():
            return False
        self.strained = tuple(dict.fromkeys((*strained, *before)))
        return set(self.strained) > set(before)

    def _is_done(self) -> bool:
        return self.stages.value_of(WISHES) >= self.worth

    def _select(self) -> Selection | None:
        """What sums say to place, where that is worth as much as what is chosen, or where sums have
        chosen that, too; None where it takes too long.
        """
        stages = self.stages
        if len(stages.possibilities.meetings) > MOST_MEETINGS:
            return None
        selection = Selection(stages, self.bound, self.strained)
        selection.choose(SHARE_OF_CHOICE * stages.clock.remaining())
        is_wanted = self.by_sums or selection.worth == self.worth
        if not (selection.chosen and is_wanted) or selection.worth < stages.value_of(WISHES):
            return None
        self.chosen, self.worth = selection.chosen, selection.worth
        return selection

    def _place(self) -> tuple[str, ...]:
        """Who insisted most on the way."""
        from solver.insisting import Insisting

        seconds = SHARE_OF_CHOSEN * self.stages.clock.remaining()
        insisting = Insisting(self.stages, seconds, self.worth, self.chosen)
        insisting.explore()
        return insisting.strained

    def _exchange(self) -> None:
        from solver.annealing import Annealing

        seconds = SHARE_OF_OTHERS * self.stages.clock.remaining()
        Annealing(self.stages, WISHES, seconds, self.worth, cold=True).explore()
