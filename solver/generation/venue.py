"""When and where: slots, places, interpreters and the ways between halls."""

from __future__ import annotations

from datetime import datetime, timedelta

from numpy.random import Generator

from solver.families import Family
from solver.generation.numbering import numbered
from solver.generation.people import LANGUAGES
from solver.problem import Interpreter, Participant, Place, Slot, Travel

FIRST_DAY = datetime(2026, 10, 14)
OPENINGS = (("am", 9), ("pm", 14))
SLOT = timedelta(minutes=20)
CHANGEOVER = timedelta(minutes=5)
PEOPLE_PER_INTERPRETER = 25


def slots_of(kind: Family) -> tuple[Slot, ...]:
    found = []
    for day in range(kind.days):
        for half, hour in OPENINGS:
            opening = FIRST_DAY + timedelta(days=day, hours=hour)
            for number in range(kind.slots_per_session):
                start = opening + number * (SLOT + CHANGEOVER)
                session = f"d{day + 1}-{half}"
                name = f"d{day + 1}-{start:%H%M}"
                found.append(Slot(id=name, start=start, end=start + SLOT, session=session))
    return tuple(found)


def places_of(
    draw: Generator, kind: Family, people: tuple[Participant, ...], slots: tuple[Slot, ...]
) -> tuple[Place, ...]:
    tables = max(1, round(kind.tables * len(people)))
    remote = sum(person.remote for person in people)
    names = [(numbered("T", n, tables), "table", 1) for n in range(tables)]
    names += [(p.place, "stand", p.seats) for p in people if p.place is not None]
    names += [(numbered("R", n, remote), "online", 1) for n in range(-(-remote // 3))]
    names += [(numbered("Q", n, remote), "quiet", 1) for n in range(-(-remote // 4))]
    names.sort()
    halls = draw.integers(1, kind.halls + 1, len(names)).tolist()
    closed = _closed(draw, kind, slots, [of_kind for _, of_kind, _ in names])
    return tuple(
        Place(
            id=name,
            kind=of_kind,
            zone=f"hall {hall}" if kind.halls > 1 and of_kind != "online" else None,
            capacity=capacity,
            closed=shut,
        )
        for (name, of_kind, capacity), hall, shut in zip(names, halls, closed, strict=True)
    )


def _closed(
    draw: Generator, kind: Family, slots: tuple[Slot, ...], kinds: list[str]
) -> list[frozenset[str]]:
    """Some tables are closed in the first session."""
    if not kind.closed:
        return [frozenset()] * len(kinds)
    shut = (draw.random(len(kinds)) < kind.closed).tolist()
    first = frozenset(slot.id for slot in slots if slot.session == slots[0].session)
    return [
        first if closes and of_kind == "table" else frozenset()
        for closes, of_kind in zip(shut, kinds, strict=True)
    ]


def interpreters_of(draw: Generator, kind: Family, participants: int) -> tuple[Interpreter, ...]:
    count = -(-participants // PEOPLE_PER_INTERPRETER) if kind.languages else 0
    names = [name for name, _ in LANGUAGES]
    return tuple(
        Interpreter(
            id=numbered("i", n, count),
            languages=frozenset(draw.permutation(names)[: 2 + n % 2].tolist()),
        )
        for n in range(count)
    )


def travel_of(kind: Family) -> tuple[Travel, ...]:
    halls = [f"hall {number + 1}" for number in range(kind.halls)]
    return tuple(
        Travel(origin=origin, destination=destination, slots=1)
        for n, origin in enumerate(halls)
        for destination in halls[n + 1 :]
    )
