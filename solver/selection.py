"""Which meetings take place, slots forgotten: the sums of people, places and interpreters over
all slots together, in whole numbers.

Where nobody is away often, these sums hold nearly all that decides the wishes. SCIP chooses the
meetings, and a search that looks at nothing else mostly finds room for all of them. CP-SAT, which
counts exactly, then proves that no choice is worth more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.bounds import matching_bound
from solver.cp_sat import cp_model
from solver.linear import Least, LinearEffort, solve_whole
from solver.relaxation import Relaxation
from solver.relaxed_rules import relax
from solver.search import Effort, Outcome, search
from solver.slot_classes import one_class

if TYPE_CHECKING:
    from solver.possibilities import Possibilities
    from solver.problem import Meeting
    from solver.stages import Stages

MOST_MEETINGS = 30_000  # beyond, whole numbers take too long
MOST_APART = 12  # people whose days are told apart
SECONDS_PER_VARIABLE = 2e-4  # of one processor, where steps are counted
STRONG = 2  # linearization: the linear programme of the sums is nearly whole already


def is_decided_by_sums(possibilities: Possibilities, bound: int) -> bool:
    """Do parts of the slots say no more than all of them together? Not asked of large problems."""
    if len(possibilities.meetings) > MOST_MEETINGS:
        return False
    return matching_bound(possibilities).bound <= bound


class Selection:
    """``chosen``: ids of the meetings that are worth the most together, none where the time was
    too short; ``worth``: their weight with what has begun; ``bound`` of the wishes.
    """

    def __init__(self, stages: Stages, bound: int, strained: Sequence[str] = ()) -> None:
        """``strained``: people who get as few meetings as possible without any loss; of the first
        ones whole days are looked at.
        """
        self.stages = stages
        self.bound = bound
        self.strained = strained
        self.chosen: frozenset[str] = frozenset()
        self.worth = 0
        possibilities = stages.possibilities
        self.relaxation: Relaxation = relax(
            possibilities, one_class(possibilities), apart=strained[:MOST_APART]
        )
        self.least = [*self._musts(), *self._fewest()]
        self.taken = np.zeros(self.relaxation.size)

    def choose(self, seconds: float) -> None:
        clock, relaxation = self.stages.clock, self.relaxation
        counted = clock.steps is not None
        effort = LinearEffort(None if counted else seconds, 1, clock.late)
        taken = solve_whole(self._sparing(), self.least, effort)
        clock.spent += SECONDS_PER_VARIABLE * relaxation.size if counted else 0.0
        if taken is not None:
            index = relaxation.meeting[np.flatnonzero(taken)].tolist()
            meetings = {relaxation.meetings[each].id: relaxation.meetings[each] for each in index}
            self.taken = taken
            self.chosen = frozenset(meetings)
            self.worth = relaxation.fixed + sum(each.weight for each in meetings.values())

    def prove(self, seconds: float) -> int:
        """The bound, nearer where CP-SAT gets there."""
        stages = self.stages
        effort = Effort(seconds, linearization=STRONG, workers=1, presolve=False)
        found = search(self._model(), stages.clock, stages.settings, effort, lambda *_: None)
        if found.outcome in (Outcome.FOUND, Outcome.PROVEN) and found.bound is not None:
            self.bound = min(self.bound, found.bound)
        return self.bound

    def _sparing(self) -> Relaxation:
        """All meetings of the strained are worth less together than a unit of weight."""
        if not self.strained:
            return self.relaxation
        meetings = self.relaxation.meetings
        costs = [sum(person in self.strained for person in each.people()) for each in meetings]
        unit = sum(costs) + 1
        dear = zip(meetings, costs, strict=True)
        spared = (replace(each, weight=unit * each.weight - cost) for each, cost in dear)
        return replace(self.relaxation, meetings=tuple(spared))

    # -- what has to be in a choice ---------------------------------------------------------

    def _musts(self) -> Iterator[Least]:
        ways: dict[str, list[int]] = defaultdict(list)
        for variable, meeting in self._variables():
            if meeting.must:
                ways[meeting.id].append(variable)
        return (Least(variables, 1) for variables in ways.values())

    def _fewest(self) -> Iterator[Least]:
        """``min_meetings``, where it is known that all people can have so many."""
        reached = {each.target.goal: each.floor for each in self.stages.results}
        if reached.get("minimum") != 0:
            return
        of_person: dict[str, list[int]] = defaultdict(list)
        for variable, meeting in self._variables():
            for person in meeting.people():
                of_person[person].append(variable)
        begun = self.stages.possibilities.begun
        for name, known in self.stages.possibilities.participants.items():
            if known.min_meetings > begun[name]:
                yield Least(of_person[name], known.min_meetings - begun[name])

    def _variables(self) -> Iterator[tuple[int, Meeting]]:
        for variable, index in enumerate(self.relaxation.meeting.tolist()):
            yield variable, self.relaxation.meetings[index]

    def _model(self) -> cp_model.CpModel:
        """Every valid schedule is a solution of it, what was chosen is hinted at."""
        relaxation, model = self.relaxation, cp_model.CpModel()
        literals = [model.new_bool_var("") for _ in range(relaxation.size)]
        rows = relaxation.rows
        terms: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in range(rows.count)]
        entries = zip(rows.row.tolist(), rows.variable.tolist(), rows.factor.tolist(), strict=True)
        for row, variable, factor in entries:
            terms[row].append((literals[variable], factor))
        for mine, limit in zip(terms, rows.limit.tolist(), strict=True):
            model.add(cp_model.LinearExpr.weighted_sum(*zip(*mine, strict=True)) <= limit)
        for least in self.least:
            model.add(sum(literals[each] for each in least.variables) >= least.number)
        for literal, taken in zip(literals, self.taken.tolist(), strict=True):
            model.add_hint(literal, taken > 0)
        weights = relaxation.weight[relaxation.meeting].tolist()
        weight = relaxation.fixed + cp_model.LinearExpr.weighted_sum(literals, weights)
        model.maximize(weight)
        return model
