"""One instance by one approach: ``python -m benchmarks.breaks_peers FILE.dzn PEER SECONDS``.

PEER is ``ours``, ``published`` (bottom-up MaxSAT) or ``plain`` (CP-SAT on the engine's model
without the rows for breaks alone). Prints what was
proven and the seconds in the process; imports and the loading of compiled code are left out.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from pathlib import Path

from benchmarks.breaks_published import solve_published
from solver.cp_sat import cp_model
from solver.dzn import read_dzn
from solver.engine import solve
from solver.model import build
from solver.objective import GOALS, set_objective
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.searcher import Searcher
from solver.settings import Settings
from solver.timetable import timetable_of


def ours(problem: Problem, seconds: float) -> str:
    schedule = solve(problem, Settings(seconds=seconds, workers=2))
    if schedule.status == "optimal":
        return str(schedule.goals[0].value)
    if schedule.status == "infeasible":
        return "infeasible"
    return f"{schedule.goals[0].value} >= {schedule.goals[0].bound}"


def plain(problem: Problem, seconds: float) -> str:
    possibilities = Possibilities(problem)
    v = build(possibilities, Roster(possibilities), possibilities.meetings)
    set_objective(v, GOALS["breaks"][0])
    engine = cp_model.CpSolver()
    engine.parameters.num_workers = 2
    engine.parameters.max_time_in_seconds = seconds
    status = engine.solve(v.model)
    if status == cp_model.OPTIMAL:
        return str(round(engine.objective_value))
    if status == cp_model.INFEASIBLE:
        return "infeasible"
    return f">= {round(engine.best_objective_bound)}"


def published(problem: Problem, seconds: float) -> str:
    signal.alarm(math.ceil(seconds))  # ends the process
    return solve_published(problem)


PEERS = {"ours": ours, "published": published, "plain": plain}


def load_compiled(problem: Problem) -> None:
    """Load what Numba keeps: a first pass, and annealing that is content at once."""
    schedule = solve(problem, Settings(seconds=0))
    timetable = timetable_of(Possibilities(problem))
    if timetable is not None and not schedule.unplaced:
        slots = timetable.slots_of({each.meeting: each for each in schedule.meetings})
        Searcher(timetable, slots, 10**6, seed=1).work()


def main(path: Path, peer: str, seconds: float) -> None:
    if peer == "ours":
        load_compiled(read_dzn(path))
    begun = time.monotonic()
    proven = PEERS[peer](read_dzn(path), seconds)
    print(f"{proven} | {time.monotonic() - begun:.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in PEERS:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
