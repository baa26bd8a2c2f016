"""Rules about languages and the interpreters who bridge them."""

from __future__ import annotations

from collections.abc import Iterator

from solver.faults import shown
from solver.validation.people import crowded
from solver.validation.plan import Entry, Plan
from solver.validation.violation import Violation


def language(plan: Plan) -> Iterator[Violation]:
    """An interpreter who speaks with every side, where the sides share no language; else none."""
    for entry in plan.judged:
        text = _wrong_interpreter(plan, entry)
        if text:
            text = f"meeting {shown(entry.id)} {text}"
            people = entry.placed.participants
            yield Violation(rule="language", text=text, meetings=(entry.id,), participants=people)


def _wrong_interpreter(plan: Plan, entry: Entry) -> str:
    spoken = [person.languages for person in entry.sent if person.languages]
    shared = not spoken or frozenset.intersection(*spoken)
    name = entry.placed.interpreter
    if shared:
        return "" if name is None else "has an interpreter and a common language"
    if name is None:
        return "has no common language and no interpreter"
    interpreter = plan.problem.interpreter_by_id.get(name)
    if interpreter is None or all(interpreter.languages & each for each in spoken):
        return ""  # an unknown interpreter is told by the rule of interpreters
    return f"has interpreter {shown(name)}, who does not speak with every side"


def interpreter(plan: Plan) -> Iterator[Violation]:
    """One meeting of an interpreter in each slot, none while absent."""
    yield from interpreter_away(plan)
    for each in plan.problem.interpreters:
        for slot, clashing in crowded(plan.by_interpreter.get(each.id, []), 1):
            meetings = tuple(entry.id for entry in clashing)
            text = f"interpreter {shown(each.id)} has {len(meetings)} meetings in {shown(slot)}"
            yield Violation(rule="interpreter", text=text, meetings=meetings, slots=(slot,))


def interpreter_away(plan: Plan) -> Iterator[Violation]:
    """Meetings whose interpreter is absent, or is not in the problem."""
    for entry in plan.judged:
        name = entry.placed.interpreter
        if name is None:
            continue
        known = plan.problem.interpreter_by_id.get(name)
        missed = entry.slots if known is None else known.absent.intersection(entry.slots)
        if missed:
            fault = "does not exist" if known is None else "is absent then"
            text = f"interpreter {shown(name)} of meeting {shown(entry.id)} {fault}"
            slots = tuple(sorted(missed))
            yield Violation(rule="interpreter", text=text, meetings=(entry.id,), slots=slots)
