"""What has to be: musts, locked meetings, at most so many changes. How much of it is met."""

from __future__ import annotations

from collections.abc import Mapping

from solver.possibilities import Possibilities
from solver.published import as_placed
from solver.schedule import PlacedMeeting
from solver.unchanged import changed
from solver.variables import Expression, Variables


def unmet_demands(possibilities: Possibilities, placed: Mapping[str, PlacedMeeting]) -> int:
    """Musts that are missing, locked meetings not as they were, one for too many changes."""
    musts = sum(1 for each in possibilities.meetings if each.must and each.id not in placed)
    return musts + broken_promises(possibilities, placed)


def broken_promises(possibilities: Possibilities, placed: Mapping[str, PlacedMeeting]) -> int:
    """As above without the musts: a schedule that breaks these is no answer at all."""
    published = possibilities.published
    locked = [as_placed(entry) for entry in published.locked.values()]
    lost = sum(1 for entry in locked if placed.get(entry.meeting) != entry)
    rows = [as_placed(row) for row in (*published.loose.values(), *published.locked.values())]
    changes = sum(1 for row in rows if placed.get(row.meeting) != row)
    most = possibilities.problem.rules.max_changes
    return lost + int(most is not None and changes > most)


def measure_unmet(v: Variables) -> Expression:
    """The same in the model, where nothing of it is forced."""
    terms: list[Expression] = []
    for name, decisions in v.meetings.items():
        if decisions.meeting.must:
            terms.append(1 - decisions.placed)
        if name in v.possibilities.published.locked:
            terms.append(1 - decisions.unchanged)
            v.model.add(decisions.placed == decisions.unchanged)  # as it was, or not at all
    most = v.problem.rules.max_changes
    if most is not None:
        too_many = v.new()
        counted = changed(v)
        v.model.add(sum(counted) <= most + len(counted) * too_many)
        terms.append(too_many)
    return sum(terms)
