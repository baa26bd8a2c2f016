"""Rules about the people who meet: whom a side sends, and how much one person can take."""

from __future__ import annotations

from collections.abc import Iterator

from solver.faults import shown
from solver.validation.plan import Entry, Plan
from solver.validation.violation import Violation


def side(plan: Plan) -> Iterator[Violation]:
    """Each side sends exactly one of its people, all different."""
    for entry in plan.judged:
        sent, sides = entry.placed.participants, entry.meeting.sides
        if len(sent) != len(sides):
            text = f"meeting {shown(entry.id)} has {len(sides)} sides and {len(sent)} people"
            yield Violation(rule="side", text=text, meetings=(entry.id,), participants=sent)
            continue
        for name, listed in zip(sent, sides, strict=True):
            if name not in listed:
                text = f"{shown(name)} is not on the side of meeting {shown(entry.id)} they sit on"
                yield Violation(rule="side", text=text, meetings=(entry.id,), participants=(name,))
        if len(set(sent)) < len(sent):
            text = f"meeting {shown(entry.id)} has the same person on two sides"
            yield Violation(rule="side", text=text, meetings=(entry.id,), participants=sent)


def busy(plan: Plan) -> Iterator[Violation]:
    """At most ``seats`` meetings of a participant in each slot."""
    for person in plan.problem.participants:
        entries = plan.by_person.get(person.id, [])
        for slot, clashing in crowded(entries, person.seats):
            meetings = tuple(entry.id for entry in clashing)
            text = (
                f"participant {shown(person.id)} has {len(meetings)} meetings in slot "
                f"{shown(slot)} and {person.seats} seat(s)"
            )
            people = (person.id,)
            yield Violation(
                rule="busy", text=text, meetings=meetings, participants=people, slots=(slot,)
            )


def crowded(entries: list[Entry], capacity: int) -> Iterator[tuple[str, list[Entry]]]:
    """Slots with more entries than capacity, or than what kept meetings already take."""
    if len(entries) <= capacity:
        return
    occupied = [slot for entry in entries for slot in entry.slots]
    if len(set(occupied)) == len(occupied):
        return
    by_slot: dict[str, list[Entry]] = {}
    for entry in entries:
        for slot in entry.slots:
            by_slot.setdefault(slot, []).append(entry)
    for slot, here in by_slot.items():
        if len(here) > max(capacity, sum(entry.kept for entry in here)):
            yield slot, here


def absent(plan: Plan) -> Iterator[Violation]:
    """Nobody meets while absent."""
    for entry in plan.judged:
        for person in entry.sent:
            if not person.absent.isdisjoint(entry.slots):
                missed = tuple(slot for slot in entry.slots if slot in person.absent)
                text = (
                    f"participant {shown(person.id)} is absent in slot {shown(missed[0])} "
                    f"of meeting {shown(entry.id)}"
                )
                meetings, people = (entry.id,), (person.id,)
                yield Violation(
                    rule="absent", text=text, meetings=meetings, participants=people, slots=missed
                )


def max_meetings(plan: Plan) -> Iterator[Violation]:
    """No participant has more meetings than they may have."""
    for person in plan.problem.participants:
        if person.max_meetings is None:
            continue
        entries = plan.by_person.get(person.id, [])
        if len(entries) > max(person.max_meetings, sum(entry.kept for entry in entries)):
            text = (
                f"participant {shown(person.id)} has {len(entries)} meetings, "
                f"at most {person.max_meetings} are allowed"
            )
            meetings = tuple(entry.id for entry in entries)
            yield Violation(
                rule="max_meetings", text=text, meetings=meetings, participants=(person.id,)
            )


def max_in_a_row(plan: Plan) -> Iterator[Violation]:
    """No run of busy slots of one session is longer than allowed (participants with one seat)."""
    for person in plan.problem.participants:
        if person.max_in_a_row is None or person.seats > 1:
            continue
        busy_by_slot = {
            slot: entry.kept for entry in plan.by_person.get(person.id, []) for slot in entry.slots
        }
        for run in _runs(plan, busy_by_slot):
            if len(run) > person.max_in_a_row and not all(busy_by_slot[slot] for slot in run):
                text = (
                    f"participant {shown(person.id)} meets in {len(run)} slots in a row, "
                    f"at most {person.max_in_a_row} are allowed"
                )
                yield Violation(
                    rule="max_in_a_row", text=text, participants=(person.id,), slots=run
                )


def _runs(plan: Plan, busy_by_slot: dict[str, bool]) -> Iterator[tuple[str, ...]]:
    """Maximal runs of consecutive busy slots within one session."""
    if not busy_by_slot:
        return
    for session in plan.problem.sessions.values():
        run: list[str] = []
        for slot in session:
            if slot in busy_by_slot:
                run.append(slot)
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)
