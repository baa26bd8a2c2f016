"""Which musts, locked meetings and rules contradict each other: none could be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from solver.clock import Clock
from solver.constraints import RULES, STRUCTURAL
from solver.contradiction import conflict_text
from solver.model import HARD, build
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import Conflict
from solver.search import Effort, Outcome, search
from solver.settings import Settings

OPTIONAL_RULES = tuple(sorted(code for code in (*RULES, *STRUCTURAL) if code not in HARD))


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
        possibilities = Possibilities(self.problem, demands.without)
        roster = Roster(possibilities)
        wanted = demands.musts | demands.locked
        if demands.changes:
            wanted |= possibilities.published.loose.keys()
        free = [each for each in possibilities.meetings if each.id in wanted]
        free = [each for each in free if each.id not in roster.placed]
        v = build(possibilities, roster, free, relaxed=True)
        for name in sorted(demands.musts):
            v.model.add_bool_or([v.meetings[name].placed])
        for name in sorted(demands.locked):
            v.model.add(sum([v.meetings[name].unchanged]) == 1)
        if demands.changes:
            RULES["changes"](v)
        effort = Effort(self.clock.remaining())
        found = search(v.model, self.clock, self.settings, effort, lambda value, bound: None)
        return found.outcome is Outcome.IMPOSSIBLE
