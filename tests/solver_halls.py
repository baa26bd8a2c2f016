"""One hero's day between two halls, and what is the best of it, by trying everything."""

from __future__ import annotations

from dataclasses import dataclass

from solver_cases import slot, tiny_document

from solver.files import problem_from_json
from solver.problem import Problem

SESSIONS = {"am": 3, "pm": 3}
SLOTS = [
    slot(f"{session}{n}", f"2026-10-14T{hour + n:02}:00", session)
    for session, hour in (("am", 8), ("pm", 13))
    for n in range(1, SESSIONS[session] + 1)
]
HALLS = ("east", "west")


@dataclass(frozen=True)
class Guest:
    """Whom the hero wants to meet: in which hall they have a stand, when they are there."""

    hall: str | None
    sessions: tuple[str, ...] = ("am", "pm")
    length: int = 1
    weight: int = 1


def wanting(guests: list[Guest], there: tuple[str, ...] = ("am", "pm"), walk: int = 1) -> Problem:
    """The hero, who is ``there``, wants to meet all guests; a way between the halls takes slots."""

    def away(sessions: tuple[str, ...]) -> list[str]:
        return [each["id"] for each in SLOTS if each["session"] not in sessions]

    stands = [(n, guest) for n, guest in enumerate(guests) if guest.hall is not None]
    document = tiny_document(
        slots=SLOTS,
        places=[
            *({"id": f"S{n}", "kind": "stand", "zone": guest.hall} for n, guest in stands),
            *({"id": f"T {hall}", "zone": hall} for hall in HALLS),
        ],
        participants=[
            {"id": "hero", "absent": away(there)},
            *(
                {"id": f"g{n}", "absent": away(guest.sessions)}
                | ({"place": f"S{n}"} if guest.hall is not None else {})
                for n, guest in enumerate(guests)
            ),
        ],
        meetings=[
            {
                "id": f"m{n}",
                "sides": [["hero"], [f"g{n}"]],
                "weight": guest.weight,
                "length": guest.length,
            }
            for n, guest in enumerate(guests)
        ],
        travel=[{"from": "east", "to": "west", "slots": walk}],
    )
    return problem_from_json(document)


def best(guests: list[Guest], there: tuple[str, ...] = ("am", "pm"), walk: int = 1) -> int:
    """By trying all days: session, first slot, length and hall of each meeting."""

    def extend(day: tuple[tuple[str, int, int, str], ...], left: list[Guest]) -> int:
        if not left:
            return 0
        guest, rest = left[0], left[1:]
        found = extend(day, rest)
        for session in set(there) & set(guest.sessions):
            for first in range(SESSIONS[session] - guest.length + 1):
                for hall in [guest.hall] if guest.hall else HALLS:
                    meeting = session, first, guest.length, hall
                    if all(fits(meeting, other) for other in day):
                        found = max(found, guest.weight + extend((*day, meeting), rest))
        return found

    def fits(one: tuple[str, int, int, str], other: tuple[str, int, int, str]) -> bool:
        (_, first, length, here), (_, later, _, there) = sorted((one, other), key=lambda m: m[1])
        between = later - first - length
        return one[0] != other[0] or between >= (walk if here != there else 0)

    return extend((), guests)
