"""What a change of a schedule costs, and whether it is valid: on the part that it touches.

All rules and goals speak of one person, one place, one interpreter or named meetings. So the
independent check of the part of the problem with all of these says the same about a change as
the check of the whole, and the difference of the goals is the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from solver.amendments import Amendment, amend
from solver.openings import Openings
from solver.problem import Limit, Problem
from solver.schedule import GoalValue, PlacedMeeting, Schedule, Status
from solver.validation import Plan, changed_meetings, values_of, violations_in

ENOUGH = 5  # meetings that list somebody: worst_off asks for no more
MORE_IS_BETTER = frozenset({"wishes"})
Cost = tuple[tuple[str, GoalValue], ...]
Moves = Mapping[str, PlacedMeeting | None]
Of = TypeVar("Of")


@dataclass(frozen=True)
class Part:
    """The meetings that matter for a change, as they are scheduled, and their problem."""

    problem: Problem
    placed: dict[str, PlacedMeeting]


class Costs:
    """Changes of one schedule, judged by ``solver.validation``."""

    def __init__(self, openings: Openings) -> None:
        self.problem = openings.problem
        self.followers = openings.followers
        self.possibilities = openings.possibilities
        self.schedule = dict(openings.roster.placed)
        problem, placed = self.problem, self.schedule.values()
        self.listing = indexed((p, each.id) for each in problem.meetings for p in each.people())
        self.attending = indexed((p, row.meeting) for row in placed for p in row.participants)
        self.using = indexed((used, row.meeting) for row in placed for used in self.used_by(row))
        self.owners = indexed((p.place, p.id) for p in problem.participants if p.place)
        self.limits = indexed((p, each) for each in problem.limits for p in each.participants)
        rows = tuple(self.schedule.values())
        self.changed = frozenset(changed_meetings(self.problem, rows))

    def part(self, moves: Moves, others: Iterable[PlacedMeeting] = ()) -> Part:
        """What the check needs to judge these moves, or the same with other rows."""
        rows = [self.schedule[name] for name in moves if name in self.schedule]
        rows += [row for row in (*moves.values(), *others) if row is not None]
        people = {person for row in rows for person in row.participants}
        limits = {each for person in people for each in self.limits.get(person, ())}
        crowd = people | {p for each in limits if each.together for p in each.participants}
        names = set(moves) | {name for person in crowd for name in self.attending.get(person, ())}
        shared = {used for row in rows for used in self.used_by(row)}
        names |= {other for used in shared for other in self.using.get(used, ())}
        names |= self._related(moves)
        owners = {each for row in rows for each in self.owners.get(row.place or "", ())}
        few = (p for p in people if len(self.attending.get(p, ())) < ENOUGH)
        listed = {name for person in few for name in self.listing.get(person, ())[:ENOUGH]}
        return self._cut(names, listed, limits, crowd | owners)

    def used_by(self, row: PlacedMeeting) -> list[str]:
        """Places and rooms slot by slot, an interpreter (who walks) for a whole session."""
        meeting = self.problem.meeting_by_id[row.meeting]
        span = self.possibilities.span(meeting, self.problem.slot_position[row.slot])
        places = [name for name in (row.place, row.room) if name is not None]
        used = [f"{slot} {name}" for slot in span for name in places]
        if row.interpreter is not None:
            used.append(f"{self.problem.slot_by_id[row.slot].session} {row.interpreter}")
        return used

    def _related(self, moves: Moves) -> set[str]:
        groups = [group for group in self.problem.exclusive if not moves.keys().isdisjoint(group)]
        found = {name for group in groups for name in group}
        for name in moves:
            found |= self.problem.meeting_by_id[name].after
            found.update(self.followers.get(name, ()))
        return found

    def _cut(self, names: set[str], listed: set[str], limits: set[Limit], people: set[str]) -> Part:
        whole = self.problem
        meetings = tuple(whole.meeting_by_id[name] for name in sorted(names | listed))
        people = people | {person for meeting in meetings for person in meeting.people()}
        people |= {person for limit in limits for person in limit.participants}
        most = whole.rules.max_changes
        outside = len(self.changed - names)
        problem = replace(
            whole,
            meetings=meetings,
            participants=tuple(whole.participant_by_id[person] for person in sorted(people)),
            limits=tuple(limit for limit in whole.limits if limit in limits),
            exclusive=tuple(group for group in whole.exclusive if names.issuperset(group)),
            published=tuple(row for row in whole.published if row.meeting in names),
            rules=replace(whole.rules, max_changes=None if most is None else most - outside),
        )
        return Part(problem, {n: self.schedule[n] for n in sorted(names) if n in self.schedule})


class Judge:
    """Judges moves within one part, with the problem amended or as it is."""

    def __init__(self, part: Part, amendments: Iterable[Amendment]) -> None:
        self.part = part
        self.problem = amend(part.problem, amendments)
        self._before = Plan(part.problem, part.placed.values())
        self._values = values_of(self._before)

    def plan(self, moves: Moves) -> Plan:
        """The part of the schedule after the moves, laid out for the check."""
        return Plan(self.problem, moved(self.part.placed, moves).values())

    def cost(self, plan: Plan) -> Cost:
        """For each goal of the problem how much worse it is there (below 0: better)."""
        after = values_of(plan)
        names = [goal.goal for goal in self.problem.goals]
        return tuple((name, _worse(name, self._values[name], after[name])) for name in names)

    def objections(self, plan: Plan) -> list[str]:
        """What the independent check says against it, that it did not say before."""
        after = _broken(plan)
        return sorted(after - _broken(self._before)) if after else []


def indexed(pairs: Iterable[tuple[str, Of]]) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def moved(placed: Mapping[str, PlacedMeeting], moves: Moves) -> dict[str, PlacedMeeting]:
    """The schedule after the moves; None takes a meeting out."""
    rows = {name: row for name, row in placed.items() if name not in moves}
    return rows | {name: row for name, row in moves.items() if row is not None}


def levels(cost: Cost) -> list[tuple[int, ...]]:
    """To compare costs: goal by goal in the order of the problem, worst_off level by level."""
    return [value if isinstance(value, tuple) else (value,) for _, value in cost]


def _worse(goal: str, before: GoalValue, after: GoalValue) -> GoalValue:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return tuple(new - old for old, new in zip(before, after, strict=True))
    assert isinstance(before, int)
    assert isinstance(after, int)
    return before - after if goal in MORE_IS_BETTER else after - before


def _broken(plan: Plan) -> set[str]:
    schedule = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=plan.meetings)
    return {violation.text for violation in violations_in(plan, schedule)}
