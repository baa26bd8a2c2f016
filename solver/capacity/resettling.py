"""The same meetings in an event of another size: which take place is known, only when and where
is looked for.

Which meetings take place together is the long part of a schedule; tables and slots only say how
tightly they have to sit. Annealing (``solver.annealing``) moves those of the best schedule known,
or others worth as much that the sums of this size allow (``solver.selection``), until all are in.
The last ones mostly find room where others of the same weight may take their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from solver.bounds import slotwise_bound
from solver.clock import Clock
from solver.completion import fill_up
from solver.linear import SECONDS_PER_VARIABLE, LinearEffort
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.schedule import PlacedMeeting
from solver.selection import MOST_MEETINGS, Selection, is_decided_by_sums
from solver.settings import Settings, StopSignal
from solver.slot_classes import alike_slots
from solver.stages import Stages, by_id

Meetings = tuple[PlacedMeeting, ...]
WISHES = GOALS["wishes"][0]
SHARE_OF_CHOICE = 0.1  # of the time, at most, for which meetings take place
SHARE_OF_CHOSEN = 0.5  # of what is left then, before others may take their place
SHARE_OF_OTHERS = 0.5  # of what is left then; the rest is for the proof


@dataclass(frozen=True, slots=True)
class Settled:
    """A valid schedule, and what is proven of all of them."""

    meetings: Meetings
    bound: int
    spent: float  # deterministic seconds, where steps are counted


def resettle(
    possibilities: Possibilities,
    chosen: frozenset[str],
    begin: Meetings,
    bound: int,
    settings: Settings,
    stop: StopSignal | None = None,
) -> Settled:
    """The heaviest schedule found of the meetings ``chosen`` within the settings' time.

    ``begin`` is a valid schedule of this size; the answer is one, too. Ends as soon as all of
    them take place, or others worth as much. Where none are chosen, sums say what to place.
    """
    clock = Clock(settings, stop)
    placed = by_id(fill_up(possibilities, begin))
    settling = Settling(Stages(possibilities, clock, settings, None, placed), chosen, bound)
    settling.settle()
    return Settled(tuple(settling.stages.placed.values()), settling.bound, clock.spent)


class Settling:
    def __init__(self, stages: Stages, chosen: frozenset[str], bound: int) -> None:
        self.stages = stages
        self.chosen = chosen
        self.worth = sum(m.weight for m in stages.problem.meetings if m.id in chosen)
        self.bound = bound

    def settle(self) -> None:
        from solver.annealing import can_anneal  # compiled: not for every problem

        if (self.chosen and self._is_done()) or not can_anneal(self.stages, WISHES):
            return
        selection = self._select()
        for share, cold in ((SHARE_OF_CHOSEN, False), (SHARE_OF_OTHERS, True)):
            if not self._is_done():
                self._anneal(share, cold=cold)
        if selection is not None and self._is_done() and self.bound > self.worth:
            self.bound = selection.prove(self.stages.clock.remaining())

    def _is_done(self) -> bool:
        return self.stages.value_of(WISHES) >= self.worth

    def _select(self) -> Selection | None:
        """Meetings worth as much that the sums allow here, as few others as possible; None where
        sums do not decide, or where no such are found in time.
        """
        stages = self.stages
        if len(stages.possibilities.meetings) > MOST_MEETINGS:
            return None
        if not self.chosen and not self._is_decided_by_sums():
            return None
        selection = Selection(stages, self.bound, self.chosen)
        selection.choose(SHARE_OF_CHOICE * stages.clock.remaining())
        least = self.worth if self.chosen else stages.value_of(WISHES)
        if selection.worth < least or (self.chosen and selection.worth > least):
            return None  # sums do not decide, or the time was too short
        self.chosen, self.worth = selection.chosen, selection.worth
        return selection

    def _is_decided_by_sums(self) -> bool:
        possibilities, clock = self.stages.possibilities, self.stages.clock
        if len(alike_slots(possibilities).size) < 2:
            return True
        seconds = SHARE_OF_CHOICE * clock.remaining()
        counted = clock.steps is not None
        effort = LinearEffort(None if counted else seconds, 1, clock.late)
        slotwise = slotwise_bound(possibilities, effort, int(seconds / SECONDS_PER_VARIABLE))
        return slotwise is not None and is_decided_by_sums(possibilities, slotwise.bound)

    def _anneal(self, share: float, *, cold: bool) -> None:
        from solver.annealing import Annealing

        chosen = None if cold else self.chosen
        seconds = share * self.stages.clock.remaining()
        Annealing(self.stages, WISHES, seconds, self.worth, chosen, cold=cold).explore()
