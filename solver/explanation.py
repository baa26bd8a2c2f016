"""Why a meeting is not placed, what blocks it, and what would cure that.

For organisers: an explanation names other people's meetings and absences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from solver.blockers import find_blockers
from solver.completion import reason_of
from solver.cures import Cures
from solver.obstacles import Survey
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Problem
from solver.reasons import Reasons
from solver.roster import Roster
from solver.schedule import Cure, PlacedMeeting, Reason
from solver.telling import Teller
from solver.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``placed`` where the meeting is, else ``reason`` why it is not.

    ``blockers`` block it with everything else as it is scheduled; without any one of them (and
    without what is not named) there is a way. ``cures`` were tried; the cheapest comes first.
    """

    meeting: str
    placed: PlacedMeeting | None = None
    reason: Reason | None = None
    blockers: tuple[Reason, ...] = ()
    cures: tuple[Cure, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What blocks it, in words."""
        return tuple(reason.text for reason in self.blockers)


class Explainer:
    """Explains one schedule; what it finds out for one meeting helps with the next."""

    def __init__(self, problem: Problem, placed: Iterable[PlacedMeeting]) -> None:
        self.problem = problem
        self.openings = Openings(Roster(Possibilities(problem)).load(placed))
        self.roster = self.openings.roster
        self.survey = Survey(self.openings)
        self.words = Wording(problem)
        self.reasons = Reasons(self.openings)
        self.teller = Teller(self.words, self.roster.placed, self.openings.possibilities.pools.all)
        self.cures = Cures(self.survey, self.words)

    def explain(self, meeting: str, *, exact: bool = False) -> Explanation:
        """Explain one meeting of the problem, by its id. ``exact``: what its neighbours would
        have to give up is solved by CP-SAT too; that takes a second or so.
        """
        if meeting in self.roster.placed:
            return Explanation(meeting=meeting, placed=self.roster.placed[meeting])
        obstacles = self.survey.of(self.problem.meeting_by_id[meeting])
        starts = self.openings.possibilities.starts[meeting]
        return Explanation(
            meeting=meeting,
            reason=reason_of(self.openings, self.reasons, obstacles.meeting, starts),
            blockers=self.teller.reasons(find_blockers(obstacles)),
            cures=self.cures.of(obstacles, exact=exact),
        )


def explain(problem: Problem, placed: Iterable[PlacedMeeting], meeting: str) -> Explanation:
    """Explain one meeting exactly; for several make one :class:`Explainer`."""
    return Explainer(problem, placed).explain(meeting, exact=True)
