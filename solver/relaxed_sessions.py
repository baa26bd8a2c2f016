"""``absent`` told as sums over several sessions: meetings whose people are only together in some of
them, of one person, have the time of these.

Programmes that tell sessions apart say this anyway; those that know one sum only learn it here.
"""

from __future__ import annotations

from collections import defaultdict

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.sending import Ways

MOST_UNIONS = 16  # of sets of sessions, of one person
Sessions = frozenset[int]


def limit_sessions(possibilities: Possibilities, ways: Ways, capacities: Capacities) -> None:
    for person, by_sessions in _by_sessions(possibilities, ways).items():
        seats = possibilities.participants[person].seats
        there = possibilities.future - possibilities.absent[person]
        slots = [len(there.intersection(session)) for session in possibilities.sessions]
        for union in _unions(by_sessions):
            group = capacities.number(seats * sum(slots[session] for session in union))
            for sessions, rows in by_sessions.items():
                for row in rows if sessions <= union else ():
                    capacities.in_all.add(row, group, ways.rows[row].length)


def _by_sessions(possibilities: Possibilities, ways: Ways) -> dict[str, dict[Sessions, list[int]]]:
    """Of each person the rows of meetings that need them, by the sessions they may be in."""
    session_of = {
        slot: number for number, slots in enumerate(possibilities.sessions) for slot in slots
    }
    known: dict[tuple[int, ...], Sessions] = {}
    found: dict[str, dict[Sessions, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, (meeting, starts) in enumerate(zip(ways.rows, ways.starts, strict=True)):
        if starts not in known:
            known[starts] = frozenset(session_of[start] for start in starts)
        for side in meeting.sides:
            if len(side) == 1:
                found[side[0]][known[starts]].append(row)
    return found


def _unions(sets: dict[Sessions, list[int]]) -> list[Sessions]:
    """The sets and unions of them, as long as there are few, without the union of all."""
    found = dict.fromkeys(sorted(sets, key=len))
    for each in list(found):
        if len(found) > MOST_UNIONS:
            break
        found.update(dict.fromkeys(each | other for other in list(found)))
    everywhere = frozenset().union(*sets)
    return [each for each in found if each != everywhere]
