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

from solver.blocks import Blocks
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Reason
from solver.sentences import clause
from solver.shortcuts import Shortcuts
from solver.wording import Wording, capital


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
        self.shortcuts = Shortcuts(openings)

    def of(self, meeting: str) -> Reason:
        wanted = self.problem.meeting_by_id[meeting]
        blocks = Blocks(self.problem, self.openings.possibilities.starts[meeting])
        for start in self.shortcuts.add(wanted, blocks):
            answer = self.openings.find(wanted, start)
            if isinstance(answer, PlacedMeeting):
                return Reason(rule="once", slots=(answer.slot,), text="It could be placed.")
            blocks.add(answer, 1 << start)
        return summarise(self.words, blocks)


def summarise(words: Wording, blocks: Blocks) -> Reason:
    """One reason from those of all slots; the text tells of every rule that blocks one."""
    known = blocks.all()
    if not known:
        return Reason(rule="start_slot", text="There are no slots.")
    counts: dict[str, int] = {}
    for hopeful in (True, False):
        for block in known:
            number = block.hopeful if hopeful else block.mask.bit_count()
            counts[block.rule] = counts.get(block.rule, 0) + number
        if any(counts.values()):
            break
    rule = max(sorted(counts), key=counts.__getitem__)
    whole = blocks.joined([block for block in known if block.rule == rule])
    order = sorted(known, key=lambda each: (-each.mask.bit_count(), each.rule, each.participants))
    text = "; ".join(clause(words, blocks.joined([block])) for block in order)
    return replace(whole, text=capital(text) + ".")
