"""Random problems from a seed: the same seed, size and family give the same bytes.

Nobody in these forums is a real person.
"""

from __future__ import annotations

import numpy as np

from solver.families import FAMILIES, Family
from solver.generation.people import participants_of
from solver.generation.ties import (
    exclusive_of,
    limits_of,
    with_rules_of_people,
    with_starts,
    with_ties,
)
from solver.generation.venue import interpreters_of, places_of, slots_of, travel_of
from solver.generation.wishes import meetings_of, pairs_of
from solver.problem import Problem

__all__ = ["FAMILIES", "Family", "generate"]


def generate(participants: int, *, seed: int = 1, family: str | Family = "two-sided") -> Problem:
    """A random problem with so many participants (at least 2), by family or by its name."""
    kind = FAMILIES[family] if isinstance(family, str) else family
    draw = np.random.default_rng(seed)
    slots = slots_of(kind)
    stands = draw.random(participants) < kind.stands
    remote = ~stands & (draw.random(participants) < kind.remote)
    people = participants_of(draw, kind, slots, stands, remote)
    pairs = pairs_of(draw, kind, participants)
    places = places_of(draw, kind, people, slots)
    interpreters = interpreters_of(draw, kind, participants)
    meetings = meetings_of(draw, kind, people, pairs)
    people = with_rules_of_people(draw, kind, people)
    meetings = with_starts(draw, kind, with_ties(draw, kind, meetings), slots)
    return Problem(
        name=f"Random forum of {participants}, seed {seed}",
        timezone="Africa/Casablanca",
        slots=slots,
        places=places,
        participants=people,
        interpreters=interpreters,
        meetings=meetings,
        limits=limits_of(draw, kind, people, slots),
        exclusive=exclusive_of(draw, kind, meetings),
        travel=travel_of(kind),
    )
