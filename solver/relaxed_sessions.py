"""``absent`` told as sums over several sessions: meetings whose people are only together in some of
them, of one person, have the time of these.

Programmes that tell sessions apart mostly say this anyway; those that know one sum only learn it
here.
"""

from __future__ import annotations

from collections import defaultdict

from solver.capacities import Capacities
from solver.possibilities import Possibilities
from solver.sending import Ways

MOST_UNIONS = 16  # of sets of sessions, of one person
Sessions = frozenset[int]


def limit_sessions(possibilities: Possibilities, ways: Ways, capacities: Capacities) -> None:
    for person, by_sessions in _confined(possibilities, ways).items():
        seats = possibilities.participants[person].seats
        there = possibilities.future - possibilities.absent[person]
        slots = [len(there.intersection(session)) for session in possibilities.sessions]
        attended = frozenset(session for session, number in enumerate(slots) if number)
        for union in _unions(by_sessions):
            if attended <= union:
                continue  # that is said anyway
            group = capacities.number(seats * sum(slots[session] for session in union))
            for sessions, rows in by_sessions.items():
                for row in rows if sessions <= union else ():
                    capacities.in_all.add(row, group, ways.rows[row].length)


def _confined(possibilities: Possibilities, ways: Ways) -> dict[str, dict[Sessions, list[int]]]:
    """Of each person the rows that need them and may not be in every session, by those in which
    they may be.
    """
    everywhere = frozenset(range(len(possibilities.sessions)))
    found: dict[str, dict[Sessions, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, sessions in enumerate(sessions_of(possibilities, ways)):
        if sessions != everywhere:
            for side in ways.rows[row].sides:
                if len(side) == 1:
                    found[side[0]][sessions].append(row)
    return found


def sessions_of(possibilities: Possibilities, ways: Ways) -> list[Sessions]:
    """In which sessions each row may be. Most rows share their starts with others."""
    number = {slot: n for n, slots in enumerate(possibilities.sessions) for slot in slots}
    known: dict[int, Sessions] = {}
    for starts in ways.starts:
        if id(starts) not in known:
            known[id(starts)] = frozenset(number[start] for start in starts)
    return [known[id(starts)] for starts in ways.starts]


def _unions(sets: dict[Sessions, list[int]]) -> list[Sessions]:
    """The sets and unions of them, as long as there are few."""
    found = dict.fromkeys(sorted(sets, key=lambda each: (len(each), sorted(each))))
    for each in list(found):
        if len(found) > MOST_UNIONS:
            break
        found.update(dict.fromkeys(each | other for other in list(found)))
    return list(found)
