"""Plain tables, which can be more or fewer: those that nobody owns and no meeting names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from solver.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class TableKind:
    """Tables of one zone, where zones lie apart; else all. The most useful come first.

    New tables hold one meeting and are closed where all tables of the kind are.
    """

    zone: str | None
    tables: tuple[Place, ...]

    def first(self, count: int, taken: set[str]) -> tuple[Place, ...]:
        """The first ``count`` tables; new ones get names that are not ``taken``."""
        closed = frozenset.intersection(*(t.closed for t in self.tables)) if self.tables else None
        names = _new_names(f"{self.zone or 'table'}+", count - len(self.tables), taken)
        new = (Place(id=name, zone=self.zone, closed=closed or frozenset()) for name in names)
        return (*self.tables[:count], *new)


def table_kinds(problem: Problem) -> tuple[TableKind, ...]:
    """In the order of zones; none where the problem needs no places at all."""
    if problem.places is None:
        return ()
    roads = {zone for road in problem.travel for zone in (road.origin, road.destination)}
    groups: dict[str, list[Place]] = {}
    for place in sorted(plain_tables(problem), key=lambda place: place.id):
        zone = place.zone if place.zone in roads else None
        groups.setdefault(zone or "", []).append(place)
    groups = groups or {"": []}
    return tuple(_kind(zone, groups[zone]) for zone in sorted(groups))


def _kind(zone: str, places: list[Place]) -> TableKind:
    """Of nested numbers of tables each has all that the smaller ones have."""
    best_first = sorted(places, key=lambda place: (-place.capacity, len(place.closed), place.id))
    return TableKind(zone or None, tuple(best_first))


def plain_tables(problem: Problem) -> Iterable[Place]:
    owned = {person.place for person in problem.participants}
    named = {meeting.place for meeting in problem.meetings}
    for place in problem.places or ():
        if place.kind == "table" and place.id not in owned and place.id not in named:
            yield place


def enough_tables(problem: Problem) -> int:
    """So many meetings at once at most: one for each two seats."""
    return min(len(problem.meetings), sum(each.seats for each in problem.participants) // 2)


def with_tables(problem: Problem, kinds: tuple[TableKind, ...], counts: tuple[int, ...]) -> Problem:
    """The problem with so many plain tables of each kind, and all its other places."""
    if problem.places is None:
        return problem
    plain = {place.id for place in plain_tables(problem)}
    kept = [place for place in problem.places if place.id not in plain]
    taken = {place.id for place in problem.places}
    for kind, count in zip(kinds, counts, strict=True):
        kept += kind.first(count, taken)
    return replace(problem, places=tuple(kept))


def _new_names(stem: str, count: int, taken: set[str]) -> list[str]:
    """Names ``stem1``, ``stem2``, … as far as they are free; the first ones stay the same."""
    names: list[str] = []
    number = 0
    while len(names) < count:
        number += 1
        if f"{stem}{number}" not in taken:
            names.append(f"{stem}{number}")
    return names
