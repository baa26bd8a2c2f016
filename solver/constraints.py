"""The rules of the model, one function each, named by their codes.

``RULES`` holds those that concern several meetings or the whole schedule. What concerns one
meeting alone (``STRUCTURAL``) is answered by Possibilities: a forbidden choice has no variable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from solver.days import breaks_in_day
from solver.journeys import travel
from solver.problem import Limit, Meeting
from solver.unchanged import changed
from solver.variables import Literal, Truth, Variables

CLUSTERS_FROM = 3  # places; below, plain sums are as strong


def must(v: Variables) -> None:
    for decisions in v.meetings.values():
        if decisions.meeting.must:
            v.model.add_bool_or([decisions.placed])


def side(v: Variables) -> None:
    """Nobody is sent twice to one meeting."""
    for decisions in v.meetings.values():
        by_person: dict[str, list[Literal]] = defaultdict(list)
        for _, person, literal in decisions.sent:
            by_person[person].append(literal)
        for literals in by_person.values():
            if len(literals) > 1:
                v.model.add_at_most_one(literals)


def busy(v: Variables) -> None:
    for (person, slot), literals in v.holding.items():
        seats = v.possibilities.participants[person].seats
        held = len(v.fixed.held.get(person, {}).get(slot, ()))
        at_most(v, literals, seats - held)


def at_most(v: Variables, literals: list[Literal], most: int) -> None:
    """What is fixed alone is not judged: a bound below 0 is read as 0."""
    if most >= len(literals):
        return
    if most == 1:
        v.model.add_at_most_one(literals)
    else:
        v.model.add(sum(literals) <= max(0, most))


def max_meetings(v: Variables) -> None:
    for person, literals in v.sending.items():
        most = v.possibilities.participants[person].max_meetings
        if most is not None:
            at_most(v, literals, most - v.count(person))


def max_in_a_row(v: Variables) -> None:
    for person in v.sending:
        known = v.possibilities.participants[person]
        if known.max_in_a_row is None or known.seats > 1:
            continue
        length = known.max_in_a_row + 1
        for session in v.possibilities.sessions:
            for first in range(len(session) - length + 1):
                window = [v.busy(person, slot) for slot in session[first : first + length]]
                if not all(isinstance(held, int) for held in window):
                    v.model.add(sum(window) <= known.max_in_a_row)


def place_taken(v: Variables) -> None:
    for (pool, slot), occupants in v.occupying.items():
        room = pool.capacity[slot] - v.fixed.pool_used.get((pool, slot), 0)
        if room >= len(occupants):
            continue
        clusters = [_cluster(v, literals) for literals in share_a_person(v, occupants)]
        at_most(v, clusters, room)
    _published_places(v)


def _cluster(v: Variables, literals: list[Literal]) -> Literal:
    return v.disjunction(literals, disjoint=True) if len(literals) > 1 else literals[0]


def share_a_person(v: Variables, occupants: list[tuple[Meeting, Literal]]) -> list[list[Literal]]:
    """Meetings grouped so that at most one of each group can be on: all need one person.

    The counter of a slot then counts groups, which is a much shorter sum (engine notes).
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, (meeting, _) in enumerate(occupants):
        for one_side in meeting.sides:
            if len(one_side) == 1 and _in_one_meeting(v, one_side[0]):
                waiting[one_side[0]].append(index)
    taken: set[int] = set()
    groups: list[list[Literal]] = []
    for person in sorted(waiting, key=lambda person: (-len(waiting[person]), person)):
        group = [index for index in waiting[person] if index not in taken]
        taken.update(group)
        groups.append([occupants[index][1] for index in group])
    groups += [[literal] for index, (_, literal) in enumerate(occupants) if index not in taken]
    return [group for group in groups if group]


def _in_one_meeting(v: Variables, person: str) -> bool:
    return v.possibilities.enforces("busy") and v.possibilities.participants[person].seats == 1


def _published_places(v: Variables) -> None:
    """Meetings that keep their published place do not share it beyond its capacity."""
    users: dict[tuple[str, int], list[Truth]] = defaultdict(list)
    published = v.possibilities.published
    for entry in (*published.locked.values(), *published.loose.values()):
        decisions = v.meetings.get(entry.meeting)
        if decisions is None or isinstance(decisions.unchanged, int):
            continue
        for name in (entry.place or "", entry.room or ""):
            for slot in v.span(decisions.meeting, v.problem.slot_position[entry.slot]):
                if name in v.problem.place_by_id:  # one that is gone has no capacity
                    users[name, slot].append(decisions.unchanged)
    for (name, slot), literals in users.items():
        room = v.problem.place_by_id[name].capacity - v.fixed.used.get((name, slot), 0)
        if len(literals) > room:
            v.model.add(sum(literals) <= max(0, room))


def interpreter(v: Variables) -> None:
    users: dict[tuple[str, int], list[Literal]] = defaultdict(list)
    for decisions in v.meetings.values():
        for each, start, literal in decisions.interpreters:
            for slot in v.span(decisions.meeting, start):
                users[each.id, slot].append(literal)
    for (name, slot), literals in users.items():
        at_most(v, literals, 1 - v.fixed.used.get(("interpreter " + name, slot), 0))


def after(v: Variables) -> None:
    """Cliques in time: either the later meeting starts by then, or the earlier still runs."""
    for later in v.possibilities.meetings:
        for name in sorted(later.after):
            earlier = v.problem.meeting_by_id[name]
            if later.id not in v.meetings and name not in v.meetings:
                continue
            begins = list(_begin(v, later))
            ends = [(v.span(earlier, start)[-1], held) for start, held in _begin(v, earlier)]
            for slot in range(len(v.problem.slots)):
                begun = [held for start, held in begins if start <= slot]
                running = [held for end, held in ends if end >= slot]
                if begun and running:
                    v.model.add(sum(begun) + sum(running) <= 1)


def _begin(v: Variables, meeting: Meeting) -> Iterable[tuple[int, Truth]]:
    if meeting.id in v.meetings:
        return v.meetings[meeting.id].start.items()
    if meeting.id in v.fixed.placed:
        return [(v.fixed.start(meeting.id), 1)]
    return []


def exclusive(v: Variables) -> None:
    for group in v.problem.exclusive:
        literals = [v.meetings[each].placed for each in group if each in v.meetings]
        fixed = sum(1 for each in set(group) if each in v.fixed.placed)
        at_most(v, literals, 1 - fixed)


def limits(v: Variables) -> None:
    for limit in v.problem.limits:
        groups = [limit.participants] if limit.together else [(p,) for p in limit.participants]
        slots = {v.problem.slot_position[slot] for slot in limit.slots}
        for group in groups:
            if limit.max_meetings is not None:
                _limit_meetings(v, limit, frozenset(group), slots)
            if limit.free_slots is not None:
                _limit_slots(v, limit, group, slots)


def _limit_meetings(v: Variables, limit: Limit, group: frozenset[str], slots: set[int]) -> None:
    fixed = {each for person in group for each in v.fixed.meetings_of.get(person, ())}
    begun = sum(1 for each in fixed if v.fixed.span[each][0] in slots)
    literals = [literal for _, literal in starts_with(v, group, slots)]
    at_most(v, literals, (limit.max_meetings or 0) - begun)


def starts_with(
    v: Variables, group: frozenset[str], slots: set[int]
) -> Iterator[tuple[int, Literal]]:
    """One literal per meeting and start in these slots: somebody of the group is in it."""
    for decisions in v.meetings.values():
        by_start: dict[int, list[Literal]] = defaultdict(list)
        for _, person, start, literal in decisions.attends:
            if person in group and start in slots:
                by_start[start].append(literal)
        for start, literals in by_start.items():
            distinct = list({literal.index: literal for literal in literals}.values())
            yield start, distinct[0] if len(distinct) == 1 else v.disjunction(distinct)


def _limit_slots(v: Variables, limit: Limit, group: Iterable[str], slots: set[int]) -> None:
    occupied: list[Literal] = []
    fixed = 0
    for slot in sorted(slots):
        held = [v.busy(person, slot) for person in group]
        if any(isinstance(each, int) and each for each in held):
            fixed += 1
            continue
        literals = [each for each in held if not isinstance(each, int)]
        if literals:
            occupied.append(literals[0] if len(literals) == 1 else v.disjunction(literals))
    at_most(v, occupied, len(slots) - (limit.free_slots or 0) - fixed)


def breaks(v: Variables) -> None:
    most = v.problem.rules.breaks_per_participant
    if most is None:
        return
    for person in v.sending:
        if v.possibilities.participants[person].seats > 1:
            continue
        literals, fixed = breaks_in_day(v, person)
        alone = v.possibilities.kept_breaks(person)
        if len(literals) + fixed > most:
            v.model.add(sum(literals) + fixed <= max(most, alone))


def kept(v: Variables) -> None:
    """Locked meetings keep everything (what has begun is fixed before anything is decided)."""
    for name in v.possibilities.published.locked:
        if name in v.meetings:
            v.model.add(sum([v.meetings[name].unchanged]) == 1)


def changes(v: Variables) -> None:
    most = v.problem.rules.max_changes
    if most is not None:
        v.model.add(sum(changed(v)) <= most)


RULES: dict[str, Callable[[Variables], None]] = {
    "must": must,
    "side": side,
    "busy": busy,
    "max_meetings": max_meetings,
    "max_in_a_row": max_in_a_row,
    "place_taken": place_taken,
    "interpreter": interpreter,
    "after": after,
    "travel": travel,
    "limits": limits,
    "exclusive": exclusive,
    "breaks": breaks,
    "kept": kept,
    "changes": changes,
}
STRUCTURAL = (
    "length",
    "absent",
    "place_closed",
    "place_kind",
    "own_place",
    "online",
    "start_slot",
    "language",
)
