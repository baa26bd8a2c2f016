"""What it takes to place a meeting when its people's meetings may move or fall: solved exactly.

CP-SAT decides anew about the meetings of its people and of those whom they meet; everything
else stays. The meeting has to be; as little weight as possible is lost, then as few of the
others move as possible. Counted in steps, so that the answer repeats.
"""

from __future__ import annotations

from solver.clock import Clock
from solver.hints import hint
from solver.model import build, read
from solver.openings import Openings
from solver.problem import Meeting
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.search import Effort, Outcome, search
from solver.settings import Settings
from solver.variables import Expression

MOST_FREE = 40  # meetings decided anew
SETTINGS = Settings(seconds=None, steps=200, workers=1)
Moves = dict[str, PlacedMeeting | None]


def cheapest_exchange(openings: Openings, meeting: Meeting) -> Moves | None:
    """The rows that change (None: left out), the meeting itself not among them; None where
    nothing was found in the neighbourhood.
    """
    roster = openings.roster
    free = near(roster, meeting)
    names = {each.id for each in free}
    fixed = Roster(roster.possibilities)
    fixed.load(row for name, row in sorted(roster.placed.items()) if name not in names)
    v = build(roster.possibilities, fixed, [meeting, *free])
    v.model.add_bool_or([v.meetings[meeting.id].placed])
    scale = len(free) + 1
    gains: list[Expression] = []
    for each in free:
        decisions = v.meetings[each.id]
        gains.append((each.weight * scale) * decisions.placed)
        gains += [lit for start, lit in decisions.start.items() if start == roster.start(each.id)]
    v.model.maximize(sum(gains))
    hint(v, roster.placed.values())
    clock = Clock(SETTINGS, None)
    effort = Effort(clock.remaining())
    found = search(v.model, clock, SETTINGS, effort, lambda value, bound: None)
    if found.outcome not in (Outcome.PROVEN, Outcome.FOUND):
        return None
    after = {row.meeting: row for row in read(v, found, roster.placed)}
    changed = [name for name in sorted(names) if after.get(name) != roster.placed[name]]
    return {name: after.get(name) for name in changed}


def near(roster: Roster, meeting: Meeting) -> list[Meeting]:
    """Meetings that may move: those of its people, then those of whom they meet."""
    found: dict[str, None] = {}
    crowd = sorted(meeting.people())
    for _ in range(2):
        names = sorted({name for person in crowd for name in roster.meetings_of[person]})
        found.update(dict.fromkeys(name for name in names if roster.movable(name)))
        crowd = sorted({p for name in names for p in roster.placed[name].participants})
    by_id = roster.problem.meeting_by_id
    return [by_id[name] for name in list(found)[:MOST_FREE]]
