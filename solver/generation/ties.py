"""What ties meetings to each other, and people to rules of their own.

Each share is drawn on its own; with all of them 0 a forum has none of these rules and draws
nothing, so that the other families keep their bytes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from solver.families import Family
from solver.problem import Limit, Meeting, Participant, Slot

IN_A_ROW = 4  # slots, then a pause
MOST_MEETINGS = 12
LUNCH = 2  # slots at noon, of which one stays free
TEAM = 5  # people who are not all in meetings at once
MUST_WEIGHT = 25
OPENING_OF_AFTERNOON = 13  # hour


def with_rules_of_people(
    draw: Generator, kind: Family, people: tuple[Participant, ...]
) -> tuple[Participant, ...]:
    """Some need a rest after so many slots in a row, some take so many meetings at most."""
    if not kind.rested and not kind.capped:
        return people
    rested = draw.random(len(people)) < kind.rested
    capped = draw.random(len(people)) < kind.capped
    return tuple(
        replace(
            person,
            max_in_a_row=IN_A_ROW if rests else None,
            max_meetings=MOST_MEETINGS if caps else None,
        )
        for person, rests, caps in zip(people, rested.tolist(), capped.tolist(), strict=True)
    )


def with_ties(draw: Generator, kind: Family, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    """Meetings with a third side, with few starts, that must be, or that follow another."""
    found = list(meetings)
    if kind.groups:
        for n in np.flatnonzero(draw.random(len(found)) < kind.groups).tolist():
            found[n] = _with_third_side(found[n], found[int(draw.integers(len(found)))])
    if kind.musts:
        for n in np.flatnonzero(draw.random(len(found)) < kind.musts).tolist():
            found[n] = replace(found[n], must=True, weight=MUST_WEIGHT)
    if kind.after:
        for n in np.flatnonzero(draw.random(len(found)) < kind.after).tolist():
            earlier = found[int(draw.integers(n))] if n else found[n]
            if earlier.id != found[n].id:
                found[n] = replace(found[n], after=frozenset({earlier.id}))
    return tuple(found)


def _with_third_side(meeting: Meeting, other: Meeting) -> Meeting:
    """Somebody of another meeting joins, where nobody would be in it twice."""
    joining = other.sides[-1]
    if meeting.people().intersection(joining):
        return meeting
    return replace(meeting, sides=(*meeting.sides, joining))


def with_starts(
    draw: Generator, kind: Family, meetings: tuple[Meeting, ...], slots: tuple[Slot, ...]
) -> tuple[Meeting, ...]:
    """Some meetings start on one day only."""
    if not kind.dated:
        return meetings
    days = sorted({slot.start.date() for slot in slots})
    starts = [frozenset(slot.id for slot in slots if slot.start.date() == day) for day in days]
    dated = draw.random(len(meetings)) < kind.dated
    day = draw.integers(0, len(days), len(meetings))
    return tuple(
        replace(meeting, slots=starts[day[n]]) if dated[n] else meeting
        for n, meeting in enumerate(meetings)
    )


def exclusive_of(
    draw: Generator, kind: Family, meetings: tuple[Meeting, ...]
) -> tuple[tuple[str, ...], ...]:
    """Pairs of which one meeting at most takes place; a must is in none."""
    if not kind.exclusive:
        return ()
    free = [meeting.id for meeting in meetings if not meeting.must]
    count = min(len(free), round(kind.exclusive * len(meetings))) // 2
    drawn = draw.permutation(len(free))[: 2 * count].tolist()
    pairs = zip(drawn[::2], drawn[1::2], strict=True)
    return tuple(sorted((free[min(pair)], free[max(pair)]) for pair in pairs))


def limits_of(
    draw: Generator, kind: Family, people: tuple[Participant, ...], slots: tuple[Slot, ...]
) -> tuple[Limit, ...]:
    """A free slot at noon for some, one of all days; teams that are never all in meetings."""
    if not kind.limits:
        return ()
    limited = np.flatnonzero(draw.random(len(people)) < kind.limits).tolist()
    names = tuple(people[n].id for n in limited)
    if not names:
        return ()
    mornings = {slot.session: slot for slot in slots if slot.start.hour < OPENING_OF_AFTERNOON}
    by_session = [[s.id for s in slots if s.session == name] for name in mornings]
    noons = [
        Limit(participants=names, slots=frozenset(mine[-LUNCH:]), free_slots=1)
        for mine in by_session
    ]
    teams = [names[n : n + TEAM] for n in range(0, len(names), TEAM)]
    first = frozenset(by_session[0])
    shared = [
        Limit(participants=team, slots=first, max_meetings=3 * len(team), together=True)
        for team in teams
    ]
    found = [*noons, *shared]
    return tuple(sorted(found, key=lambda limit: (limit.participants, sorted(limit.slots))))
