"""Moves of one participant's day, counted on a roster: another place than before, same session."""

from __future__ import annotations

from itertools import pairwise

from solver.roster import Roster


def moves_of(roster: Roster, person: str) -> int:
    remote = roster.possibilities.participants
    moves = 0
    for session in roster.possibilities.sessions:
        names = dict.fromkeys(
            name for slot in session for name in roster.held[person].get(slot, ())
        )
        rows = [roster.placed[name] for name in names]
        places = [
            row.place
            for row in rows
            if row.place is not None and not any(remote[p].remote for p in row.participants)
        ]
        moves += sum(earlier != later for earlier, later in pairwise(places))
    return moves
