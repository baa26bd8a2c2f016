"""What annealing of times works on. Meetings, people, slots and pools are positions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.int8]
Prices = NDArray[np.float64]
NONE = -1  # no pool; no slot yet; nobody's meeting; fills up rows
WORD = 63  # slots in a word of somebody's day, so that words are never negative
TARGET, STOP = 0, 1  # positions in ``signals``
TOTAL, BEYOND, WRONG, BROKEN, MISSING, STAMP = range(6)  # positions in ``tally``


class Times(NamedTuple):
    """``people`` (meetings x 2), ``allowed`` (meetings x slots), ``options`` (meetings x
    width: the allowed slots), ``starts`` (how many), ``pool``, ``before`` and ``after``
    (meetings x width), all filled with NONE;
    ``meetings_of`` (people x width), ``word_of`` and ``bit_of`` (people x slots; no bit where
    breaks do not count), ``goes_on`` (people x words: 1 where a word goes on with the scope of the
    one before), ``capacity`` and ``used`` (pools x slots).

    What changes: ``slots`` of meetings, ``held`` (people x slots: meetings), ``busy`` (people x
    words), ``counts`` and ``costs`` of people, lists of ``broken`` people and ``missing`` meetings
    with the position of each person in ``listed``, and their lengths in ``tally``.
    """

    people: Integers
    allowed: Flags
    options: Integers
    starts: Integers
    pool: Integers
    before: Integers
    after: Integers
    meetings_of: Integers
    degree: Integers
    word_of: Integers
    bit_of: Integers
    goes_on: Integers
    capacity: Integers
    prices: Prices
    most: int
    slots: Integers
    best: Integers
    held: Integers
    used: Integers
    busy: Integers
    counts: Integers
    costs: Prices
    new_counts: Integers
    new_costs: Prices
    broken: Integers
    listed: Integers
    missing: Integers
    chain: Integers
    ends: Integers
    mark: Integers
    change: Integers
    chance: Integers
    tally: Integers
    signals: Integers
