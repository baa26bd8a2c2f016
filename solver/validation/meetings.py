"""Rules about one meeting's being there and its time, and about meetings among themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from solver.faults import shown
from solver.validation.plan import Plan
from solver.validation.violation import Violation


def once(plan: Plan) -> Iterator[Violation]:
    """A meeting that the problem knows, placed at most once."""
    for name, count in Counter(placed.meeting for placed in plan.meetings).items():
        if name not in plan.problem.meeting_by_id:
            text = f"the problem has no meeting {shown(name)}"
            yield Violation(rule="once", text=text, meetings=(name,))
        if count > 1:
            text = f"meeting {shown(name)} is placed {count} times"
            yield Violation(rule="once", text=text, meetings=(name,))


def must(plan: Plan) -> Iterator[Violation]:
    """A ``must`` is placed."""
    for meeting in plan.problem.meetings:
        if meeting.must and meeting.id not in plan.by_meeting:
            text = f"meeting {shown(meeting.id)} must take place and is not placed"
            yield Violation(rule="must", text=text, meetings=(meeting.id,))


def length(plan: Plan) -> Iterator[Violation]:
    """All slots of a meeting lie in the session in which it starts."""
    for entry in plan.judged:
        if len(entry.slots) < entry.meeting.length:
            text = (
                f"meeting {shown(entry.id)} takes {entry.meeting.length} slots, but the session "
                f"has only {len(entry.slots)} from {shown(entry.placed.slot)} on"
            )
            yield Violation(rule="length", text=text, meetings=(entry.id,), slots=entry.slots)


def start_slot(plan: Plan) -> Iterator[Violation]:
    """A meeting starts in a slot of the problem that it may start in."""
    yield from unknown_slot(plan)
    for entry in plan.judged:
        start = entry.placed.slot
        allowed = entry.meeting.slots
        fixed = entry.meeting.fixed_slot
        if (allowed is not None and start not in allowed) or fixed not in (None, start):
            text = f"meeting {shown(entry.id)} may not start in slot {shown(start)}"
            yield Violation(rule="start_slot", text=text, meetings=(entry.id,), slots=(start,))


def unknown_slot(plan: Plan) -> Iterator[Violation]:
    for placed in plan.meetings:
        if placed.slot not in plan.problem.slot_position:
            text = f"meeting {shown(placed.meeting)} is in slot {shown(placed.slot)}, "
            text += "which the problem does not have"
            meetings, slots = (placed.meeting,), (placed.slot,)
            yield Violation(rule="start_slot", text=text, meetings=meetings, slots=slots)


def after(plan: Plan) -> Iterator[Violation]:
    """The meetings named have ended when a meeting starts, where both are placed."""
    for entry in plan.entries:
        for name in sorted(entry.meeting.after):
            earlier = plan.by_meeting.get(name)
            if earlier is None or (earlier.kept and entry.kept):
                continue
            if earlier.last >= entry.first:
                text = f"meeting {shown(entry.id)} starts before meeting {shown(name)} has ended"
                yield Violation(
                    rule="after",
                    text=text,
                    meetings=(entry.id, name),
                    slots=(entry.placed.slot, earlier.placed.slot),
                )


def exclusive(plan: Plan) -> Iterator[Violation]:
    """At most one meeting of each list."""
    for names in plan.problem.exclusive:
        placed = [plan.by_meeting[name] for name in names if name in plan.by_meeting]
        kept = sum(entry.kept for entry in placed)
        if len(placed) > max(1, kept):
            meetings = tuple(entry.id for entry in placed)
            text = f"only one of the meetings {_listed(meetings)} may take place"
            yield Violation(rule="exclusive", text=text, meetings=meetings)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(shown, names))
