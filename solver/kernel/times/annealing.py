"""Fewer breaks by annealing, compiled, for problems of times alone.

Most moves take a meeting next to another of the same person's. Three in ten begin with somebody
who has a break. Where meetings are missing, every other move lets one in.
"""

from __future__ import annotations

from solver.kernel.compiling import inlined, side_by_side
from solver.kernel.times.arrays import (
    BEYOND,
    BROKEN,
    MISSING,
    NONE,
    STOP,
    TARGET,
    TOTAL,
    WRONG,
    Times,
)
from solver.kernel.times.beginning import begin
from solver.kernel.times.chains import swap
from solver.kernel.times.chance import bear, draw, fraction
from solver.kernel.times.entering import enter

HOT, COLD = 0.5, 0.15  # temperatures, in breaks
FOCUS = 0.3  # share of moves that begin with somebody who has a break
NEAR = 0.8  # share of moves to a slot beside another meeting of one of the two
LOOK = 256  # moves between two looks at the target and the stop sign
NEVER = 1 << 60


@side_by_side
def anneal(t: Times, moves: int) -> int:
    """So many moves; leave in ``best`` the best complete schedule and return its breaks.

    NONE if there was none. It keeps all rules.
    """
    begin(t)
    temperature = HOT
    cooling = (COLD / HOT) ** (LOOK / max(1, moves))
    fewest = _keep(t, NEVER)
    for done in range(0, moves, LOOK):
        if t.signals[STOP] != 0 or fewest <= t.signals[TARGET]:
            break
        for _ in range(min(LOOK, moves - done)):
            if t.tally[MISSING] > 0 and draw(t, 2) == 0:
                enter(t, bear(t, temperature))
            else:
                _move(t, temperature)
            if t.tally[TOTAL] < fewest:
                fewest = _keep(t, fewest)
        temperature *= cooling
    return NONE if fewest == NEVER else fewest


@inlined
def _keep(t: Times, fewest: int) -> int:
    """The schedule as it is, if nothing is missing and no rule is broken; its breaks."""
    if t.tally[MISSING] > 0 or t.tally[BEYOND] > 0 or t.tally[WRONG] > 0:
        return fewest
    for meeting in range(len(t.slots)):
        t.best[meeting] = t.slots[meeting]
    return t.tally[TOTAL]


@inlined
def _move(t: Times, temperature: float) -> None:
    meeting = _choose(t)
    here = t.slots[meeting]
    if here == NONE:
        return
    there = _aim(t, meeting)
    if there not in (here, NONE):
        swap(t, meeting, there, bear(t, temperature))


@inlined
def _choose(t: Times) -> int:
    """A meeting of somebody who has a break, or any."""
    if t.tally[BROKEN] > 0 and fraction(t) < FOCUS:
        person = t.broken[draw(t, t.tally[BROKEN])]
        return t.meetings_of[person, draw(t, t.degree[person])]
    return draw(t, len(t.slots))


@inlined
def _aim(t: Times, meeting: int) -> int:
    """The slot of another meeting of one of the two or the one before or after it, or any; NONE
    where it may not be there.
    """
    if fraction(t) >= NEAR:
        return t.options[meeting, draw(t, t.starts[meeting])]
    person = t.people[meeting, draw(t, 2)]
    other = t.slots[t.meetings_of[person, draw(t, t.degree[person])]]
    there = other + draw(t, 3) - 1
    if other == NONE or there < 0 or there >= t.allowed.shape[1] or t.allowed[meeting, there] == 0:
        return NONE
    return there
