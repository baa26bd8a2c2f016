"""The literature's instances: MiniZinc data files of the B2B meeting scheduling problem.

Bofill et al., *Constraint Solving Approaches to the Business-to-Business Meeting Scheduling
Problem*, JAIR 74 (2022). Every meeting has to take place, nobody has more than two breaks, and
the sum of breaks is minimal; absence counts as idle time, and the lunch break is no border.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from solver.faults import Faults, InvalidProblem
from solver.problem import Goal, Meeting, Participant, Place, Problem, Rules, Slot

COUNTS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
LISTS = ("requested", "forbidden", "fixed", "precedences")
REDUNDANT = ("meetingsxBusiness", "nMeetingsBusiness")
MORNING, AFTERNOON, ANY = 1, 2, 3
OPENING = datetime(2000, 1, 1, 8, 0)
LUNCH = timedelta(minutes=60)
BREAKS_PER_PARTICIPANT = 2
MOST_SLOTS = 840  # minutes of a day that starts at eight and has an hour's lunch
ASSIGNMENT = re.compile(r"(\w+)\s*=\s*([^;]*);")


@dataclass(frozen=True, slots=True)
class Instance:
    """The numbers of one file, all counted from 1."""

    participants: int
    tables: int
    slots: int
    morning: int
    requested: list[list[int]]  # two participants and when, for each meeting
    forbidden: list[list[int]]  # slots of absence of each participant; 0 stands for none
    fixed: list[int]  # slot of each meeting; 0 stands for free
    precedences: list[list[int]]  # meetings that have to be over before each meeting


def read_dzn(path: Path | str) -> Problem:
    """The problem in a .dzn file; raises :class:`InvalidProblem` with every fault."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InvalidProblem((f"the file cannot be read ({error.strerror})",)) from error
    except UnicodeDecodeError as error:
        raise InvalidProblem((f"the file is not UTF-8 at byte {error.start}",)) from error
    return problem_from_dzn(text, name=path.stem)


def problem_from_dzn(text: str, *, name: str = "") -> Problem:
    """The problem in the text of a .dzn file."""
    faults = Faults()
    instance = _instance(text, faults)
    if faults.lines or instance is None:
        raise InvalidProblem(tuple(faults.lines))
    slots = _slots(instance)
    return Problem(
        name=name,
        slots=slots,
        places=tuple(Place(id=f"t{n:03}") for n in range(1, instance.tables + 1)),
        participants=tuple(_participants(instance, slots)),
        meetings=tuple(_meetings(instance, slots)),
        rules=Rules(
            breaks_per_participant=BREAKS_PER_PARTICIPANT,
            breaks_within="event",
            absence_is_idle=True,
        ),
        goals=(Goal(goal="breaks"),),
    )


def _instance(text: str, faults: Faults) -> Instance | None:
    fields = dict(ASSIGNMENT.findall(re.sub(r"%[^\n]*", "", text)))
    for name in (*COUNTS, *LISTS):
        if name not in fields:
            faults.add(name, "is missing")
    for name in fields:
        if name not in (*COUNTS, *LISTS, *REDUNDANT):
            faults.add(name, "unknown field")
    if faults.lines:
        return None
    counts = {name: _count(faults, name, fields[name]) for name in COUNTS}
    instance = Instance(
        participants=counts["nBusiness"],
        tables=counts["nTables"],
        slots=counts["nTotalSlots"],
        morning=counts["nMorningSlots"],
        requested=_number_lists(faults, "requested", fields["requested"].strip("[] \n\t|"), "|"),
        forbidden=_number_lists(faults, "forbidden", fields["forbidden"], "}"),
        fixed=_numbers(faults, "fixed", fields["fixed"].strip("[] \n\t")),
        precedences=_number_lists(faults, "precedences", fields["precedences"], "}"),
    )
    if not faults.lines:
        _check_lengths(instance, counts["nMeetings"], faults)
        _check_numbers(instance, faults)
    return instance


def _count(faults: Faults, name: str, text: str) -> int:
    if re.fullmatch(r"\s*[0-9]{1,6}\s*", text):
        return int(text)
    faults.add(name, f'"{text.strip()[:40]}" is not a whole number')
    return 0


def _number_lists(faults: Faults, name: str, text: str, end: str) -> list[list[int]]:
    """Rows ``1, 2, 3 | 4, 5, 6`` or sets ``{1, 2}, {}``."""
    rows = text.split(end)
    if end == "}":
        rows = [row.rpartition("{")[2] for row in rows[:-1]]
    return [_numbers(faults, f"{name}[{n}]", row) for n, row in enumerate(rows, start=1)]


def _numbers(faults: Faults, path: str, text: str) -> list[int]:
    items = [item.strip() for item in text.split(",")]
    if items and not items[-1]:
        items.pop()
    numbers = []
    for item in items:
        if re.fullmatch(r"[0-9]{1,6}", item):
            numbers.append(int(item))
        else:
            faults.add(path, f'"{item[:40]}" is not a whole number')
    return numbers


def _check_lengths(instance: Instance, meetings: int, faults: Faults) -> None:
    lengths = (
        ("requested", instance.requested, meetings),
        ("forbidden", instance.forbidden, instance.participants),
        ("fixed", instance.fixed, meetings),
        ("precedences", instance.precedences, meetings),
    )
    for name, found, expected in lengths:
        if len(found) != expected:
            faults.add(name, f"has {len(found)} entries, {expected} are expected")
    if instance.morning > instance.slots:
        faults.add("nMorningSlots", "is more than nTotalSlots")
    if instance.slots > MOST_SLOTS:
        faults.add("nTotalSlots", f"is more than {MOST_SLOTS}")


def _check_numbers(instance: Instance, faults: Faults) -> None:
    meetings = len(instance.requested)
    for position, row in enumerate(instance.requested, start=1):
        if len(row) != 3 or row[2] not in (MORNING, AFTERNOON, ANY):
            faults.add(f"requested[{position}]", "is not two participants and 1, 2 or 3")
        _check_range(faults, f"requested[{position}]", row[:2], 1, instance.participants)
    for position, row in enumerate(instance.forbidden, start=1):
        _check_range(faults, f"forbidden[{position}]", row, 0, instance.slots)
    for position, row in enumerate(instance.precedences, start=1):
        _check_range(faults, f"precedences[{position}]", row, 1, meetings)
    for position, slot in enumerate(instance.fixed, start=1):
        _check_range(faults, f"fixed[{position}]", [slot], 0, instance.slots)


def _check_range(faults: Faults, path: str, numbers: list[int], low: int, high: int) -> None:
    for number in numbers:
        if not low <= number <= high:
            faults.add(path, f"{number} is not between {low} and {high}")


def _slots(instance: Instance) -> tuple[Slot, ...]:
    """The files have no clock: slots as long as one day allows, with lunch after the morning."""
    length = timedelta(minutes=max(1, min(20, MOST_SLOTS // max(1, instance.slots))))
    slots = []
    for number in range(1, instance.slots + 1):
        is_morning = number <= instance.morning
        start = OPENING + (number - 1) * length + (timedelta(0) if is_morning else LUNCH)
        session = "am" if is_morning else "pm"
        slots.append(Slot(id=f"s{number:03}", start=start, end=start + length, session=session))
    return tuple(slots)


def _participants(instance: Instance, slots: tuple[Slot, ...]) -> list[Participant]:
    return [
        Participant(id=_person(n), absent=frozenset(slots[slot - 1].id for slot in row if slot))
        for n, row in enumerate(instance.forbidden, start=1)
    ]


def _meetings(instance: Instance, slots: tuple[Slot, ...]) -> list[Meeting]:
    meetings = []
    for number, (first, second, when) in enumerate(instance.requested, start=1):
        allowed = {MORNING: "am", AFTERNOON: "pm"}.get(when)
        fixed = instance.fixed[number - 1]
        meeting = Meeting(
            id=_meeting(number),
            sides=((_person(first),), (_person(second),)),
            must=True,
            slots=frozenset(s.id for s in slots if s.session == allowed) if allowed else None,
            fixed_slot=slots[fixed - 1].id if fixed else None,
            after=frozenset(map(_meeting, instance.precedences[number - 1])),
        )
        meetings.append(meeting)
    return meetings


def _person(number: int) -> str:
    return f"p{number:03}"


def _meeting(number: int) -> str:
    return f"m{number:04}"
