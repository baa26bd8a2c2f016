"""A schedule told to CP-SAT as the place to start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from solver.schedule import PlacedMeeting
from solver.variables import Decisions, Literal, Variables


def hint(v: Variables, placed: Iterable[PlacedMeeting]) -> None:
    """Every decision gets its hint; earlier hints are forgotten (doubled ones are refused)."""
    v.model.clear_hints()  # type: ignore[no-untyped-call]
    by_meeting = {each.meeting: each for each in placed}
    for name, decisions in v.meetings.items():
        known = by_meeting.get(name)
        true = set(_true(v, decisions, known)) if known is not None else set()
        for index, literal in {each.index: each for each in _all(decisions)}.items():
            v.model.add_hint(literal, index in true)


def _true(v: Variables, decisions: Decisions, placed: PlacedMeeting) -> Iterator[int]:
    at = v.problem.slot_position[placed.slot]
    people = set(enumerate(placed.participants))
    yield decisions.placed.index
    yield from (begins.index for start, begins in decisions.start.items() if start == at)
    yield from (sent.index for side, who, sent in decisions.sent if (side, who) in people)
    for side, who, start, here in decisions.attends:
        if start == at and (side, who) in people:
            yield here.index
    for cast, used in decisions.casts:
        if all(who in cast.members[side] for side, who in people):
            yield used.index
    yield from _true_places(v, decisions, placed, at)


def _true_places(
    v: Variables, decisions: Decisions, placed: PlacedMeeting, at: int
) -> Iterator[int]:
    pool_of = v.possibilities.pools.pool_of
    for name, used in ((placed.place, decisions.pools), (placed.room, decisions.rooms)):
        pool = pool_of.get(name or "")
        yield from (here.index for each, start, here in used if start == at and each is pool)
    for each, start, here in decisions.interpreters:
        if start == at and each.id == placed.interpreter:
            yield here.index


def _all(decisions: Decisions) -> Iterator[Literal]:
    yield decisions.placed
    yield from decisions.start.values()
    yield from (literal for _, literal in decisions.casts)
    yield from (literal for _, _, literal in decisions.sent)
    yield from (literal for _, _, _, literal in decisions.attends)
    yield from (literal for _, _, literal in decisions.pools)
    yield from (literal for _, _, literal in decisions.rooms)
    yield from (literal for _, _, literal in decisions.interpreters)
