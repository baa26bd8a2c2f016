"""Pushing meetings out: place one, take away what is in its way, and seat that elsewhere.

A step is kept where what stays out weighs less than the newcomer, or as much: steps sideways
lead to places from which the next step goes up.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from solver.chains import Chains
from solver.openings import Openings
from solver.problem import Meeting
from solver.schedule import PlacedMeeting

MOST_LEAVING = 4  # rounds of taking away for one newcomer
STARTS = 6  # tried for one meeting in one turn

Rank = tuple[int, int]


class Ejection:
    def __init__(self, openings: Openings, chains: Chains, seed: int) -> None:
        self.openings = openings
        self.roster = openings.roster
        self.possibilities = openings.possibilities
        self.chains = chains
        self.draw = Random(seed)

    def repeat(self, ended: Callable[[], bool]) -> None:
        """Go through the unplaced meetings again and again, in an order drawn anew."""
        while not ended():
            unplaced = self._unplaced()
            if not unplaced:
                return
            self.draw.shuffle(unplaced)
            for meeting in unplaced:
                if ended():
                    return
                if meeting.id not in self.roster.placed:
                    self._take_turn(meeting)

    def _unplaced(self) -> list[Meeting]:
        starts = self.possibilities.starts
        meetings = self.possibilities.meetings
        return [each for each in meetings if each.id not in self.roster.placed and starts[each.id]]

    def _take_turn(self, meeting: Meeting) -> bool:
        self.roster.undone += STARTS  # work, even where nothing is changed
        starts = self.possibilities.starts[meeting.id]
        drawn = self.draw.sample(starts, min(STARTS, len(starts)))
        return self.chains.insert(meeting) or any(self._push_in(meeting, each) for each in drawn)

    def _push_in(self, meeting: Meeting, start: int) -> bool:
        mark = len(self.roster.journal)
        removed: list[PlacedMeeting] = []
        answer = self.openings.find(meeting, start)
        for _ in range(MOST_LEAVING):
            if isinstance(answer, PlacedMeeting):
                break
            leaving = self._leaving(answer.rule, answer.meetings)
            if not leaving:
                break
            removed += [self.roster.remove(name) for name in leaving]
            answer = self.openings.find(meeting, start)
        if isinstance(answer, PlacedMeeting):
            self.roster.add(answer)
            if self._settle(meeting, removed):
                return True
        self.roster.undo_to(mark)
        return False

    def _leaving(self, rule: str, names: tuple[str, ...]) -> list[str]:
        """What to take away for this obstacle; nothing where something of it has to stay."""
        if rule in ("max_meetings", "place_taken"):
            movable = sorted(name for name in names if self.roster.movable(name))
            return [self.draw.choice(movable)] if movable else []
        return list(names) if all(self.roster.movable(name) for name in names) else []

    def _settle(self, meeting: Meeting, removed: list[PlacedMeeting]) -> bool:
        """Seat the removed again: does what stays out weigh no more than the newcomer?"""
        by_id = self.roster.problem.meeting_by_id
        gain = rank(meeting)
        loss = (0, 0)
        homeless = [by_id[placed.meeting] for placed in removed]
        for each in sorted(homeless, key=lambda each: (rank(each), each.id), reverse=True):
            if not self.chains.insert(each):
                musts, weight = rank(each)
                loss = loss[0] + musts, loss[1] + weight
            if loss > gain:
                return False
        return self.chains.days_hold(removed)


def rank(meeting: Meeting) -> Rank:
    """What placing the meeting is worth: musts before weight."""
    return int(meeting.must), meeting.weight
