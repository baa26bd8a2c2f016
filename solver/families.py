"""Kinds of forums that random problems are drawn from, by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What a kind of forum is like. Shares lie between 0 and 1.

    ``two_sided``: the first half asks, the second half is asked (buyers and suppliers); else
    anyone meets anyone. ``wishes`` a person on average; ``skew`` of popularity (sigma of a
    log-normal; 0 is even). ``absent``: share of half-days missed. ``tables`` per participant
    (0.5 seats everybody at once). ``stands``: share who own one, ``seats`` people at a stand at
    most. ``long``: share of meetings that take two slots. ``remote``: share online. ``halls``:
    zones, one slot of walking apart. ``delegations``: share of people who come as three, of whom
    any one may be sent. ``minimum``: meetings that everybody should have. ``rested``: share of
    people who need a pause after some slots in a row, ``capped`` who take so many meetings at
    most, ``limits`` who keep a slot at noon free and share a limit with their team. Shares of
    meetings: ``groups`` with a third side, ``musts``, ``after`` another one, ``dated`` on one
    day only, ``exclusive`` with another one. ``closed``: share of tables closed for a session.
    """

    two_sided: bool = True
    wishes: float = 6.0
    skew: float = 0.7
    days: int = 2
    slots_per_session: int = 6
    absent: float = 0.0
    tables: float = 0.5
    stands: float = 0.0
    seats: int = 1
    long: float = 0.0
    languages: bool = False
    remote: float = 0.0
    halls: int = 1
    delegations: float = 0.0
    minimum: int = 0
    rested: float = 0.0
    capped: float = 0.0
    limits: float = 0.0
    groups: float = 0.0
    musts: float = 0.0
    after: float = 0.0
    dated: float = 0.0
    exclusive: float = 0.0
    closed: float = 0.0


FAMILIES = {
    "two-sided": Family(),
    "anyone": Family(two_sided=False),
    "scarce": Family(tables=0.12, skew=1.0),
    "half-absent": Family(two_sided=False, absent=0.5, wishes=8.0),
    "often-absent": Family(two_sided=False, absent=0.65, wishes=8.0),
    "stands": Family(stands=0.3, seats=3, tables=0.3),
    "long": Family(long=0.2, two_sided=False),
    "interpreters": Family(languages=True),
    "hybrid": Family(two_sided=False, remote=0.3),
    "halls": Family(halls=3, stands=0.2, tables=0.3),
    "delegations": Family(two_sided=False, delegations=0.4),
    "everything": Family(
        two_sided=False,
        absent=0.2,
        tables=0.25,
        stands=0.15,
        seats=2,
        long=0.05,
        languages=True,
        remote=0.1,
        halls=2,
        delegations=0.2,
        minimum=1,
    ),
    "all-rules": Family(
        two_sided=False,
        days=3,
        slots_per_session=5,
        absent=0.2,
        tables=0.15,
        stands=0.15,
        seats=2,
        long=0.05,
        languages=True,
        remote=0.1,
        halls=2,
        delegations=0.2,
        minimum=1,
        rested=0.1,
        capped=0.1,
        limits=0.1,
        groups=0.01,
        musts=0.01,
        after=0.01,
        dated=0.05,
        exclusive=0.02,
        closed=0.1,
    ),
}
