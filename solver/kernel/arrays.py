"""The one block of memory that the kernel works on: its tables and their columns.

All tables lie in one array of whole numbers, because every array that compiled functions hand on
makes them slower to compile, and so that a schedule in the making is copied in one step. First
the facts, which no search changes, then the state.

Letters in shapes: M meetings, R resources (the participants, then the interpreters), T slots in
the order of time, W words of 64 slots, Q pools of places, L limits, G exclusive lists, K the
largest number of sides plus one.

An interpreter is a resource like a participant with one seat; the last column of a meeting's
people is the interpreter's. A list is an entry of OF_LISTS with the list's size and the values
behind it; what names a list names the position of that entry, and 0 is the empty list.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Block = NDArray[np.int64]  # the whole
Ints = NDArray[np.int64]  # a table of it; one type of number: each more compiles all again

NONE = -1
MANY = 1 << 30  # where there is no limit

# Tables of facts, with their shapes
OF_SLOTS = 0  # [T, 5]
OF_PEOPLE = 1  # [R, 7]
OF_ATTENDANCE = 2  # [2 R, W] sets of slots
OF_MEETINGS = 3  # [M, 10]
OF_STARTS = 4  # [M, W] slots in which each may start, whoever is sent
OF_CASTS = 5  # [casts, 4]
OF_LISTS = 6  # [., 1] sizes and values
OF_LIMITS = 7  # [L, 2 + T] each for one participant, or for several together
OF_POOLS = 8  # [Q, 1 + T]
OF_ROADS = 9  # [zones, 1 + zones]
OF_SHUT = 10  # [rows x zones, T] 1 where a kept meeting is too far away
# Tables of the state. People and pools of meetings that are not placed mean nothing
OF_PLACED = 11  # [M, 3 + K]
OF_DAYS = 12  # [R, T] with one seat 1 + the meeting, with more the number of meetings; 0 idle
OF_FULL = 13  # [R, W] slots in which no seat is free
OF_COUNTS = 14  # [R + G, 1] meetings of each resource, then of each exclusive list
OF_POOLS_USED = 15  # [Q, T]
OF_LIMITS_USED = 16  # [L, 1 + T]
OF_JOURNAL = 17  # [LONGEST_JOURNAL, 2 + 3 + K] changes that can be taken back
OF_TALLY = 18  # [8, 1] totals and counters
OF_SCRATCH = 19  # [M, 3]
OF_WANTED = 20  # [M, W] slots in which the linear programme would start each; may be empty
TABLES = 21
# Head of the block: for each table where it begins, its columns and rows
BEGINS, WIDE, LONG = range(3)

# Columns of OF_SLOTS: neighbours in the session (or NONE); the slots in another order, in
# which those of one scope of breaks are together, and the scope of each
FOLLOWING, PRECEDING, SESSION, DAY_ORDER, DAY_SCOPE = range(5)
# Columns of OF_PEOPLE: seats, meetings, busy slots in a row and breaks at most (NONE: any
# number of breaks), 1 where travel counts, row of OF_SHUT or NONE, list of limits
SEATS, MOST, LONGEST_RUN, MOST_BREAKS, WALKS, SHUT_ROW, LIMITS_OF = range(7)
# Rows of OF_ATTENDANCE, two for each resource: slots that it attends; slots of absence, which
# breaks leave out
PRESENT, SKIPPED = range(2)
# Columns of OF_MEETINGS: MOVABLE is 0 for what stays where it is or is not to be placed;
# lists of exclusive lists, of meetings that end before, that start after, and of casts; then the
# only people that its two sides may send, NONE where there is a choice
LENGTH, WEIGHT, MUST, MOVABLE, EXCLUSIVE_OF, EARLIER_OF, LATER_OF, CASTS_OF = range(8)
FIRST, SECOND = 8, 9
# Columns of OF_CASTS: list of the sides' lists of people; lists of pools, of pools of online
# rooms and of interpreters, empty where none is needed
SIDES_OF, PLACES_OF, ROOMS_OF, HELPERS_OF = range(4)
# Columns of OF_LIMITS: meetings that may start, slots that may be busy; then 1 for its slots
LIMIT_STARTS, LIMIT_BUSY, LIMIT_SLOTS = range(3)
# Columns of OF_POOLS: the zone, NONE where no road leads; then the capacity in each slot
ZONE, CAPACITY = range(2)
# Columns of OF_ROADS: the longest road from a zone; then the slots to each zone
REACH, ROAD = range(2)

# Columns of OF_PLACED: start or NONE, pool of the place and of the room; then the people
START, PLACE, ROOM, PEOPLE = range(4)
# Columns of OF_LIMITS_USED: meetings that start there; then meetings in each slot
BEGUN, LOAD = range(2)
# Columns of OF_JOURNAL: added or removed, which meeting; then its row of OF_PLACED
ADDED, MEETING, ROW = range(3)
# Columns of OF_SCRATCH: the chain in hand, stamps of the meetings seen, meetings pushed out
QUEUE, SEEN, OUT = range(3)
# Entries of OF_TALLY: length of the journal; of what is placed the weight, the musts and the
# number; changes done so far; the last stamp; the state of the random numbers
JOURNAL, PLACED_WEIGHT, PLACED_MUSTS, PLACED, WORK, STAMP, SEED = range(7)

LONGEST_JOURNAL = 4096


def state_shapes(facts: Sequence[Ints], groups: int, columns: int) -> list[tuple[int, int]]:
    """Shapes of the tables of the state. ``columns`` is K, ``groups`` how many exclusive lists."""
    meetings, words = facts[OF_STARTS].shape
    slots, resources = len(facts[OF_SLOTS]), len(facts[OF_PEOPLE])
    return [
        (meetings, PEOPLE + columns),
        (resources, slots),
        (resources, words),
        (resources + groups, 1),
        (len(facts[OF_POOLS]), slots),
        (len(facts[OF_LIMITS]), 1 + slots),
        (LONGEST_JOURNAL, ROW + PEOPLE + columns),
        (8, 1),
        (meetings, 3),
        (meetings, words),
    ]


def lay_out(facts: Sequence[Ints], groups: int, columns: int, seed: int) -> Block:
    """One block of memory with these facts and an empty schedule."""
    shapes = [*(each.shape for each in facts), *state_shapes(facts, groups, columns)]
    head = np.zeros((TABLES, 3), dtype=np.int64)
    head[:, WIDE] = [wide for _, wide in shapes]
    head[:, LONG] = [long for long, _ in shapes]
    ends = head.size + np.cumsum(head[:, WIDE] * head[:, LONG])
    head[0, BEGINS], head[1:, BEGINS] = head.size, ends[:-1]
    block = np.zeros(ends[-1], dtype=np.int64)
    block[: head.size] = head.reshape(-1)
    for number, each in enumerate(facts):
        view(block, number)[:] = each
    view(block, OF_PLACED)[:] = NONE
    view(block, OF_TALLY)[SEED] = (seed * 2 + 1) & 0x7FFFFFFF
    return block


def view(block: Block, number: int) -> Ints:
    """One table of the block, to be read and written."""
    begins, wide, long = block[3 * number : 3 * number + 3].tolist()
    return block[begins : begins + wide * long].reshape(long, wide)
