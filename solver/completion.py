"""The end of a run: nothing left out that could be in, a reason for everything that is out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from solver.breaks import breaks_of
from solver.free_time import FreeTime
from solver.moves import moves_of
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Meeting, Problem
from solver.reasons import Reasons
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason, Unplaced


def fill_up(
    possibilities: Possibilities, placed: Iterable[PlacedMeeting]
) -> tuple[PlacedMeeting, ...]:
    """Add every meeting that breaks no rule and costs no goal more than it gains."""
    return filled(possibilities, placed).schedule()


def filled(possibilities: Possibilities, placed: Iterable[PlacedMeeting]) -> Roster:
    """The same as a roster, of which reasons can be asked at once."""
    roster = Roster(possibilities).load(placed)
    openings = Openings(roster)
    free_time = FreeTime(openings)
    missing = (each for each in possibilities.meetings if each.id not in roster.placed)
    for meeting in sorted(missing, key=lambda each: (not each.must, -each.weight, each.id)):
        starts = free_time.likely_starts(meeting)
        best = min(welcome_ways(openings, meeting, starts), default=None, key=lambda way: way[0])
        if best is not None:
            roster.add(best[1])
            free_time.changed(best[1].participants)
    return roster


def welcome_ways(
    openings: Openings, meeting: Meeting, starts: Iterable[int]
) -> Iterator[tuple[tuple[int, int], PlacedMeeting]]:
    """Ways to add the meeting that no goal forbids, with the breaks and moves that each costs."""
    free = gains_first(openings.problem, meeting)
    for start in starts:
        answer = openings.find(meeting, start)
        if isinstance(answer, PlacedMeeting):
            cost = extra_cost(openings, answer)
            if free or cost <= (0, 0) or max(cost) <= 0:
                yield cost, answer


def gains_first(problem: Problem, meeting: Meeting) -> bool:
    """Does its weight count before what it costs? Then it belongs in whatever it costs."""
    if meeting.must:
        return True
    goals = [goal.goal for goal in problem.goals]
    if meeting.weight == 0 or "wishes" not in goals:
        return "breaks" not in goals and "moves" not in goals
    position = goals.index("wishes")
    before = goals[:position]
    return not problem.goals[position].slack and "breaks" not in before and "moves" not in before


def extra_cost(openings: Openings, way: PlacedMeeting) -> tuple[int, int]:
    """Breaks and moves more than before, of the goals that the problem has."""
    before = _cost(openings, way.participants)
    openings.roster.add(way)
    after = _cost(openings, way.participants)
    openings.roster.remove(way.meeting)
    return after[0] - before[0], after[1] - before[1]


def _cost(openings: Openings, people: Iterable[str]) -> tuple[int, int]:
    goals = {goal.goal for goal in openings.problem.goals}
    known = openings.possibilities.participants
    single = [person for person in people if known[person].seats == 1]
    held = openings.roster.held
    breaks = moves = 0
    for person in single:
        if "breaks" in goals:
            breaks += breaks_of(openings.possibilities, person, held[person])
        if "moves" in goals:
            moves += moves_of(openings.roster, person)
    return breaks, moves


def explain_all(
    possibilities: Possibilities, placed: Iterable[PlacedMeeting]
) -> tuple[Unplaced, ...]:
    """A reason for every meeting that is not placed."""
    return explain(Roster(possibilities).load(placed))


def explain(roster: Roster) -> tuple[Unplaced, ...]:
    """A reason for every meeting that is not in the roster."""
    openings = Openings(roster)
    reasons = Reasons(openings)
    free_time = FreeTime(openings)
    unplaced = []
    for meeting in roster.possibilities.meetings:
        if meeting.id not in roster.placed:
            reason = reason_of(openings, reasons, meeting, free_time.likely_starts(meeting))
            unplaced.append(Unplaced(meeting=meeting.id, reason=reason))
    return tuple(unplaced)


def reason_of(
    openings: Openings, reasons: Reasons, meeting: Meeting, starts: Iterable[int]
) -> Reason:
    """The goal that would lose by the meeting, where no rule keeps it out; else the rule."""
    return _cost_reason(openings, meeting, starts) or reasons.of(meeting.id)


def _cost_reason(openings: Openings, meeting: Meeting, starts: Iterable[int]) -> Reason | None:
    """Where no rule stands in the way: the goal that would lose, with the cheapest way."""
    ways = []
    for start in starts:
        answer = openings.find(meeting, start)
        if isinstance(answer, PlacedMeeting):
            ways.append((extra_cost(openings, answer), answer))
    if not ways:
        return None
    (breaks, moves), way = min(ways, key=lambda each: each[0])
    goal, count = ("breaks", breaks) if breaks > 0 else ("moves", moves)
    text = f"It could start in {way.slot}, but the schedule would have {count} more {goal}."
    return Reason(rule=goal, participants=way.participants, slots=(way.slot,), text=text)
