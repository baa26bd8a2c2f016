"""Why a meeting was not placed: the rules that stand in its way, slot by slot.

Slot by slot the first obstacle is taken, in the order in which an organiser would ask: the
meeting itself, its people, its place, its interpreter. What a reason claims: in each of its
slots (of the event as it is scheduled) its rule forbids a start, whatever else does; each of its
participants is kept by the rule in one of them at least; its meetings and places are those that
the rule speaks of. Where a side may send one of several, those are named who would come first if
the rule let them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason
from solver.sentences import clause
from solver.wording import Wording, capital

Blocked = tuple[bool, str, Reason]  # could anything but others be in the way? the slot, the rule


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
        self.words = Wording(self.problem)

    def of(self, meeting: str) -> Reason:
        wanted = self.problem.meeting_by_id[meeting]
        own_starts = set(self.openings.possibilities.starts[meeting])
        blocked: list[Blocked] = []
        for start, slot in enumerate(self.problem.slots):
            answer = self.openings.find(wanted, start)
            if isinstance(answer, PlacedMeeting):
                return Reason(rule="once", slots=(slot.id,), text="It could be placed.")
            blocked.append((start in own_starts, slot.id, answer))
        return summarise(self.words, blocked)


def summarise(words: Wording, blocked: list[Blocked]) -> Reason:
    """One reason from those of all slots; the text tells of every rule that blocks one."""
    if not blocked:
        return Reason(rule="start_slot", text="There are no slots.")
    hopeful = [reason.rule for possible, _, reason in blocked if possible]
    codes = hopeful or [reason.rule for _, _, reason in blocked]
    rule = max(sorted(set(codes)), key=codes.count)
    mine = [(slot, reason) for _, slot, reason in blocked if reason.rule == rule]
    return replace(_joined(mine), text=_text(words, blocked))


def _joined(blocked: list[tuple[str, Reason]]) -> Reason:
    """One reason of several with the same rule, for all their slots."""
    reasons = [reason for _, reason in blocked]
    return Reason(
        rule=reasons[0].rule,
        participants=_union(reason.participants for reason in reasons),
        slots=tuple(slot for slot, _ in blocked),
        places=_union(reason.places for reason in reasons),
        meetings=_union(reason.meetings for reason in reasons),
    )


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for part in parts for name in part}))


def _text(words: Wording, blocked: list[Blocked]) -> str:
    """A clause for each rule and whom it keeps; what blocks most slots comes first."""
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[str, Reason]]] = {}
    for _, slot, reason in blocked:
        groups.setdefault((reason.rule, reason.participants), []).append((slot, reason))
    order = sorted(groups, key=lambda key: (-len(groups[key]), key))
    return capital("; ".join(clause(words, _joined(groups[key])) for key in order)) + "."
