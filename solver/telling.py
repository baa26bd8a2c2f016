"""What blocks a meeting, in sentences: who, when, with whom, of how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from solver.blockers import group_of
from solver.facts import Fact
from solver.places import Pool
from solver.problem import Limit, Place
from solver.schedule import PlacedMeeting, Reason
from solver.sentences import sentence
from solver.wording import Wording, capital, listed, printable

PLACES = {"table": "tables", "stand": "stands", "online": "online rooms", "quiet": "quiet places"}
STATES = {"place_taken": "free", "place_closed": "open"}


class Teller:
    """Groups facts into reasons with a sentence each; ``placed`` is what they tell of."""

    def __init__(
        self, words: Wording, placed: Mapping[str, PlacedMeeting], pools: Iterable[Pool]
    ) -> None:
        self.words = words
        self.problem = words.problem
        self.placed = placed
        self.places = {pool.name: pool.places for pool in pools}
        self.tellers: dict[str, Callable[[Reason, list[Fact]], str]] = {
            "busy": self._busy,
            "max_meetings": self._full,
            "place_taken": self._no_place,
            "place_closed": self._no_place,
            "interpreter": self._no_interpreter,
            "limits": self._limit,
            "language": self._language,
            "travel": self._travel,
        }

    def reasons(self, facts: list[Fact]) -> tuple[Reason, ...]:
        """One reason for each rule and whom it concerns; the widest first."""
        grouped = [list(group) for _, group in groupby(sorted(facts, key=group_of), key=group_of)]
        grouped.sort(key=lambda group: -len(group))
        return tuple(self._reason(group) for group in grouped)

    def _reason(self, group: list[Fact]) -> Reason:
        first = group[0]
        slots = sorted({slot for fact in group for slot in fact.slots})
        places = self._places_of(first)
        reason = Reason(
            rule=first.rule,
            participants=first.participants,
            slots=tuple(self.problem.slots[slot].id for slot in slots),
            places=(places[0].id,) if len(places) == 1 else (),
            meetings=tuple(sorted({name for fact in group for name in fact.meetings})),
        )
        tell = self.tellers.get(first.rule)
        text = f"{capital(tell(reason, group))}." if tell else sentence(self.words, reason)
        return replace(reason, text=text)

    def _places_of(self, fact: Fact) -> list[Place]:
        names = fact.subject if fact.rule in STATES else ()
        return [place for name in names for place in self.places[name]]

    def _busy(self, reason: Reason, group: list[Fact]) -> str:
        (person,) = reason.participants
        parts = [
            f"{self.words.times([self.problem.slots[slot].id])} {self._company(person, fact)}"
            for fact in sorted(group, key=lambda fact: fact.slots)
            for slot in fact.slots
        ]
        return f"{self.words.person(person)} is in other meetings: {listed(parts)}"

    def _company(self, person: str, fact: Fact) -> str:
        """``with Chen (m2)``."""
        shown = []
        for name in fact.meetings:
            others = [each for each in self.placed[name].participants if each != person]
            shown.append(f"with {self.words.people(others)} ({printable(name)})")
        return listed(shown)

    def _full(self, reason: Reason, _group: list[Fact]) -> str:
        (person,) = reason.participants
        most = self.problem.participant_by_id[person].max_meetings
        count = len(reason.meetings)
        noun = "meeting" if count == 1 else "meetings"
        return f"{self.words.person(person)} has {count} {noun} and may have no more than {most}"

    def _no_place(self, reason: Reason, group: list[Fact]) -> str:
        when = f"is {STATES[reason.rule]} {self.words.times(reason.slots)}"
        places = self._places_of(group[0])
        if len(places) == 1:
            return f"place {printable(places[0].id)} is not {when.removeprefix('is ')}"
        kinds, zones = {place.kind for place in places}, {place.zone for place in places}
        noun = PLACES[kinds.pop()] if len(kinds) == 1 else "tables and stands"
        zone = zones.pop() if len(zones) == 1 else None
        where = f" in {printable(zone)}" if zone is not None else ""
        return f"none of the {len(places)} {noun}{where} {when}"

    def _no_interpreter(self, reason: Reason, group: list[Fact]) -> str:
        languages = listed(map(printable, group[0].subject))
        when = self.words.times(reason.slots)
        return f"no interpreter who could help is free {when} (languages {languages})"

    def _limit(self, reason: Reason, group: list[Fact]) -> str:
        limit: Limit = self.problem.limits[int(group[0].subject[0])]
        slots = self.words.times(limit.slots)
        parts = []
        if limit.max_meetings is not None:
            parts.append(f"at most {limit.max_meetings} meetings may start {slots}")
        if limit.free_slots is not None:
            parts.append(f"at least {limit.free_slots} slots have to stay free {slots}")
        together = " together" if len(reason.participants) > 1 else ""
        who = f"for {self.words.people(reason.participants)}{together}"
        when = self.words.times(reason.slots)
        return f"{who} {' and '.join(parts)}: that leaves no room for it {when}"

    def _language(self, reason: Reason, _group: list[Fact]) -> str:
        people = [self.problem.participant_by_id[person] for person in reason.participants]
        spoken = [
            f"{self.words.person(each.id)} ({listed(map(printable, sorted(each.languages)))})"
            for each in people
            if each.languages
        ]
        return f"no interpreter speaks with each of {listed(spoken)}"

    def _travel(self, reason: Reason, _group: list[Fact]) -> str:
        (person,), (meeting,) = reason.participants, reason.meetings
        way = f"{self.words.person(person)} could not walk from or to {self.words.meeting(meeting)}"
        return f"{way} in time {self.words.times(reason.slots)}"
