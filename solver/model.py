"""The CP-SAT model as a table of contents, and the way back from its values to meetings."""

from __future__ import annotations

from collections.abc import Iterable

from solver.clock import never
from solver.constraints import RULES
from solver.implied import add_implied
from solver.places import Pool
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.search import Found
from solver.seating import Seat, seat
from solver.settings import StopSignal
from solver.unchanged import keep_as_published
from solver.variables import Decisions, Literal, Variables

HARD = ("must", "kept", "changes")  # the rules that the empty schedule may break


def build(
    possibilities: Possibilities,
    fixed: Roster,
    free: Iterable[Meeting],
    *,
    slots: frozenset[int] | None = None,
    relaxed: bool = False,
    stop: StopSignal = never,
) -> Variables:
    """All rules over the free meetings; the fixed ones stay. ``relaxed``: nothing has to be.

    Raises :class:`Interrupted` where ``stop`` says so before the model is built.
    """
    v = Variables(possibilities, fixed, free, slots, stop)
    keep_as_published(v)
    for code, rule in RULES.items():
        v.look_up()
        if possibilities.enforces(code) and not (relaxed and code in HARD):
            rule(v)
    add_implied(v)
    return v


def read(v: Variables, found: Found, before: dict[str, PlacedMeeting]) -> list[PlacedMeeting]:
    """The meetings of a solution. ``before``: a schedule whose places are taken up again."""
    seats = [
        _seat(v, found, decisions)
        for decisions in v.meetings.values()
        if found.solver.boolean_value(decisions.placed)
    ]
    return seat(v.fixed, seats, before)


def _seat(v: Variables, found: Found, decisions: Decisions) -> Seat:
    def true(literal: Literal) -> bool:
        return found.solver.boolean_value(literal)

    start = next(start for start, begins in decisions.start.items() if true(begins))
    people = {side: person for side, person, sent in decisions.sent if true(sent)}

    def pool(used: Iterable[tuple[Pool, int, Literal]]) -> Pool | None:
        return next((each for each, _, literal in used if true(literal)), None)

    serving = (each.id for each, _, literal in decisions.interpreters if true(literal))
    unchanged = decisions.unchanged
    return Seat(
        meeting=decisions.meeting,
        start=start,
        participants=tuple(people[side] for side in range(len(people))),
        pool=pool(decisions.pools),
        room=pool(decisions.rooms),
        interpreter=next(serving, None),
        unchanged=not isinstance(unchanged, int) and true(unchanged),
    )
