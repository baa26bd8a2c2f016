"""A contradiction in sentences: who must, what is locked, and what each rule says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from solver.problem import Meeting, Participant, Problem
from solver.schedule import Conflict
from solver.wording import Wording, listed, printable

RULES = {
    "side": "each side sends one of its people, and never the same person twice",
    "busy": "nobody is in more meetings at once than they have seats",
    "absent": "nobody meets while absent",
    "max_meetings": "nobody has more meetings than they may have",
    "max_in_a_row": "nobody has more meetings in a row than they may have",
    "place_taken": "a place holds so many meetings at once",
    "place_closed": "no meeting is in a place that is closed",
    "place_kind": "a meeting on site has a table or a stand",
    "own_place": "who owns a place meets there, and others do not",
    "online": "remote people meet in an online room, the others at a quiet place",
    "start_slot": "a meeting starts only where it may",
    "length": "a meeting ends within its session",
    "after": "a meeting starts after those that come before it",
    "language": "people without a common language have an interpreter",
    "interpreter": "an interpreter helps one meeting at a time, and not while absent",
    "travel": "ways between zones take their time",
    "limits": "limits on given slots are kept",
    "exclusive": "of an exclusive list one meeting takes place",
    "breaks": "nobody has more breaks than allowed",
    "changes": "few published meetings change",
}

START = "These cannot all be: "
IRREDUCIBLE = "Leaving out any one of them resolves it."


def conflict_text(problem: Problem, conflict: Conflict, *, irreducible: bool) -> str:
    """``These cannot all be: …; …. Leaving out any one of them resolves it.``

    One part for each must, each locked meeting and each rule of the conflict, in this order.
    """
    told = Contradiction(problem, conflict)
    end = IRREDUCIBLE if irreducible else "Time ran out: the list may hold more than is needed."
    return f"{START}{'; '.join(told.parts())}. {end}"


def reworded(problem: Problem, conflict: Conflict) -> Conflict:
    """The same contradiction, told of this problem."""
    if not conflict.text.startswith(START):  # one that names nobody
        return conflict
    irreducible = conflict.text.endswith(IRREDUCIBLE)
    return replace(conflict, text=conflict_text(problem, conflict, irreducible=irreducible))


class Contradiction:
    """The meetings of a conflict, and what each of its rules says of them."""

    def __init__(self, problem: Problem, conflict: Conflict) -> None:
        self.problem = problem
        self.conflict = conflict
        self.words = Wording(problem)
        names = dict.fromkeys((*conflict.musts, *conflict.published))
        self.meetings = [problem.meeting_by_id[name] for name in names]
        self.counts = Counter(person for each in self.meetings for person in each.people())
        self.details: dict[str, Callable[[], list[str]]] = {
            "busy": self._seats,
            "absent": self._absences,
            "max_meetings": lambda: self._each("max_meetings", "at most {}"),
            "max_in_a_row": lambda: self._each("max_in_a_row", "at most {} in a row"),
            "start_slot": self._starts,
            "after": self._orders,
            "place_taken": self._room,
            "limits": self._limits,
            "exclusive": self._exclusive,
            "breaks": lambda: [f"at most {problem.rules.breaks_per_participant}"],
            "changes": lambda: [f"at most {problem.rules.max_changes}"],
        }

    def parts(self) -> list[str]:
        musts = [f"{self.words.meeting(name)} must take place" for name in self.conflict.musts]
        locked = [self._locked(name) for name in self.conflict.published]
        return [*musts, *locked, *map(self._rule, self.conflict.rules)]

    def _locked(self, name: str) -> str:
        row = next(row for row in self.problem.published if row.meeting == name)
        where = "".join(f" in {printable(each)}" for each in (row.place, row.room) if each)
        return f"{self.words.meeting(name)} is locked {self.words.times([row.slot])}{where}"

    def _rule(self, rule: str) -> str:
        detail = self.details.get(rule)
        known = detail() if detail is not None else []
        return RULES.get(rule, rule) + (f" ({listed(known)})" if known else "")

    def _people(self, *, shared: bool = False) -> list[Participant]:
        """Those of the meetings; ``shared``: of several of them."""
        least = 2 if shared else 1
        return [p for p in self.problem.participants if self.counts[p.id] >= least]

    def _seats(self) -> list[str]:
        seats = {1: "one at a time"}
        return [
            f"{self.words.person(p.id)}: {seats.get(p.seats, f'{p.seats} at once')}"
            for p in self._people(shared=True)
        ]

    def _absences(self) -> list[str]:
        absent = [p for p in self._people() if p.absent]
        return [f"{self.words.person(p.id)}: {self.words.times(p.absent)}" for p in absent]

    def _each(self, field: str, text: str) -> list[str]:
        known = [(p.id, getattr(p, field)) for p in self._people()]
        bound = [(name, most) for name, most in known if most is not None]
        return [f"{self.words.person(name)}: {text.format(most)}" for name, most in bound]

    def _starts(self) -> list[str]:
        return [f"{printable(m.id)}: {self._allowed(m)}" for m in self.meetings if _is_bound(m)]

    def _allowed(self, meeting: Meeting) -> str:
        allowed = meeting.slots
        if meeting.fixed_slot is not None:
            fixed = frozenset([meeting.fixed_slot])
            allowed = fixed if allowed is None else allowed & fixed
        return f"only {self.words.times(allowed)}" if allowed else "nowhere"

    def _orders(self) -> list[str]:
        known = {meeting.id for meeting in self.meetings}
        pairs = [(m.id, earlier) for m in self.meetings for earlier in sorted(m.after & known)]
        return [f"{printable(later)} after {printable(earlier)}" for later, earlier in pairs]

    def _room(self) -> list[str]:
        places = self.problem.places or ()
        if len(places) > 3:
            return [f"{len(places)} places for {sum(place.capacity for place in places)} meetings"]
        return [f"{printable(place.id)}: {place.capacity}" for place in places]

    def _limits(self) -> list[str]:
        found = []
        for limit in self.problem.limits:
            if not any(self.counts[person] for person in limit.participants):
                continue
            who, when = self.words.people(limit.participants), self.words.times(limit.slots)
            if limit.max_meetings is not None:
                found.append(f"{who}: at most {limit.max_meetings} start {when}")
            if limit.free_slots is not None:
                found.append(f"{who}: at least {limit.free_slots} slots free {when}")
        return found

    def _exclusive(self) -> list[str]:
        known = {meeting.id for meeting in self.meetings}
        groups = [group for group in self.problem.exclusive if len(known.intersection(group)) > 1]
        return [listed(map(printable, sorted(group))) for group in groups]


def _is_bound(meeting: Meeting) -> bool:
    return meeting.slots is not None or meeting.fixed_slot is not None
