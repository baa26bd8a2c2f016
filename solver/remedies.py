"""A remedy: a few reliefs together, as rows of the problem that change, and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from solver.amendments import Amendment
from solver.problem import Interpreter, Meeting, Participant, Place, Problem
from solver.reliefs import Relief
from solver.wording import Wording, listed, printable

KINDS = {
    "table": "table",
    "stand": "stand",
    "online": "online room",
    "quiet": "quiet place",
}


class Remedy:
    """The strongest of each relief. ``meeting`` is the one that it is for."""

    def __init__(self, problem: Problem, meeting: Meeting, reliefs: Iterable[Relief]) -> None:
        self.problem = problem
        self.meeting = meeting
        strongest: dict[tuple[object, ...], Relief] = {}
        for each in sorted(reliefs, key=lambda relief: relief.level):
            strongest[each.key] = each
        self.reliefs = tuple(sorted(strongest.values(), key=lambda each: each.key))
        self._levels = {each.key: each.level for each in self.reliefs}

    @property
    def kinds(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it is, whenever it were."""
        return tuple(sorted({(each.kind, each.subject) for each in self.reliefs}))

    def includes(self, relief: Relief) -> bool:
        return self._levels.get(relief.key, -1) >= relief.level

    @cached_property
    def amendments(self) -> tuple[Amendment, ...]:
        """One for each row that changes, however many reliefs change it."""
        rows: dict[tuple[str, object], Amendment] = {}
        for relief in self.reliefs:
            for each in AMENDERS[relief.kind](self, relief):
                key = each.table, each.before if each.before is not None else each.after
                known = rows.get(key)
                rows[key] = each if known is None else _both(known, each)
        return tuple(rows.values())

    def names(self, slots: Iterable[int]) -> frozenset[str]:
        return frozenset(self.problem.slots[slot].id for slot in slots)

    def all_but(self, slots: Iterable[int]) -> frozenset[str]:
        return frozenset(slot.id for slot in self.problem.slots) - self.names(slots)

    def new_id(self, relief: Relief) -> str:
        """The id of the new place or interpreter; nobody else has it."""
        known = {**self.problem.place_by_id, **self.problem.interpreter_by_id}
        words = ["interpreter", *relief.subject]
        name = "-".join(
            ["new", *(words if relief.kind == "new interpreter" else relief.subject[:1])]
        )
        same = [each for each in self.reliefs if each.kind == relief.kind]
        name += str(same.index(relief) + 1) if len(same) > 1 else ""
        while name in known:
            name += "+"
        return name

    def text(self, words: Wording) -> str:
        """``one more table at 10:40 and Amal there at 11:20``."""
        presences: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for each in self.reliefs:
            presences.setdefault((each.kind, each.subject), []).extend(each.slots)
        parts = []
        for (kind, subject), slots in presences.items():
            when = words.times(self.names(slots))
            (level, *_) = (e.level for e in self.reliefs if (e.kind, e.subject) == (kind, subject))
            parts.append(TEXTS[kind](words, subject, when, level).strip())
        return listed(parts)


def _both(one: Amendment, other: Amendment) -> Amendment:
    """Two changes of one row: each field as whichever changes it has it."""
    base = one.before
    assert base is not None
    changes: dict[str, Any] = {}
    for name in type(base).__dataclass_fields__:
        first, second, old = (getattr(row, name) for row in (one.after, other.after, base))
        changes[name] = _merged(first, second, old)
    return Amendment(one.table, base, replace(base, **changes))


def _merged(first: object, second: object, old: object) -> object:
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return (first & second) if isinstance(old, frozenset) and first <= old else first | second
    return second if first == old else first


def _person(remedy: Remedy, relief: Relief) -> Participant:
    return remedy.problem.participant_by_id[relief.subject[0]]


def _place(remedy: Remedy, relief: Relief) -> Place:
    return remedy.problem.place_by_id[relief.subject[0]]


def _present(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    person = _person(remedy, relief)
    absent = person.absent - remedy.names(relief.slots)
    yield Amendment("participants", person, replace(person, absent=absent))


def _of_person(field: str) -> Callable[[Remedy, Relief], Iterator[Amendment]]:
    def amend(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
        person = _person(remedy, relief)
        change = {field: relief.level}
        yield Amendment("participants", person, replace(person, **change))  # type: ignore[arg-type]

    return amend


def _breaks(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    rules = remedy.problem.rules
    yield Amendment("rules", rules, replace(rules, breaks_per_participant=relief.level))


def _limit(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    limit = remedy.problem.limits[int(relief.subject[0])]
    yield Amendment("limits", limit, replace(limit, max_meetings=relief.level))


def _free_slots(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    limit = remedy.problem.limits[int(relief.subject[0])]
    free = len(limit.slots) - relief.level
    yield Amendment("limits", limit, replace(limit, free_slots=free or None))


def _open(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    place = _place(remedy, relief)
    closed = place.closed - remedy.names(relief.slots)
    yield Amendment("places", place, replace(place, closed=closed))


def _capacity(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    place = _place(remedy, relief)
    yield Amendment("places", place, replace(place, capacity=relief.level))


def _new_place(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    kind, *zones = relief.subject
    place = Place(
        id=remedy.new_id(relief),
        kind=kind,
        zone=zones[0] if zones else None,
        closed=remedy.all_but(relief.slots),
    )
    yield Amendment("places", None, place)


def _interpreter(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    known = remedy.problem.interpreter_by_id[relief.subject[0]]
    absent = known.absent - remedy.names(relief.slots)
    yield Amendment("interpreters", known, replace(known, absent=absent))


def _new_interpreter(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    languages = frozenset(relief.subject)
    absent = remedy.all_but(relief.slots)
    new = Interpreter(id=remedy.new_id(relief), languages=languages, absent=absent)
    yield Amendment("interpreters", None, new)


def _start(remedy: Remedy, relief: Relief) -> Iterator[Amendment]:
    (slot,) = remedy.names(relief.slots)
    meeting = remedy.meeting
    slots = None if meeting.slots is None else meeting.slots | {slot}
    fixed = None if meeting.fixed_slot is None else slot
    yield Amendment("meetings", meeting, replace(meeting, slots=slots, fixed_slot=fixed))


AMENDERS: dict[str, Callable[[Remedy, Relief], Iterator[Amendment]]] = {
    "present": _present,
    "max_meetings": _of_person("max_meetings"),
    "seats": _of_person("seats"),
    "max_in_a_row": _of_person("max_in_a_row"),
    "breaks": _breaks,
    "limit": _limit,
    "free_slots": _free_slots,
    "open": _open,
    "capacity": _capacity,
    "new place": _new_place,
    "interpreter": _interpreter,
    "new interpreter": _new_interpreter,
    "start": _start,
}
Text = Callable[[Wording, tuple[str, ...], str, int], str]
TEXTS: dict[str, Text] = {
    "present": lambda words, who, when, _: f"{words.people(who)} free {when}",
    "max_meetings": lambda words, who, _, level: f"up to {level} meetings for {words.people(who)}",
    "seats": lambda words, who, _, level: f"{level} seats for {words.people(who)}",
    "max_in_a_row": lambda words, who, _, level: (
        f"up to {level} meetings in a row for {words.people(who)}"
    ),
    "breaks": lambda _words, _, _when, level: f"up to {level} breaks for each participant",
    "limit": lambda _words, what, _, level: f"limit {what[0]} raised to {level} meetings",
    "free_slots": lambda _words, what, _, level: (
        f"limit {what[0]} lowered so that {level} of its slots may be used"
    ),
    "open": lambda words, what, when, _: f"{words.places(what)} open {when}",
    "capacity": lambda words, what, _, level: f"room for {level} meetings at {words.places(what)}",
    "new place": lambda _, what, when, _level: f"one more {_new_kind(what)} {when}",
    "interpreter": lambda words, who, when, _: f"interpreter {words.places(who)} there {when}",
    "new interpreter": lambda _, what, when, _level: (
        f"an interpreter for {'-'.join(map(printable, what))} {when}"
    ),
    "start": lambda _words, _, when, _level: f"a start allowed {when}",
}


def _new_kind(what: tuple[str, ...]) -> str:
    kind, *zones = what
    return KINDS[kind] + (f" in {printable(zones[0])}" if zones else "")
