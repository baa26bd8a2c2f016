"""Whether a change by hand is allowed: the independent check, on the part that the change touches.

Every rule but ``must`` is kept by each part of a schedule that keeps it (docs/engine.md), so a
change can only break rules among the meetings of its people, its places and its interpreters.
What was broken before is not held against it: only new faults are told.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.bridge.answers import Broken
from matchmaker.schedules.bridge.keeping import booked_ids
from matchmaker.schedules.bridge.limiting import exclusive_groups
from matchmaker.schedules.bridge.problems import make_frame
from matchmaker.schedules.queries import cancelled_meetings
from matchmaker.wishes.meetings import refused_pairs
from solver.problem import Meeting, Place, Problem
from solver.problem import Participant as Person
from solver.schedule import PlacedMeeting as Placed
from solver.schedule import Schedule, Status
from solver.validation import violations

__all__ = ["Judge", "Meeting", "Placed", "asked_meetings"]


@lru_cache(maxsize=4)  # of a draft that is worked on, once for all its changes
def asked_meetings(problem: str) -> Mapping[str, Meeting]:
    """The meetings of a problem's text, by id."""
    rows = json.loads(problem)["meetings"] if problem else ()
    return {row["id"]: _meeting(row) for row in rows}


def _meeting(row: dict[str, object]) -> Meeting:
    values = dict(row)
    for name in ("slots", "after"):
        if values.get(name) is not None:
            values[name] = frozenset(values[name])  # type: ignore[call-overload]
    values["sides"] = tuple(tuple(side) for side in row["sides"])  # type: ignore[attr-defined]
    return Meeting(**values)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Judge:
    """The rules of the event as it is now, for the people listed.

    ``apart``: pairs who must not meet; ``gone``: people who take part no longer; ``cancelled``
    and ``booked``: meetings that participants have cancelled, and fixed, themselves.
    """

    frame: Problem
    asked: Mapping[str, Meeting]
    apart: Collection[frozenset[str]] = ()
    gone: Collection[str] = ()
    cancelled: Collection[str] = ()
    booked: Collection[str] = ()
    organisations: Mapping[str, str] | None = None  # of people, where two meet only once

    @classmethod
    def of(
        cls,
        session: Session,
        event: Event,
        asked: Mapping[str, Meeting],
        people: set[str],
        organisations: Mapping[str, str] | None,
    ) -> Judge:
        """``organisations``: as ``organisations_once`` gives them."""
        out = select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.id.in_(people),
            Participant.state != "validated",
        )
        return cls(
            frame=make_frame(session, event, people, alone=True),
            asked=asked,
            apart=refused_pairs(session, event, people),
            gone=set(session.scalars(out)),
            cancelled=cancelled_meetings(session, event.id),
            booked=booked_ids(session, event.id),
            organisations=organisations,
        )

    def faults(self, before: Iterable[Placed], after: Iterable[Placed]) -> list[Broken]:
        """What the second state breaks that the first did not; both are the part touched."""
        had, has = tuple(before), tuple(after)
        was, stands = ({row.meeting: row for row in rows} for rows in (had, has))
        names = frozenset(was) | frozenset(stands)
        changed = [row for row in has if was.get(row.meeting) != row]
        now = self._broken(names, has)
        old = self._broken_before(names, had) if now else set()
        new = [row for row in now if row not in old]
        booked = (row for row in had if row.meeting in self.booked)
        gone = [row for row in booked if stands.get(row.meeting) != row]
        fixed = [Broken("booked", (row.meeting,), row.participants) for row in gone]
        return [*fixed, *self._of_people(changed), *new]

    def _of_people(self, changed: Iterable[Placed]) -> Iterable[Broken]:
        for row in changed:
            if row.meeting in self.cancelled:
                yield Broken("cancelled", (row.meeting,), row.participants)
            if gone := tuple(person for person in row.participants if person in self.gone):
                yield Broken("gone", (row.meeting,), gone)
            for pair in combinations(row.participants, 2):
                if frozenset(pair) in self.apart:
                    yield Broken("never", (row.meeting,), pair)

    def _broken_before(self, names: frozenset[str], rows: tuple[Placed, ...]) -> set[Broken]:
        """The same part is asked about many times while one looks for a way."""
        if (names, rows) not in self._known:
            self._known[names, rows] = set(self._broken(names, rows))
        return self._known[names, rows]

    @cached_property
    def _known(self) -> dict[tuple[frozenset[str], tuple[Placed, ...]], set[Broken]]:
        return {}

    def _broken(self, names: Collection[str], rows: tuple[Placed, ...]) -> list[Broken]:
        part = Schedule(problem_sha256="", status=Status.FEASIBLE, meetings=rows)
        return [
            Broken(found.rule, found.meetings, found.participants, found.slots, found.places)
            for found in violations(self._problem(names, rows), part)
        ]

    def _problem(self, names: Collection[str], rows: tuple[Placed, ...]) -> Problem:
        """Of these meetings, with only those people, places and interpreters that the rules have
        to look at.
        """
        used = {place for row in rows for place in (row.place, row.room) if place}
        here = {person for row in rows for person in row.participants}
        here |= {name for place in used for name in self._owners.get(place, ())}
        helping = {row.interpreter for row in rows}
        meetings = tuple(self.asked[name] for name in sorted(names) if name in self.asked)
        return replace(
            self.frame,
            meetings=meetings,
            exclusive=exclusive_groups(self.organisations, meetings),
            interpreters=tuple(row for row in self.frame.interpreters if row.id in helping),
            participants=tuple(self._people[name] for name in sorted(here) if name in self._people),
            places=tuple(
                self._places[name] for name in sorted(used | self._samples) if name in self._places
            ),
        )

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return self.frame.participant_by_id

    @cached_property
    def _owners(self) -> Mapping[str, list[str]]:
        """By place."""
        found: dict[str, list[str]] = {}
        for person in self.frame.participants:
            if person.place is not None:
                found.setdefault(person.place, []).append(person.id)
        return found

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        return self.frame.place_by_id

    @cached_property
    def _samples(self) -> frozenset[str]:
        """One place of each kind: that there is any is what some rules ask."""
        return frozenset({place.kind: place.id for place in self._places.values()}.values())
