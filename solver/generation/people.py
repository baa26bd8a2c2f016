"""Who comes: absences, stands, languages and delegations."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from solver.families import Family
from solver.generation.numbering import numbered
from solver.problem import Participant, Slot

LANGUAGES = (("ar", 0.4), ("en", 0.5), ("es", 0.15), ("fr", 0.6))
DELEGATION = 3  # people


def participants_of(
    draw: Generator,
    kind: Family,
    slots: tuple[Slot, ...],
    stands: NDArray[np.bool_],
    remote: NDArray[np.bool_],
) -> tuple[Participant, ...]:
    count = len(stands)
    absences = _absences(draw, kind, slots, count)
    seats = np.where(stands, draw.integers(1, kind.seats + 1, count), 1).tolist()
    languages = _languages(draw, kind, count)
    delegations = _delegations(draw, kind, count)
    return tuple(
        Participant(
            id=numbered("p", n, count),
            name=f"Participant {n + 1}",
            delegation=delegations[n],
            absent=absences[n],
            seats=seats[n],
            min_meetings=kind.minimum,
            place=numbered("S", n, count) if stands[n] else None,
            languages=languages[n],
            remote=bool(remote[n]),
        )
        for n in range(count)
    )


def _absences(
    draw: Generator, kind: Family, slots: tuple[Slot, ...], count: int
) -> list[frozenset[str]]:
    """Whole half-days, but never all of them."""
    sessions = list(dict.fromkeys(slot.session for slot in slots))
    missed = draw.random((count, len(sessions))) < kind.absent
    missed[np.arange(count), draw.integers(0, len(sessions), count)] = False
    slots_of = [[slot.id for slot in slots if slot.session == session] for session in sessions]
    known: dict[bytes, frozenset[str]] = {}
    found = []
    for row in missed:
        key = row.tobytes()
        if key not in known:
            known[key] = frozenset(name for n in np.flatnonzero(row) for name in slots_of[n])
        found.append(known[key])
    return found


def _languages(draw: Generator, kind: Family, count: int) -> list[frozenset[str]]:
    if not kind.languages:
        return [frozenset()] * count
    names = np.array([name for name, _ in LANGUAGES])
    shares = np.array([share for _, share in LANGUAGES])
    spoken = draw.random((count, len(LANGUAGES))) < shares
    spoken[np.arange(count), draw.integers(0, len(LANGUAGES), count)] = True
    return [frozenset(names[row].tolist()) for row in spoken]


def _delegations(draw: Generator, kind: Family, count: int) -> list[str | None]:
    groups = -(-count // DELEGATION)
    together = draw.random(groups) < kind.delegations
    return [
        numbered("d", n // DELEGATION, groups) if together[n // DELEGATION] else None
        for n in range(count)
    ]
