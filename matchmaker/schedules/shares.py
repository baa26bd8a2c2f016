"""How the wishes are spread over the people: who gets what part of the meetings asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import count_meetings
from matchmaker.schedules.unplaced import count_missing

FEWEST = 10  # people who are named
# per cent of the own meetings, from and below: none, less than half, …, all
PARTS = ((0, 1), (1, 50), (50, 80), (80, 100), (100, 101))


@dataclass(frozen=True)
class Own:
    """A person's meetings: how many there are of those that were asked for."""

    person: str
    placed: int
    asked: int

    @property
    def percent(self) -> int:
        """Below 100 where one is missing, above 0 where there is one."""
        if self.placed in (0, self.asked):
            return 100 if self.placed else 0
        return min(99, max(1, round(100 * self.placed / self.asked)))


@dataclass(frozen=True)
class Shares:
    people: tuple[Own, ...]  # those with the fewest first

    @classmethod
    def of(cls, session: Session, version: Version) -> Shares:
        """Of everybody for whom a meeting was asked."""
        placed, missing = count_meetings(session, version), count_missing(session, version)
        people = [
            Own(person, placed[person], placed[person] + missing[person])
            for person in placed.keys() | missing.keys()
        ]
        return cls(tuple(sorted(people, key=lambda row: (row.placed, row.percent, row.person))))

    @property
    def fewest(self) -> list[Own]:
        """Whoever has all that was asked for lacks nothing, however few that are."""
        return [row for row in self.people if row.placed < row.asked][:FEWEST]

    def parts(self) -> list[tuple[tuple[int, int], int]]:
        """How many people get each part of what was asked for."""
        counts: Counter[tuple[int, int]] = Counter()
        for row in self.people:
            counts[next(part for part in PARTS if part[0] <= row.percent < part[1])] += 1
        return [(part, counts[part]) for part in reversed(PARTS)]
