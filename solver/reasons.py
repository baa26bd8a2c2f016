"""Why a meeting was not placed: the rules that stand in its way, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable

from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason

WORDS = {
    "absent": "somebody who has to come is absent",
    "busy": "somebody who has to come is in another meeting",
    "max_meetings": "somebody who has to come has as many meetings as they may have",
    "max_in_a_row": "somebody who has to come would have too many meetings in a row",
    "breaks": "somebody who has to come would have too many breaks",
    "moves": "it would cost moves, which count more",
    "place_taken": "every place it may use is taken",
    "place_closed": "every place it may use is closed",
    "place_kind": "there is no place on site",
    "own_place": "the place it has to use cannot be used",
    "online": "there is no room for it online",
    "start_slot": "it may not start",
    "after": "its order with another meeting does not allow it",
    "language": "no interpreter speaks the languages that are missing",
    "interpreter": "the interpreters are taken or absent",
    "travel": "the way to or from another meeting is too long",
    "limits": "a limit on these slots is reached",
    "exclusive": "another meeting of its exclusive list is placed",
    "side": "its sides cannot send different people",
    "length": "it does not fit before the session ends",
    "kept": "the slot has begun, or the meeting is locked and cannot be as it was",
}


def explain_unplaced(problem: Problem, placed: Iterable[PlacedMeeting], meeting: str) -> Reason:
    """The reason why this meeting is not in the schedule.

    ``rule`` is the code that blocks most of the slots in which nothing but other meetings could
    stand in the way, else the code that blocks most slots of all. Where nothing stands in the
    way the code is ``once``: the meeting could be placed.
    """
    roster = Roster(Possibilities(problem)).load(placed)
    return Reasons(Openings(roster)).of(meeting)


class Reasons:
    def __init__(self, openings: Openings) -> None:
        self.openings = openings
        self.problem = openings.problem

    def of(self, meeting: str) -> Reason:
        wanted = self.problem.meeting_by_id[meeting]
        own_starts = set(self.openings.possibilities.starts[meeting])
        blocked: list[tuple[bool, str, Reason]] = []
        for start, slot in enumerate(self.problem.slots):
            answer = self.openings.find(wanted, start)
            if isinstance(answer, PlacedMeeting):
                return Reason(rule="once", slots=(slot.id,), text="It could be placed.")
            blocked.append((start in own_starts, slot.id, answer))
        return summarise(blocked)


def summarise(blocked: list[tuple[bool, str, Reason]]) -> Reason:
    """One reason from those of all slots; the text counts every rule that blocks one."""
    if not blocked:
        return Reason(rule="start_slot", text="There are no slots.")
    hopeful = [reason.rule for possible, _, reason in blocked if possible]
    codes = hopeful or [reason.rule for _, _, reason in blocked]
    rule = max(sorted(set(codes)), key=codes.count)
    mine = [(slot, reason) for _, slot, reason in blocked if reason.rule == rule]
    return Reason(
        rule=rule,
        participants=_union(reason.participants for _, reason in mine),
        slots=tuple(slot for slot, _ in mine),
        places=_union(reason.places for _, reason in mine),
        meetings=_union(reason.meetings for _, reason in mine),
        text=_text([reason for _, _, reason in blocked]),
    )


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def _text(reasons: list[Reason]) -> str:
    counts: dict[str, int] = {}
    people: dict[str, set[str]] = {}
    for reason in reasons:
        counts[reason.rule] = counts.get(reason.rule, 0) + 1
        people.setdefault(reason.rule, set()).update(reason.participants)
    parts = []
    for rule in sorted(counts, key=lambda rule: (-counts[rule], rule)):
        named = f" ({', '.join(sorted(people[rule]))})" if people[rule] else ""
        slots = "1 slot" if counts[rule] == 1 else f"{counts[rule]} slots"
        parts.append(f"in {slots} {WORDS.get(rule, rule)}{named}")
    text = "; ".join(parts) + "."
    return text[0].upper() + text[1:]
