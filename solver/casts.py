"""Whom the sides of a meeting may send, and where they may then be.

What people need depends on their place, languages and remoteness only, so people who are alike
in these are one cast. What is asked again for every meeting is worked out once here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from solver.places import Pool
from solver.problem import Interpreter, Meeting, Participant

if TYPE_CHECKING:
    from solver.possibilities import Possibilities

Members = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """One choice of people that is alike in places and languages, with what it needs.

    ``members[i]`` may be sent by side i. ``pools`` and ``rooms`` are where the meeting may then
    be; an empty tuple means that it needs none. ``interpreters`` likewise.
    """

    members: Members
    online: bool
    pools: tuple[Pool, ...] = ()
    rooms: tuple[Pool, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()


class Casting:
    """Casts of every meeting; sides and languages that come again are looked up."""

    def __init__(self, possibilities: Possibilities) -> None:
        self.possibilities = possibilities
        self.people = possibilities.participants
        self.pools = possibilities.pools
        self.may_be_equal = not possibilities.enforces("side")
        self.tells_online = possibilities.enforces("online")
        self.tells_languages = possibilities.enforces("language")
        self.alike: dict[tuple[str, ...], tuple[frozenset[str], ...]] = {}
        self.needs: dict[tuple[frozenset[str], frozenset[str]], Cast | None] = {}
        self.spoken: dict[tuple[frozenset[str], ...], tuple[Interpreter, ...] | str] = {}

    def casts_of(self, meeting: Meeting) -> tuple[Cast, ...]:
        """All casts of a meeting; where one is refused, its rule is noted as an obstacle."""
        quick = self._ordinary(meeting)
        if quick is not None:
            return quick
        found = []
        for members in product(*map(self._alike, meeting.sides)):
            if not (self.may_be_equal or _can_differ(members)):
                continue
            people = [self.people[min(side)] for side in members]
            cast = self._furnish(meeting, members, people)
            if isinstance(cast, Cast):
                found.append(cast)
            else:
                self.possibilities.obstacles.setdefault(meeting.id, cast)
        return tuple(found)

    def _ordinary(self, meeting: Meeting) -> tuple[Cast, ...] | None:
        """The casts of two people on site without a place of their own, as nearly all are: what
        they need depends on their languages only.
        """
        sides = meeting.sides
        if meeting.place is not None or len(sides) != 2 or sides[0] == sides[1]:
            return None
        people = [self.people[side[0]] for side in sides if len(side) == 1]
        if len(people) != 2:
            return None
        first, second = people
        if first.place or second.place or first.remote or second.remote:
            return None
        spoken = first.languages, second.languages
        if spoken not in self.needs:
            cast = self._furnish(meeting, (), people)
            self.needs[spoken] = cast if isinstance(cast, Cast) else None
        cast_of_all = self.needs[spoken]
        if cast_of_all is None:
            return None  # the long way notes the obstacle
        members = self._alike(sides[0]) + self._alike(sides[1])
        pools, interpreters = cast_of_all.pools, cast_of_all.interpreters
        return (Cast(members, False, pools, (), interpreters),)

    def _alike(self, side: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        if side not in self.alike:
            groups: dict[tuple[object, ...], set[str]] = {}
            for person in sorted(side):
                known = self.people[person]
                kind = (known.place, known.remote, known.languages)
                groups.setdefault(kind, set()).add(person)
            self.alike[side] = tuple(frozenset(group) for group in groups.values())
        return self.alike[side]

    def _furnish(self, meeting: Meeting, members: Members, people: list[Participant]) -> Cast | str:
        """The cast with its places and interpreters, or the rule that refuses it."""
        interpreters = self._interpreters_for(people)
        if isinstance(interpreters, str):
            return interpreters
        return self._seated(meeting, members, people, interpreters)

    def _seated(
        self,
        meeting: Meeting,
        members: Members,
        people: list[Participant],
        interpreters: tuple[Interpreter, ...],
    ) -> Cast | str:
        pools = self.pools.wanted(meeting, people)
        if isinstance(pools, str):
            return pools
        online = self.tells_online and any(person.remote for person in people)
        rooms = self.pools.open_to(meeting, people, "online") if online else ()
        if isinstance(rooms, str):
            return rooms
        return Cast(members, online, pools, rooms, interpreters)

    def refusal(self, meeting: Meeting, people: tuple[str, ...]) -> str | None:
        """The rule against sending these people together, whenever and wherever it were."""
        if len(set(people)) < len(people):
            return "side"
        members = tuple(frozenset([person]) for person in people)
        cast = self._furnish(meeting, members, [self.people[person] for person in people])
        return None if isinstance(cast, Cast) else cast

    def without_interpreter(self, meeting: Meeting, people: tuple[str, ...]) -> Cast | None:
        """These people with their places, as if they needed nobody between them."""
        members = tuple(frozenset([person]) for person in people)
        cast = self._seated(meeting, members, [self.people[person] for person in people], ())
        return cast if isinstance(cast, Cast) else None

    def _interpreters_for(self, people: list[Participant]) -> tuple[Interpreter, ...] | str:
        if not self.tells_languages:
            return ()
        spoken = tuple(person.languages for person in people if person.languages)
        if spoken not in self.spoken:
            self.spoken[spoken] = self._bridging(spoken)
        return self.spoken[spoken]

    def _bridging(self, spoken: tuple[frozenset[str], ...]) -> tuple[Interpreter, ...] | str:
        """Who speaks with every side; nobody is needed where the sides share a language."""
        if not spoken or frozenset.intersection(*spoken):
            return ()
        able = [
            each
            for each in self.possibilities.interpreters
            if all(not each.languages.isdisjoint(languages) for languages in spoken)
        ]
        return tuple(able) or "language"


def _can_differ(members: Members) -> bool:
    singles = [next(iter(side)) for side in members if len(side) == 1]
    return len(singles) == len(set(singles))
