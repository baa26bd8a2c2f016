"""What of the published schedule surely stays, and how few changes are possible at all.

Every rule but ``must`` and ``breaks`` is kept by any part of a schedule that keeps it. So a
published meeting can only be in the way of others through a rule that names them together. Those
that break a rule alone have to change. Those that clash with other published meetings may have
to, and so may those that a ``must`` without a place could push out. All others are in no rule
with anything that has to change: give them back to any valid schedule, take out what neither was
published nor has to be, and it is valid still, with fewer changes. Hence no schedule has fewer
changes than the best one in which they all stay, and where that many are reached, they all stay
in every other schedule that reaches it (an exchange argument; ``docs/engine.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from solver.construction import place_published
from solver.openings import Openings
from solver.places import Pool
from solver.possibilities import Possibilities
from solver.problem import Meeting, Problem, PublishedMeeting
from solver.published import as_placed, broken_alone
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.validation import violations

WHOLE = ("must", "breaks", "kept", "changes")  # judge a whole schedule, not some meetings of it


@dataclass(frozen=True, slots=True)
class Standing:
    """Each published meeting that has not begun and is not released stands, or may change."""

    stands: dict[str, PlacedMeeting]
    unsettled: frozenset[str]  # published ones that may change, and musts without a place
    broken: dict[str, tuple[str, ...]]  # those that have to change, with the rules they break

    @property
    def counted(self) -> bool:
        """Is the number of broken ones the fewest changes, with nothing left to search?"""
        return self.unsettled == self.broken.keys()


def is_repair(problem: Problem) -> bool:
    """Is something published, and do few changes come first or right after ``minimum``?"""
    goals = [goal.goal for goal in problem.goals]
    first = goals[1:] if goals[:1] == ["minimum"] else goals
    return bool(problem.published) and first[:1] == ["stability"]


def stand(possibilities: Possibilities, roster: Roster) -> Standing:
    """``roster`` holds what could be put back as it was published (see ``put_back``)."""
    published = possibilities.published
    rows = {**published.locked, **published.loose}
    broken = {
        name: tuple(dict.fromkeys(broken_alone(possibilities.problem, row)))
        for name, row in published.loose.items()
        if name not in roster.placed
    }
    broken = {name: rules for name, rules in broken.items() if rules}
    possible = {name: row for name, row in rows.items() if name not in broken}
    unsettled = set(broken)
    if not possible.keys() <= roster.placed.keys():
        unsettled |= entangled(possibilities, possible)
    missing = (each for each in possibilities.meetings if each.id not in roster.placed)
    unsettled |= {each.id for each in missing if each.must}
    Surroundings(possibilities, possible).spread(unsettled)
    stands = {name: as_placed(row) for name, row in possible.items() if name not in unsettled}
    return Standing(stands, frozenset(unsettled), broken)


def entangled(possibilities: Possibilities, rows: dict[str, PublishedMeeting]) -> set[str]:
    """Published meetings in any rule that they break together, as the independent check tells.

    A rule that some of them break is broken by all of them together, so none is missed.
    """
    everything = {**possibilities.published.kept, **rows}
    placed = tuple(as_placed(row) for row in everything.values())
    trial = Schedule(problem_sha256="", status=Status.OPTIMAL, meetings=placed)
    found: set[str] = set()
    for violation in violations(possibilities.problem, trial):
        if violation.rule not in WHOLE:
            people = set(violation.participants)
            found.update(violation.meetings)
            found.update(row.meeting for row in placed if not people.isdisjoint(row.participants))
    return found & rows.keys()


class Surroundings:
    """Which published meetings a must could push out, wherever it is placed."""

    def __init__(self, possibilities: Possibilities, rows: dict[str, PublishedMeeting]) -> None:
        self.possibilities = possibilities
        self.rows = rows
        self.roster = Roster(possibilities)
        self.openings = Openings(self.roster)
        self.users: dict[tuple[Pool, int], set[str]] | None = None

    def spread(self, unsettled: set[str]) -> None:
        """Add what the musts among these could push out, and what musts among that could."""
        known = self.possibilities.problem.meeting_by_id
        if not any(known[name].must for name in unsettled if name in known):
            return
        self.roster.load(as_placed(row) for row in self.rows.values())
        reached = 0
        while reached < len(unsettled):
            reached = len(unsettled)
            musts = [known[name] for name in sorted(unsettled) if name in known]
            musts = [each for each in musts if each.must]
            for meeting in musts:
                unsettled.update(self._around(meeting, len(musts)))

    def _around(self, meeting: Meeting, musts: int) -> set[str]:
        found = {name for p in self._people(meeting) for name in self.roster.meetings_of[p]}
        for group in self.openings.exclusive.get(meeting.id, ()):
            found.update(group)
        found.update(meeting.after, self.openings.followers.get(meeting.id, ()))
        for cast in self.possibilities.casts[meeting.id]:
            for each in cast.interpreters:
                for names in self.roster.interpreted[each.id].values():
                    found.update(names)
            for pool in (*cast.pools, *cast.rooms):
                found.update(self._crowded_out(meeting, pool, musts))
        return found & self.rows.keys()

    def _people(self, meeting: Meeting) -> Iterator[str]:
        people = meeting.people()
        yield from people
        for limit in self.possibilities.problem.limits:
            if limit.together and not people.isdisjoint(limit.participants):
                yield from limit.participants

    def _crowded_out(self, meeting: Meeting, pool: Pool, musts: int) -> Iterator[str]:
        """Users of the pool in slots in which so many musts do not fit in beside them."""
        used, users = self.roster.pool_used, self._users()
        starts = self.possibilities.starts[meeting.id]
        for slot in {s for start in starts for s in self.possibilities.span(meeting, start)}:
            if used.get((pool, slot), 0) + musts > pool.capacity[slot]:
                yield from users.get((pool, slot), ())

    def _users(self) -> dict[tuple[Pool, int], set[str]]:
        if self.users is None:
            self.users = defaultdict(set)
            pool_of = self.possibilities.pools.pool_of
            for name, row in self.roster.placed.items():
                for place in (row.place, row.room):
                    for slot in self.roster.span[name] if place in pool_of else ():
                        self.users[pool_of[place or ""], slot].add(name)
        return self.users


def put_back(possibilities: Possibilities) -> Roster:
    """What has begun, what is locked, and what of the published schedule nothing stands against."""
    openings = Openings(Roster(possibilities))
    place_published(openings)
    return openings.roster


def fill_in(roster: Roster, possibilities: Possibilities) -> dict[str, PlacedMeeting]:
    """With what fits beside it: musts first, then what lost its place, then by weight.

    ``possibilities`` may have fewer starts than those of the roster, which is left as it was.
    """
    loose = possibilities.published.loose
    missing = [meeting for meeting in possibilities.meetings if meeting.id not in roster.placed]
    missing.sort(key=lambda each: (not each.must, each.id not in loose, -each.weight, each.id))
    length = len(roster.journal)
    openings = Openings(roster)
    for meeting in missing:
        ways = (openings.find(meeting, start) for start in possibilities.starts[meeting.id])
        first = next((way for way in ways if isinstance(way, PlacedMeeting)), None)
        if first is not None:
            roster.add(first)
    filled = dict(roster.placed)
    roster.undo_to(length)
    return filled
