"""What it means for a published meeting to stay as it is, and how many do not."""

from __future__ import annotations

from solver.cp_sat import cp_model
from solver.problem import PublishedMeeting
from solver.published import as_placed
from solver.variables import Decisions, Literal, Option, Truth, Used, Variables

# Where these are left out, a meeting is not told where to be and by whom it is interpreted.
PLACE_RULES = {"place_kind", "own_place", "online", "place_closed"}
LANGUAGE_RULES = {"language", "interpreter"}


def keep_as_published(v: Variables) -> None:
    """Give each published meeting the literal under which nothing about it changes."""
    published = v.possibilities.published
    for entry in (*published.loose.values(), *published.locked.values()):
        decisions = v.meetings.get(entry.meeting)
        if decisions is None or entry.slot not in v.problem.slot_position:
            continue
        conditions = _conditions(v, decisions, entry)
        if conditions is not None:
            decisions.unchanged = v.new()
            v.model.add_bool_and(conditions).only_enforce_if(decisions.unchanged)


def _conditions(
    v: Variables, decisions: Decisions, entry: PublishedMeeting
) -> list[cp_model.LiteralT] | None:
    """All that must hold; None where the published meeting is not possible any more."""
    start = v.problem.slot_position[entry.slot]
    wanted: list[cp_model.LiteralT] = []
    sides = len(decisions.meeting.sides)
    sent = {(side, person): literal for side, person, literal in decisions.sent}
    if start not in decisions.start or len(entry.participants) != sides:
        return None
    for side, person in enumerate(entry.participants):
        if (side, person) not in sent:
            return None
        wanted.append(sent[side, person])
    wanted.append(decisions.start[start])
    possible = _same_places(v, decisions, entry, wanted) and _same_interpreter(
        v, decisions, entry, wanted
    )
    return wanted if possible else None


def _same_places(
    v: Variables, decisions: Decisions, entry: PublishedMeeting, wanted: list[cp_model.LiteralT]
) -> bool:
    if not PLACE_RULES.isdisjoint(v.possibilities.without):
        return True
    start = v.problem.slot_position[entry.slot]
    pool_of = v.possibilities.pools.pool_of
    for name, used in ((entry.place, decisions.pools), (entry.room, decisions.rooms)):
        if name is not None and not _still_open(v, name, decisions, start):
            return False
        if not _require(wanted, used, name is not None, pool_of.get(name or ""), start):
            return False
    return True


def _same_interpreter(
    v: Variables, decisions: Decisions, entry: PublishedMeeting, wanted: list[cp_model.LiteralT]
) -> bool:
    if not LANGUAGE_RULES.isdisjoint(v.possibilities.without):
        return True
    start = v.problem.slot_position[entry.slot]
    interpreter = v.problem.interpreter_by_id.get(entry.interpreter or "")
    needed = entry.interpreter is not None
    return _require(wanted, decisions.interpreters, needed, interpreter, start)


def _still_open(v: Variables, name: str, decisions: Decisions, start: int) -> bool:
    place = v.problem.place_by_id.get(name)
    span = v.span(decisions.meeting, start)
    pools = v.possibilities.pools
    return place is not None and all(pools.is_open(place, v.problem.slots[s].id) for s in span)


def _require(
    wanted: list[cp_model.LiteralT],
    used: list[Used[Option]],
    needed: bool,
    option: Option | None,
    start: int,
) -> bool:
    """Add what makes this option the one used, or none where none is needed."""
    if not needed:
        wanted.extend(~literal for _, begin, literal in used if begin == start)
        return True
    here: list[Literal] = [lit for each, begin, lit in used if each is option and begin == start]
    wanted.extend(here)
    return bool(here)


def changed(v: Variables) -> list[Truth | cp_model.LinearExpr]:
    """One term per published meeting that is not kept: 1 where it changes or is dropped."""
    published = v.possibilities.published
    terms: list[Truth | cp_model.LinearExpr] = []
    for entry in (*published.loose.values(), *published.locked.values()):
        if entry.meeting in v.meetings:
            terms.append(1 - v.meetings[entry.meeting].unchanged)
        else:
            terms.append(int(v.fixed.placed.get(entry.meeting) != as_placed(entry)))
    return terms
