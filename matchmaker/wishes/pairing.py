"""The rules from wishes to meetings, without a database: docs/wishes-to-meetings.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

Order = tuple[int, str]  # when a wish was made: position, then id
Pair = tuple[str, str]  # two participants, sorted


BY_TIME = attrgetter("position", "id")


class Person(NamedTuple):
    id: str
    state: str
    organisation_id: str | None = None


class Said(NamedTuple):
    """A wish: who says what of whom, a participant or an organisation."""

    id: str
    wisher: str
    to: str | None
    to_organisation: str | None
    grade: str
    state: str = "open"
    position: int = 0
    rank: int = 0  # where its wisher puts it

    @property
    def order(self) -> Order:
        return (self.position, self.id)


@dataclass(frozen=True)
class Weights:
    top: int = 10
    like: int = 4
    mutual: int = 5
    needs_acceptance: bool = False

    def of(self, grade: str) -> int:
        return self.top if grade == "top" else self.like

    @cached_property
    def steps(self) -> int:
        """By how much the order of somebody's wishes may count at most: never as much as another
        grade does, and no wish comes to nothing.
        """
        sums = sorted(
            {
                self.like,
                self.top,
                2 * self.like + self.mutual,
                self.like + self.top + self.mutual,
                2 * self.top + self.mutual,
            }
        )
        least = min((later - one for one, later in pairwise(sums)), default=0)
        return max(0, min(least, *sums) - 1)


@dataclass(slots=True)
class Between:
    """What two people say of each other: the wishes of each side, by wisher."""

    pair: Pair
    said: dict[str, Said] = field(default_factory=dict)

    @property
    def asked_first(self) -> str:
        if len(self.said) == 1:  # most pairs are asked for from one side
            return self.other(next(iter(self.said)))
        return self.other(min(self.said.values(), key=BY_TIME).wisher)

    @property
    def order(self) -> Order:
        return min(wish.order for wish in self.said.values())

    @property
    def is_mutual(self) -> bool:
        return len(self.said) == 2

    @property
    def is_declined(self) -> bool:
        return "declined" in [wish.state for wish in self.said.values()]

    @property
    def is_accepted(self) -> bool:
        return self.is_mutual or any(wish.state == "accepted" for wish in self.said.values())

    def other(self, person: str) -> str:
        return self.pair[1] if self.pair[0] == person else self.pair[0]

    def weight(self, weights: Weights, places: Mapping[str, int]) -> int:
        if len(self.said) == 1:
            (only,) = self.said.values()
            return weights.of(only.grade) - min(places[only.id], weights.steps)
        grades = sum([weights.of(wish.grade) for wish in self.said.values()])
        later = min([places[wish.id] for wish in self.said.values()])
        return grades + (weights.mutual if self.is_mutual else 0) - min(later, weights.steps)


class Ground:
    """Everything said at an event, sorted by what it is about."""

    def __init__(self, people: Iterable[Person], wishes: Iterable[Said]) -> None:
        self.people: Mapping[str, Person] = {person.id: person for person in people}
        ordered = sorted(wishes, key=attrgetter("position", "id"))
        self.nevers = [wish for wish in ordered if wish.grade == "never"]
        positive = [wish for wish in ordered if wish.grade != "never"]
        self.by_name = [wish for wish in positive if wish.to is not None]
        self.by_organisation = [wish for wish in positive if wish.to is None]

    @cached_property
    def staff(self) -> Mapping[str, list[str]]:
        """The people of each organisation, sorted."""
        staff: dict[str, list[str]] = defaultdict(list)
        for person in sorted(self.people.values(), key=lambda person: person.id):
            if person.organisation_id is not None:
                staff[person.organisation_id].append(person.id)
        return staff

    @cached_property
    def places(self) -> Mapping[str, int]:
        """How many wishes of the same grade each wish's own wisher puts before it."""
        counted: Counter[tuple[str, str]] = Counter()
        places = {}
        for wish in sorted(
            [*self.by_name, *self.by_organisation], key=attrgetter("rank", "position", "id")
        ):
            places[wish.id] = counted[wish.wisher, wish.grade]
            counted[wish.wisher, wish.grade] += 1
        return places

    @cached_property
    def forbidden(self) -> Collection[Pair]:
        """The pairs of which one side said never, of the person or of the organisation."""
        return {
            pair_of(wish.wisher, other)
            for wish in self.nevers
            for other in self._meant(wish)
            if other != wish.wisher
        }

    @cached_property
    def between(self) -> dict[Pair, Between]:
        """What is said by name, per pair."""
        table: dict[Pair, Between] = {}
        for wish in self.by_name:
            assert wish.to is not None
            pair = pair_of(wish.wisher, wish.to)
            if pair not in table:
                table[pair] = Between(pair)
            table[pair].said[wish.wisher] = wish
        return table

    @cached_property
    def out(self) -> Mapping[str, str]:
        """Who does not take part, with their state."""
        return {
            person.id: person.state
            for person in self.people.values()
            if person.state != "validated"
        }

    def is_in(self, person: str) -> bool:
        return person not in self.out

    def candidates(self, wish: Said) -> list[str]:
        """Who of the organisation asked for could come."""
        return [
            person
            for person in self.staff.get(wish.to_organisation or "", ())
            if self.is_in(person) and self.may_meet(wish.wisher, person)
        ]

    def may_meet(self, one: str, other: str) -> bool:
        """Nobody meets themselves, or whom a side has refused."""
        pair = pair_of(one, other)
        if one == other or pair in self.forbidden:
            return False
        said = self.between.get(pair)
        return said is None or not said.is_declined

    def _meant(self, wish: Said) -> list[str]:
        if wish.to is not None:
            return [wish.to]
        return self.staff.get(wish.to_organisation or "", [])


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
