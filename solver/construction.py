"""The first schedule: what has begun, what is locked, the musts, then the best wishes.

It respects every rule at every step, so it can stop at any time. Where two people have no
common free slot, two slots are swapped along a Kempe chain (edge colouring: meetings are edges,
slots are colours); what still does not fit may push out meetings that weigh less together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from solver.bounds import Matching
from solver.chains import Chains
from solver.ejection import Ejection
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.published import as_placed
from solver.roster import Roster
from solver.schedule import PlacedMeeting

Stop = Callable[[], bool]
CHANGES = 33  # of the roster, for repairs, per meeting and slot in which it may start
FEW_CHANGES = 3  # where search does better: breaks are limited, or sessions can be planned
MOST_CHANGES = 300_000


def construct(
    possibilities: Possibilities,
    matching: Matching,
    stop: Stop,
    seed: int = 1,
    *,
    brief: bool = False,
) -> Roster:
    """A schedule that breaks no rule, as good as one pass gets; the matching guides the order.

    ``stop`` ends the repairs, not the first pass: that is always done. ``brief``: few repairs.
    """
    chosen, bound = matching.chosen, matching.bound
    roster = Roster(possibilities)
    openings = Openings(roster)
    place_published(openings)
    order = in_order(possibilities, chosen)
    left = place_greedily(openings, order)
    chains = Chains(openings)
    patience = Patience(possibilities, roster, bound, stop, brief=brief)
    for meeting in left:
        if not patience.ended():
            chains.insert(meeting)
    Ejection(openings, chains, seed).repeat(patience.ended)
    return roster


class Patience:
    """Ends the repair when nothing can be gained, or after so much work that search does better.

    Work is counted in changes of the roster, so that the end does not depend on the machine.
    """

    def __init__(
        self,
        possibilities: Possibilities,
        roster: Roster,
        bound: int,
        stop: Stop,
        *,
        brief: bool,
    ) -> None:
        self.weights = {meeting.id: meeting.weight for meeting in possibilities.meetings}
        self.musts = [meeting.id for meeting in possibilities.meetings if meeting.must]
        self.seen = -1  # how long the journal was at the last look
        self.complete = False
        self.roster = roster
        self.bound = bound
        self.stop = stop
        options = sum(map(len, possibilities.starts.values()))
        tight = possibilities.problem.rules.breaks_per_participant is not None
        work = FEW_CHANGES if tight or brief else CHANGES
        self.most = len(roster.journal) + min(MOST_CHANGES, work * options)

    def ended(self) -> bool:
        done = len(self.roster.journal)
        if self.stop() or done + self.roster.undone > self.most:
            return True
        if done != self.seen:
            self.seen = done
            placed = self.roster.placed
            weight = sum(map(self.weights.__getitem__, placed))
            self.complete = weight >= self.bound and all(name in placed for name in self.musts)
        return self.complete


def in_order(possibilities: Possibilities, chosen: dict[str, float]) -> list[Meeting]:
    """Musts first, then what the matching chose; heavy before light, tight before loose."""

    def key(meeting: Meeting) -> tuple[object, ...]:
        taken = chosen.get(meeting.id, 0.0) > 0.5
        published = meeting.id in possibilities.published.loose
        casts = possibilities.casts[meeting.id]
        spoken = not any(cast.interpreters for cast in casts)  # interpreters are scarce
        room = len(possibilities.starts[meeting.id])
        crowd = sum(possibilities.degree[person] for person in meeting.people())
        return (not meeting.must, not published, not taken, spoken, -meeting.weight, room, -crowd)

    return sorted(possibilities.meetings, key=lambda meeting: (key(meeting), meeting.id))


def place_published(openings: Openings) -> None:
    """Locked meetings as they are, and published ones where nothing has come in their way."""
    published = openings.possibilities.published
    for entry in (*published.locked.values(), *published.loose.values()):
        meeting = openings.problem.meeting_by_id.get(entry.meeting)
        if meeting is not None and openings.allows(meeting, as_placed(entry)):
            openings.roster.add(as_placed(entry))


def place_greedily(openings: Openings, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Place what fits in its best free slot; return what does not."""
    left = []
    for meeting in meetings:
        if meeting.id in openings.roster.placed:
            continue
        opening = first_opening(openings, meeting)
        if opening is None:
            left.append(meeting)
        else:
            openings.roster.add(opening)
    return left


def first_opening(openings: Openings, meeting: Meeting) -> PlacedMeeting | None:
    for start in openings.likely_starts(meeting):
        answer = openings.find(meeting, start)
        if isinstance(answer, PlacedMeeting):
            return answer
    return None
