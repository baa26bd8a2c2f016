"""All rules and goals at once: the engine after 1, 5, 20 and 60 seconds, beside plain CP-SAT.

``python -m benchmarks.together [PEOPLE] [SECONDS of plain CP-SAT] [SEED]``: a forum of the family
``all-rules`` (1,000 people: 6,000 wishes, 30 slots, 150 tables in two halls). Plain CP-SAT is
the whole model in one piece, goal after goal, without plan, annealing or parts; it starts from
the same constructive schedule. Processor time is given as well, for machines that are not idle.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import suppress

from solver.bounds import matching_bound
from solver.clock import Clock, Interrupted
from solver.construction import construct
from solver.engine import solve
from solver.generation import generate
from solver.objective import GOALS
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.schedule import GoalValue
from solver.settings import Settings
from solver.stages import Result, Stages
from solver.turns import search_whole
from solver.validation import goal_values

LIMITS = (1.0, 5.0, 20.0, 60.0)
PLAIN = 600.0
WORKERS = 2
SHARES = {"minimum": 1, "wishes": 5, "worst_off": 2, "breaks": 3, "moves": 1}


def main(people: int, plain: float, seed: int) -> None:
    problem = generate(people, seed=seed, family="all-rules")
    print(f"\n{len(problem.meetings)} wishes of {people} people, {len(problem.slots)} slots\n")
    print("| who | seconds | processor seconds | goal: value (bound) |\n|---|---|---|---|")
    for seconds in LIMITS:
        _engine(problem, seconds)
    if plain > 0.0:
        _plain(problem, plain)


def _engine(problem: Problem, seconds: float) -> None:
    begun, work = time.monotonic(), _processor()
    schedule = solve(problem, Settings(seconds=seconds, workers=WORKERS, started=begun))
    said = [f"{each.goal} {_text(each.value)} ({_text(each.bound)})" for each in schedule.goals]
    _tell(f"engine, {seconds:g} s", begun, work, said)


def _plain(problem: Problem, seconds: float) -> None:
    """Whole model, goal by goal (lexicographic), each with its share of the seconds."""
    begun, work = time.monotonic(), _processor()
    possibilities = Possibilities(problem)
    settings = Settings(seconds=seconds, workers=WORKERS, started=begun)
    placed = construct(possibilities, matching_bound(possibilities), lambda: True)
    stages = Stages(possibilities, Clock(settings, None), settings, None, placed)
    for goal in problem.goals:
        targets = GOALS[goal.goal]
        for target in targets:
            share = SHARES.get(goal.goal, 1) / sum(SHARES.values()) / len(targets)
            bound = stages.first_bound(target, stages.value_of(target))
            if stages.value_of(target) != bound:
                with suppress(Interrupted):  # no time left to write the goal down
                    bound = search_whole(stages, stages.model(), target, share * seconds, bound)
            value = stages.value_of(target)
            stages.results.append(Result(target, value, bound, value))
    values = goal_values(problem, stages.placed.values())
    said = [f"{each.goal} {_text(values[each.goal])}" for each in problem.goals]
    _tell(f"plain CP-SAT, {seconds:g} s", begun, work, said)


def _text(value: GoalValue) -> str:
    return str(value) if isinstance(value, int) else " ".join(map(str, value))


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _tell(who: str, begun: float, work: float, said: list[str]) -> None:
    taken, worked = time.monotonic() - begun, _processor() - work
    print(f"| {who} | {taken:.1f} | {worked:.1f} | {'; '.join(said)} |", flush=True)


if __name__ == "__main__":
    given = [float(each) for each in sys.argv[1:]]
    count, limit, number = (*given, *(1000.0, PLAIN, 1.0)[len(given) :])
    main(int(count), limit, int(number))
