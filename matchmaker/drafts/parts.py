"""The part of a draft that a change can touch: some meetings, and those of their people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules import bridge
from matchmaker.schedules.bridge import Meeting, Placed
from matchmaker.schedules.handwriting import placed_of
from matchmaker.schedules.models import (
    InterpreterBooking,
    PersonBooking,
    PlaceBooking,
    UnplacedMeeting,
    Version,
)
from matchmaker.schedules.queries import BookedMeeting, Venue, chosen_meetings

Names = set[str]
NOBODY: frozenset[str] = frozenset()


class Part:
    """``asked``: every meeting loaded; ``placed``: where those stand that are placed."""

    def __init__(
        self, session: Session, event: Event, version: Version, ids: Collection[str]
    ) -> None:
        self.session, self.event, self.version = session, event, version
        self.asked: dict[str, Meeting] = {}
        self.placed: dict[str, Placed] = {}
        self.locked: Names = set()
        self._with: dict[str, Names] = defaultdict(set)  # by person
        # By slot: the places looked at, those where somebody is; and who that is.
        self._looked: dict[str, Names] = defaultdict(set)
        self._taken: dict[str, Names] = defaultdict(set)
        self._at: dict[tuple[str, str], Set[str]] = {}
        self._load(set(ids))
        self._load_unplaced(set(ids) - set(self.placed))
        people = {person for name in ids for person in self._touched(name)}
        self._load(self._booked(PersonBooking, PersonBooking.participant_id.in_(people)))

    def people_of(self, name: str) -> frozenset[str]:
        """Everybody who could come."""
        return self.asked[name].people() if name in self.asked else frozenset()

    def _touched(self, name: str) -> Names:
        """Its people, and where two organisations meet only once, their colleagues."""
        return {one for person in self.people_of(name) for one in self._beside(person)}

    def _beside(self, person: str) -> Names:
        organisation = (self._organisations or {}).get(person)
        return {person} | self._colleagues.get(organisation, set()) if organisation else {person}

    @cached_property
    def _organisations(self) -> Mapping[str, str] | None:
        return bridge.organisations_once(self.session, self.event)

    @cached_property
    def _colleagues(self) -> Mapping[str, Names]:
        found: dict[str, Names] = defaultdict(set)
        for person, organisation in (self._organisations or {}).items():
            found[organisation].add(person)
        return found

    def around(self, ids: Iterable[str]) -> Names:
        """The placed meetings of these meetings' people."""
        people = {person for name in ids for person in self._touched(name)}
        return {name for person in people for name in self._with.get(person, ())}

    def at(self, place_id: str, slots: Sequence[str]) -> Set[str]:
        """The meetings at this place in these slots."""
        if new := [slot for slot in slots if place_id not in self._looked[slot]]:
            self.look_at([place_id], new)
        if len(slots) == 1:  # asked for thousands of cells
            return self._at.get((place_id, slots[0]), NOBODY)
        return frozenset().union(*(self._at.get((place_id, slot), NOBODY) for slot in slots))

    def look_at(self, places: Collection[str], slots: Collection[str]) -> None:
        """See who is there, in one statement; only who is asked for is loaded."""
        for slot in slots:
            self._looked[slot].update(places)
        table = PlaceBooking.__table__.c  # plain rows: there may be thousands
        query = select(table.place_id, table.slot_id, table.meeting_id).where(
            table.event_id == self.event.id, table.version_id == self.version.id,
            table.place_id.in_(places), table.slot_id.in_(slots),
        )  # fmt: skip
        for place, slot, name in self.session.execute(query).all():
            there = self._at.get((place, slot))
            self._at[place, slot] = {name} if there is None else {*there, name}
            self._taken[slot].add(place)

    def taken(self, slots: Iterable[str]) -> Names:
        """Of the places looked at, those with somebody in one of these slots."""
        return {place for slot in slots for place in self._taken.get(slot, ())}

    def served_by(self, interpreter: str) -> Mapping[str, Names]:
        """By slot."""
        return self._served.get(interpreter, {})

    def serving(self, slots: Iterable[str]) -> Names:
        """The interpreters who are in another meeting in one of these slots."""
        wanted = set(slots)
        return {who for who, served in self._served.items() if wanted & set(served)}

    @cached_property
    def _served(self) -> Mapping[str, Mapping[str, Names]]:
        """The meetings of every interpreter by slot: they are few, and looked for one by one."""
        columns = (
            InterpreterBooking.interpreter_id,
            InterpreterBooking.slot_id,
            InterpreterBooking.meeting_id,
        )
        found: dict[str, dict[str, Names]] = defaultdict(lambda: defaultdict(set))
        for who, slot, name in self.session.execute(self._of(*columns)):
            found[who][slot].add(name)
        return found

    def rows(self, names: Names) -> list[Placed]:
        self._load(names)
        return [self.placed[name] for name in sorted(names) if name in self.placed]

    @cached_property
    def judge(self) -> bridge.Judge:
        """Of everybody in the meetings loaded until now."""
        people = {person for row in self.placed.values() for person in row.participants}
        people |= {person for name in self.asked for person in self.people_of(name)}
        return bridge.Judge.of(self.session, self.event, self.asked, people, self._organisations)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Of places."""
        return {place.id: place.kind for place in self.judge.frame.places or ()}

    def _load(self, ids: Names) -> None:
        new = ids - set(self.placed)
        found = chosen_meetings(self.session, self.version, new, self.venue) if new else ()
        for row in found:
            self.placed[row.id] = placed_of(row)
            self.asked[row.id] = self._known.get(row.id) or _asked_as(row)
            for person in row.people:
                self._with[person].add(row.id)
            if row.locked:
                self.locked.add(row.id)

    def _load_unplaced(self, ids: Names) -> None:
        columns = UnplacedMeeting.meeting_id, UnplacedMeeting.sides, UnplacedMeeting.weight
        chosen = self._of(*columns).where(UnplacedMeeting.meeting_id.in_(ids))
        for name, row, weight in self.session.execute(chosen) if ids else ():
            sides = tuple(tuple(side) for side in row["sides"])
            self.asked[name] = self._known.get(name) or Meeting(id=name, sides=sides, weight=weight)

    @cached_property
    def venue(self) -> Venue:
        """Read once for all that is loaded."""
        return Venue(self.session, self.event.id)

    @cached_property
    def _known(self) -> Mapping[str, Meeting]:
        return bridge.asked_meetings(self.version.problem)

    def _booked(self, table: Any, *conditions: Any) -> Names:
        return set(self.session.scalars(self._of(table.meeting_id).where(*conditions).distinct()))

    def _of(self, *columns: Any) -> Any:
        table = columns[0].class_
        return select(*columns).where(
            table.event_id == self.event.id, table.version_id == self.version.id
        )


def _asked_as(row: BookedMeeting) -> Meeting:
    sides = tuple((person,) for person in row.people)
    return Meeting(id=row.id, sides=sides, weight=row.weight, length=row.length)
