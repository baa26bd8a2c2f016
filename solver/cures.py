"""Cures of a meeting that is not placed: each was tried, and its cost is counted exactly.

A *remedy* changes the problem (somebody there, one more table); a *swap* moves or drops other
meetings. Whatever is proposed was judged by the independent check on the part of the problem
that it touches, and costs what the goals say before and after (``costs.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from solver.amendments import Amended
from solver.completion import extra_cost
from solver.costs import Cost, Costs, Judge, levels
from solver.obstacles import Obstacles, Survey
from solver.problem import Meeting
from solver.remedies import Remedy
from solver.schedule import Cure, PlacedMeeting
from solver.swaps import Moves, Swaps
from solver.ways import Choice, Ways, choices_of
from solver.wording import Wording, capital, listed, printable

MOST_REMEDIES = 4  # kinds of remedies that are tried
MOST_RELIEFS = 2  # kinds of change in one remedy
TRIED_EACH = 2  # remedies of one kind (other times, other places)
MOST_ROWS = 12  # ways whose cost is counted exactly
FEW_ROWS = 2  # of them, where they differ only in what was counted already
Kinds = tuple[tuple[str, tuple[str, ...]], ...]
Trial = tuple[Cost, Moves]
Levels = list[tuple[int, ...]]


class Cures:
    """Finds cures for one schedule, meeting by meeting."""

    def __init__(self, survey: Survey, words: Wording) -> None:
        self.survey = survey
        self.openings = survey.openings
        self.problem = survey.problem
        self.words = words
        self.ways = Ways(survey)
        self.swaps = Swaps(survey)
        self.costs = Costs(survey.openings)
        self.amended = Amended(survey.problem)

    def of(self, obstacles: Obstacles, *, exact: bool = False) -> tuple[Cure, ...]:
        """The cheapest first: by the goals in their order, then by how much has to be done.

        ``exact``: the neighbourhood of the meeting is solved by CP-SAT too (``exchange.py``).
        """
        meeting = obstacles.meeting
        choices = list(choices_of(obstacles))
        swaps = list(self.swaps.find(meeting, choices))
        if not all(choice.facts for choice in choices):
            swaps = [{}]  # it can simply be placed: some goal would lose by it
        elif exact:
            swaps += self._exchanges(meeting)
        found = [*self._by_remedy(meeting, choices), *self._by_swap(meeting, swaps)]
        return self.in_order(found)

    def _exchanges(self, meeting: Meeting) -> list[Moves]:
        from solver.exchange import cheapest_exchange  # loads OR-Tools

        if not self.openings.possibilities.starts[meeting.id]:
            return []
        moves = cheapest_exchange(self.openings, meeting)
        return [] if moves is None else [moves]

    def in_order(self, cures: Iterable[Cure]) -> tuple[Cure, ...]:
        unlike = {(each.text, str(each.patch)): each for each in cures}
        return tuple(sorted(unlike.values(), key=self._rank))

    def _rank(self, cure: Cure) -> tuple[object, ...]:
        costs = dict(cure.cost)
        order = levels(tuple((goal.goal, costs[goal.goal]) for goal in self.problem.goals))
        return order, len(cure.patch), len(cure.moves), cure.text

    def _by_remedy(self, meeting: Meeting, choices: list[Choice]) -> Iterator[Cure]:
        needed = [(choice, reliefs) for choice in choices if (reliefs := self.ways.reliefs(choice))]
        kinds: dict[Kinds, list[Remedy]] = {}
        for reliefs in dict.fromkeys(reliefs for _, reliefs in needed):
            remedy = Remedy(self.problem, meeting, reliefs)
            kinds.setdefault(remedy.kinds, []).append(remedy)
        for key in _least(kinds):
            trials: list[tuple[Levels, int, Trial, Remedy]] = []
            for remedy in kinds[key][:TRIED_EACH]:
                opened = [each for each, needs in needed if all(map(remedy.includes, needs))]
                best = self.best(self.ways, opened, remedy, {})
                if best is not None:
                    trials.append((levels(best[0]), len(trials), best, remedy))
            if trials:
                _, _, (cost, moves), remedy = min(trials, key=lambda trial: trial[:2])
                yield self._cure(meeting, remedy, cost, moves)

    def _by_swap(self, meeting: Meeting, swaps: list[Moves]) -> Iterator[Cure]:
        trials = [self.swapped(meeting, moves) for moves in swaps]
        known = [trial for trial in trials if trial is not None]
        if known:
            cost, moves = min(known, key=lambda trial: levels(trial[0]))
            yield self._cure(meeting, Remedy(self.problem, meeting, ()), cost, moves)

    def swapped(self, meeting: Meeting, moves: Moves) -> Trial | None:
        """The best way to hold the meeting after these moves, and what all costs together."""
        roster = self.survey.roster
        mark = len(roster.journal)
        for name in moves:
            roster.remove(name)
        for row in moves.values():
            if row is not None:
                roster.add(row)
        survey = Survey(self.openings)
        starts = self.openings.possible_starts(meeting)
        free = [each for each in choices_of(survey.of(meeting, starts)) if not each.facts]
        best = self.best(Ways(survey), free, Remedy(self.problem, meeting, ()), moves)
        roster.undo_to(mark)
        return best

    def best(
        self, ways: Ways, choices: list[Choice], remedy: Remedy, others: Moves
    ) -> Trial | None:
        """Of all ways the one that costs least and that the check allows."""
        rows = self._likely([row for each in choices for row in ways.rows(each, remedy)])
        if not rows:
            return None
        judge = Judge(self.costs.part({rows[0].meeting: None, **others}, rows), remedy.amendments)
        moves: list[Moves] = [{row.meeting: row, **others} for row in rows]
        plans = [judge.plan(each) for each in moves]
        costs = [judge.cost(plan) for plan in plans]
        for number in sorted(range(len(rows)), key=lambda number: levels(costs[number])):
            if not judge.objections(plans[number]):
                return costs[number], moves[number]
        return None

    def _likely(self, rows: list[PlacedMeeting]) -> list[PlacedMeeting]:
        """Those worth counting exactly: with the same people only breaks and moves differ."""
        if len(rows) <= 1:
            return rows
        ranked = [(self._quick_cost(row), number) for number, row in enumerate(rows)]
        alike = len({row.participants for row in rows}) == 1 and not self.problem.published
        most = FEW_ROWS if alike else MOST_ROWS
        return [rows[number] for _, number in sorted(ranked)[:most]]

    def _quick_cost(self, row: PlacedMeeting) -> tuple[int, ...]:
        """Breaks and moves in the order of the goals; nothing is known of what is new."""
        places, helpers = self.problem.place_by_id, self.problem.interpreter_by_id
        used = [name for name in (row.place, row.room) if name is not None]
        if not places.keys() >= set(used) or row.interpreter not in (None, *helpers):
            return (0, 0)
        breaks, moves = extra_cost(self.openings, row)
        known = {"breaks": breaks, "moves": moves}
        return tuple(known[goal.goal] for goal in self.problem.goals if goal.goal in known)

    def _cure(self, meeting: Meeting, remedy: Remedy, cost: Cost, moves: Moves) -> Cure:
        return Cure(
            patch=self.amended.patch(remedy.amendments),
            moves=tuple(_as_move(name, row) for name, row in moves.items()),
            cost=tuple(sorted(cost, key=lambda each: each[0])),
            text=self._text(meeting, remedy, moves),
        )

    def _text(self, meeting: Meeting, remedy: Remedy, moves: Moves) -> str:
        parts = [remedy.text(self.words)] if remedy.reliefs else []
        parts += [self._move(name, row) for name, row in moves.items() if name != meeting.id]
        row = moves[meeting.id]
        assert row is not None
        where = "".join(f" in {printable(each)}" for each in (row.place, row.room) if each)
        placing = f"{self.words.meeting(meeting.id)} {self.words.times([row.slot])}{where}"
        return f"{capital(listed(parts))}: then {placing}." if parts else f"Place {placing}."

    def _move(self, name: str, row: PlacedMeeting | None) -> str:
        before = self.costs.schedule[name]
        known = self.words.meeting(name)
        if row is None:
            weight = self.problem.meeting_by_id[name].weight
            return f"drop {known}, weight {weight}"
        if row.slot != before.slot:
            times = f"from {self.words.time(before.slot)} to {self.words.time(row.slot)}"
            return f"move {known} {times}"
        return f"move {known} to {self.words.places([row.place or '-'])}"


def _least(kinds: Iterable[Kinds]) -> list[Kinds]:
    """Few changes first; none that another one is a part of."""
    kept: list[Kinds] = []
    for key in sorted(kinds, key=lambda each: (len(each), each)):
        if len(key) <= MOST_RELIEFS and not any(set(less) <= set(key) for less in kept):
            kept.append(key)
    return kept[:MOST_REMEDIES]


def _as_move(name: str, row: PlacedMeeting | None) -> dict[str, object]:
    """As in the schedule's ``meetings``; without a slot the meeting leaves the schedule."""
    if row is None:
        return {"meeting": name, "slot": None}
    found: dict[str, object] = asdict(row)
    return found | {"participants": list(row.participants)}
