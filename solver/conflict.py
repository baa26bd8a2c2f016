"""Which musts, locked meetings and rules contradict each other: none could be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from solver.clock import Clock
from solver.constraints import RULES, STRUCTURAL
from solver.contradiction import conflict_text
from solver.deciding import Ground
from solver.model import HARD, build
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import Conflict
from solver.search import Effort, Outcome, search
from solver.settings import Settings
from solver.translation import Untranslatable
from solver.variables import Variables

OPTIONAL_RULES = tuple(sorted(code for code in (*RULES, *STRUCTURAL) if code not in HARD))


def hopeless(
    problem: Problem, musts: frozenset[str], clock: Clock, settings: Settings
) -> frozenset[str]:
    """Those of these musts that no schedule has, whatever else it leaves out: proven one by one,
    on the rules over these meetings alone. None where the time or the clauses do not reach.
    """
    trial = Trial(problem, clock, settings)
    together = Demands(musts, frozenset(), changes=False)
    if clock.over() or trial.ask(together) is not False:
        return frozenset()
    alone = {name: replace(together, musts=frozenset([name])) for name in sorted(musts)}
    return frozenset(name for name, demands in alone.items() if trial.contradicts(demands))


@dataclass(frozen=True, slots=True)
class Demands:
    """A choice of what has to be, and the rules that are left out."""

    musts: frozenset[str]
    locked: frozenset[str]
    changes: bool
    without: frozenset[str] = frozenset()


def find_conflict(problem: Problem, clock: Clock, settings: Settings) -> Conflict | None:
    """An irreducible conflict, or what is left of one when time runs out (said in its text).

    Deletion: whatever can be left out with the contradiction still proven is left out. First in
    large parts (most demands have nothing to do with it), then one by one, then the rules.
    """
    trial = Trial(problem, clock, settings)
    demands = trial.all_demands()
    demands = trial.focus(demands)
    musts = trial.shrink(sorted(demands.musts), lambda kept: replace(demands, musts=kept))
    demands = replace(demands, musts=frozenset(musts))
    locked = trial.shrink(sorted(demands.locked), lambda kept: replace(demands, locked=kept))
    demands = replace(demands, locked=frozenset(locked))
    if demands.changes and trial.contradicts(replace(demands, changes=False)):
        demands = replace(demands, changes=False)
    codes = frozenset(OPTIONAL_RULES)
    rules = trial.shrink(OPTIONAL_RULES, lambda kept: replace(demands, without=codes - kept))
    named = (*rules, "changes") if demands.changes else tuple(rules)
    conflict = Conflict(musts=tuple(musts), published=tuple(locked), rules=named)
    text = conflict_text(problem, conflict, irreducible=not clock.over())
    return replace(conflict, text=text)


class Trial:
    def __init__(self, problem: Problem, clock: Clock, settings: Settings) -> None:
        self.problem = problem
        self.clock = clock
        self.settings = settings
        self.ground: tuple[frozenset[str], Variables, Ground] | None = (
            None  # and what it is without
        )

    def all_demands(self) -> Demands:
        possibilities = Possibilities(self.problem)
        musts = frozenset(each.id for each in self.problem.meetings if each.must)
        musts -= frozenset(possibilities.published.kept)
        locked = frozenset(possibilities.published.locked)
        return Demands(musts, locked, self.problem.rules.max_changes is not None)

    def shrink(
        self, items: Iterable[str], demand: Callable[[frozenset[str]], Demands]
    ) -> list[str]:
        """Leave out halves, quarters ... single items, while the contradiction stays."""
        kept = list(items)
        size = max(1, len(kept) // 2)
        while kept:
            position = 0
            while position < len(kept) and not self.clock.over():
                fewer = kept[:position] + kept[position + size :]
                if self.contradicts(demand(frozenset(fewer))):
                    kept = fewer
                else:
                    position += size
            if size == 1 or self.clock.over():
                break
            size //= 2
        return kept

    def contradicts(self, demands: Demands) -> bool:
        """Is it proven that no schedule meets these demands?"""
        if self.clock.over():
            return False
        answer = self.ask(demands)
        if answer is not None:
            return not answer
        v = self._state(demands)
        for name in sorted(demands.musts):
            v.model.add_bool_or([v.meetings[name].placed])
        for name in sorted(demands.locked):
            v.model.add(sum([v.meetings[name].unchanged]) == 1)
        if demands.changes:
            RULES["changes"](v)
        effort = Effort(self.clock.remaining())
        found = search(v.model, self.clock, self.settings, effort, lambda value, bound: None)
        return found.outcome is Outcome.IMPOSSIBLE

    def focus(self, demands: Demands) -> Demands:
        """Only the musts that were needed to refute all together, where clauses say it."""
        if self.clock.over() or self.ask(demands) is not False or self.ground is None:
            return demands
        _, v, ground = self.ground
        core = ground.core()
        needed = {name for name in demands.musts if v.meetings[name].placed.index in core}
        return replace(demands, musts=frozenset(needed))

    def ask(self, demands: Demands) -> bool | None:
        """Can musts alone be met? One set of clauses serves all choices of musts; None: unknown."""
        if demands.locked or demands.changes:
            return None
        if self.ground is None or self.ground[0] != demands.without:
            v = self._state(demands)
            try:
                self.ground = demands.without, v, Ground(v.model)
            except Untranslatable:
                return None
        _, v, ground = self.ground
        return ground.ask([v.meetings[name].placed for name in sorted(demands.musts)], self.clock)

    def _state(self, demands: Demands) -> Variables:
        """The rules over the meetings that these demands name; nothing has to be."""
        possibilities = Possibilities(self.problem, demands.without)
        roster = Roster(possibilities)
        wanted = demands.musts | demands.locked
        if demands.changes:
            wanted |= possibilities.published.loose.keys()
        mends = self.problem.rules.breaks_per_participant is not None  # one between two others
        free = [each for each in possibilities.meetings if mends or each.id in wanted]
        free = [each for each in free if each.id not in roster.placed]
        return build(possibilities, roster, free, relaxed=True)
