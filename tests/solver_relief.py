"""What a reason names, taken out of the way: the absence, the meetings, the limit, the lack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from solver.problem import Interpreter, Place, Problem
from solver.schedule import PlacedMeeting, Reason

Placed = tuple[PlacedMeeting, ...]
ANOTHER_MEETING = ("busy", "travel", "exclusive", "after")


def relieved(problem: Problem, placed: Placed, reason: Reason) -> tuple[Problem, Placed] | None:
    """Problem and schedule without what the reason names; None where that cannot be."""
    if reason.rule in ANOTHER_MEETING:
        return problem, tuple(row for row in placed if row.meeting not in reason.meetings)
    relief = RELIEFS.get(reason.rule)
    return None if relief is None else (relief(problem, reason), placed)


def _each_named(problem: Problem, reason: Reason, **changes: object) -> Problem:
    people = tuple(
        replace(person, **changes) if person.id in reason.participants else person  # type: ignore[arg-type]
        for person in problem.participants
    )
    return replace(problem, participants=people)


def _present(problem: Problem, reason: Reason) -> Problem:
    return _each_named(problem, reason, absent=frozenset())


def _without_limits(problem: Problem, reason: Reason) -> Problem:
    named = set(reason.participants)
    limits = tuple(each for each in problem.limits if named.isdisjoint(each.participants))
    return replace(problem, limits=limits)


def _more_room(problem: Problem, reason: Reason) -> Problem:
    places = tuple(
        replace(place, capacity=place.capacity + 1) if place.id in reason.places else place
        for place in problem.places or ()
    )
    new = tuple(Place(id=f"new {kind}", kind=kind) for kind in _kinds(problem))
    return replace(problem, places=places if reason.places else (*places, *new))


def _kinds(problem: Problem) -> list[str]:
    return sorted({place.kind for place in problem.places or ()})


def _all_open(problem: Problem, _reason: Reason) -> Problem:
    places = tuple(replace(place, closed=frozenset()) for place in problem.places or ())
    return replace(problem, places=places)


def _another_interpreter(problem: Problem, _reason: Reason) -> Problem:
    spoken = frozenset(name for person in problem.participants for name in person.languages)
    new = Interpreter(id="new interpreter", languages=spoken)
    return replace(problem, interpreters=(*problem.interpreters, new))


def _any_start(problem: Problem, _reason: Reason) -> Problem:
    meetings = tuple(replace(each, slots=None, fixed_slot=None) for each in problem.meetings)
    return replace(problem, meetings=meetings)


def _many_breaks(problem: Problem, _reason: Reason) -> Problem:
    return replace(problem, rules=replace(problem.rules, breaks_per_participant=None))


RELIEFS: dict[str, Callable[[Problem, Reason], Problem]] = {
    "absent": _present,
    "max_meetings": lambda problem, reason: _each_named(problem, reason, max_meetings=None),
    "max_in_a_row": lambda problem, reason: _each_named(problem, reason, max_in_a_row=None),
    "breaks": _many_breaks,
    "limits": _without_limits,
    "place_taken": _more_room,
    "place_closed": _all_open,
    "language": _another_interpreter,
    "interpreter": _another_interpreter,
    "start_slot": _any_start,
}
