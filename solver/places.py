"""Places in pools: tables that no rule tells apart are counted, not modelled one by one."""

from __future__ import annotations

from dataclasses import dataclass

from solver.problem import ON_SITE_KINDS, Meeting, Participant, Place, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Places that are alike: same use and, where it matters, same zone and closed slots.

    ``capacity[s]`` is how many meetings the open ones hold together in the slot at position s.
    """

    name: str
    kind: str
    zone: str | None
    places: tuple[Place, ...]
    capacity: tuple[int, ...]

    def open_in(self, span: tuple[int, ...]) -> bool:
        return all(self.capacity[slot] for slot in span)


class Pools:
    """All pools of a problem. ``apart``: every place on its own, so that moves can be counted."""

    def __init__(
        self, problem: Problem, without: frozenset[str] = frozenset(), *, apart: bool = False
    ) -> None:
        self.problem = problem
        self.without = without
        self.apart = apart
        self.has_long_meetings = any(meeting.length > 1 for meeting in problem.meetings)
        self.roads = {zone for road in problem.travel for zone in (road.origin, road.destination)}
        self.owned: set[str | None] = {
            person.place for person in problem.participants if person.place
        }
        if "own_place" in without:
            self.owned = set()
        named: set[str | None] = {meeting.place for meeting in problem.meetings if meeting.place}
        self.single = self.owned | named | self._touched_by_published()
        self.all = self._gather()
        self.pool_of = {place.id: pool for pool in self.all for place in pool.places}
        self._gone: dict[str, Pool] = {}
        self.kinds = {pool.kind for pool in self.all}
        self._free: dict[str, tuple[Pool, ...]] = {}  # by kind, those that belong to nobody

    def _touched_by_published(self) -> set[str | None]:
        """Long meetings need one table throughout, so fixed ones break tables' likeness."""
        if not self.has_long_meetings:
            return set()
        published = self.problem.published
        return {entry.place for entry in published} | {entry.room for entry in published}

    def _gather(self) -> tuple[Pool, ...]:
        groups: dict[tuple[object, ...], list[Place]] = {}
        for place in sorted(self.problem.places or (), key=lambda place: place.id):
            groups.setdefault(self._likeness(place), []).append(place)
        return tuple(self._pool(places) for places in groups.values())

    def _likeness(self, place: Place) -> tuple[object, ...]:
        if place.id in self.single or self.apart:
            return (place.id,)
        on_site = "on site" if place.kind in ON_SITE_KINDS else place.kind
        zone = place.zone if place.zone in self.roads else None
        closed = tuple(sorted(place.closed)) if self.has_long_meetings else ()
        return ("", on_site, zone or "", zone is None, closed)

    def _pool(self, places: list[Place]) -> Pool:
        capacity = [sum(place.capacity for place in places)] * len(self.problem.slots)
        for place in places if "place_closed" not in self.without else ():
            for slot in place.closed:
                capacity[self.problem.slot_position[slot]] -= place.capacity
        first = places[0]
        kind = "on site" if first.kind in ON_SITE_KINDS else first.kind
        return Pool(first.id, kind, first.zone, tuple(places), tuple(capacity))

    def pool_at(self, place: str) -> Pool:
        """The pool of a place; of one that is gone, but where a kept meeting is, its own."""
        if place in self.pool_of:
            return self.pool_of[place]
        if place not in self._gone:
            nothing = (0,) * len(self.problem.slots)
            self._gone[place] = Pool(place, "gone", None, (), nothing)
        return self._gone[place]

    def is_open(self, place: Place, slot: str) -> bool:
        return "place_closed" in self.without or slot not in place.closed

    def wanted(self, meeting: Meeting, people: list[Participant]) -> tuple[Pool, ...] | str:
        """Where these people may meet on site; () where they need nothing; or a rule's code."""
        if self.problem.places is None:
            return ()
        if "online" not in self.without and any(person.remote for person in people):
            alone = all(person.remote for person in people)
            return () if alone else self.open_to(meeting, people, "quiet")
        if "place_kind" in self.without:
            return ()
        owned = [person.place for person in people if person.place in self.owned]
        named = meeting.place if "own_place" not in self.without else None
        if wanted := named or (owned[0] if owned else None):
            pool = self.pool_of[wanted]
            return (pool,) if pool.kind == "on site" else "own_place"
        return self.open_to(meeting, people, "on site") or "place_kind"

    def open_to(
        self, meeting: Meeting, people: list[Participant], kind: str
    ) -> tuple[Pool, ...] | str:
        """Pools of this kind without those that belong to others."""
        if kind not in self._free:
            of_kind = (pool for pool in self.all if pool.kind == kind)
            self._free[kind] = tuple(pool for pool in of_kind if pool.name not in self.owned)
        found = self._free[kind]
        own = {person.place for person in people} | {meeting.place}
        usable = [self.pool_of[name] for name in own if name is not None and name in self.owned]
        if mine := [pool for pool in usable if pool.kind == kind]:
            return tuple(sorted((*found, *mine), key=lambda pool: pool.name))
        return "own_place" if not found and kind in self.kinds else found
