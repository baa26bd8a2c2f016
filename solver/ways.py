"""The ways to place a meeting once a remedy is there: who, where and with whose help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from solver.facts import Fact
from solver.obstacles import Obstacles, Option, Survey
from solver.places import Pool
from solver.reliefs import Relief, Reliefs, Remedies
from solver.remedies import Remedy
from solver.schedule import PlacedMeeting

MOST_PEOPLE = 12  # choices of people that are tried for one start
MOST_FACTS = 4  # in the way of one choice
PLACE_RULES = ("place_taken", "place_closed")


@dataclass(frozen=True)
class Choice:
    """One option with the people to send, and what stands in the way."""

    option: Option
    people: tuple[str, ...]
    facts: tuple[Fact, ...]


def choices_of(obstacles: Obstacles) -> Iterator[Choice]:
    """Every start with whom to send there, where few enough facts stand in the way."""
    for option in obstacles.options:
        sides = [side.items() for side in option.sides]
        for sent in islice(product(*sides), MOST_PEOPLE):
            people = tuple(name for name, _ in sent)
            bits = option.common
            for _, mine in sent:
                bits |= mine
            if bits.bit_count() <= MOST_FACTS and len(set(people)) == len(people):
                yield Choice(option, people, tuple(obstacles.named(bits)))


class Ways:
    """Rows of a schedule for choices that a remedy makes possible."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.roster = survey.roster
        self.problem = survey.problem
        self.remedies = Remedies(survey)

    def reliefs(self, choice: Choice) -> Reliefs | None:
        """All that relieves the choice; None where something of it has no relief."""
        found: list[Relief] = []
        for fact in choice.facts:
            mine = self.remedies.of(fact, choice.option)
            if mine is None:
                return None
            found += mine
        return tuple(found)

    def rows(self, choice: Choice, remedy: Remedy) -> Iterator[PlacedMeeting]:
        """How the meeting may be held then; places near its people's others come first."""
        option = choice.option
        if option.cast is None:
            return
        rooms = list(self._where(option.cast.rooms, choice, remedy))
        helper = self._helper(choice, remedy)
        for place in self._where(option.pools, choice, remedy):
            yield PlacedMeeting(
                meeting=remedy.meeting.id,
                slot=self.problem.slots[option.start].id,
                place=place,
                room=rooms[0] if rooms else None,
                participants=choice.people,
                interpreter=helper,
            )

    def _where(
        self, pools: tuple[Pool, ...], choice: Choice, remedy: Remedy
    ) -> Iterator[str | None]:
        if not pools:
            yield None
            return
        names = tuple(pool.name for pool in pools)
        lacking = [fact for fact in choice.facts if fact.rule in PLACE_RULES]
        lacking = [fact for fact in lacking if fact.subject == names]
        if lacking:
            relief = (self.remedies.of(lacking[0], choice.option) or ())[0]
            yield remedy.new_id(relief) if relief.kind == "new place" else relief.subject[0]
            return
        yield from self._free(pools, choice)

    def _free(self, pools: tuple[Pool, ...], choice: Choice) -> Iterator[str]:
        """Free places where its people are in this session, and one other of each pool."""
        span = choice.option.span
        session = self.survey.possibilities.session_of[span[0]]
        held = [
            self.roster.held[person].get(slot, ()) for person in choice.people for slot in session
        ]
        near = {self.roster.placed[name].place for names in held for name in names}
        has_room = self.survey.openings.has_room
        for pool in pools:
            free = (place.id for place in pool.places if has_room(place, span))
            others = (name for name in free if name not in near)
            yield from sorted(
                place.id for place in pool.places if place.id in near and has_room(place, span)
            )
            yield from islice(others, 1)

    def _helper(self, choice: Choice, remedy: Remedy) -> str | None:
        option = choice.option
        for fact in choice.facts:
            if fact.rule in ("interpreter", "language"):
                (relief,) = self.remedies.of(fact, option) or ()
                new = relief.kind == "new interpreter"
                return remedy.new_id(relief) if new else relief.subject[0]
        zone = option.pools[0].zone if option.pools and self.survey.openings.roads else None
        for each in option.cast.interpreters if option.cast is not None else ():
            if self.survey.hindering(each, zone, option.span) is None:
                return each.id
        return None
