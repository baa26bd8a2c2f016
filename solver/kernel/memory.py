"""Reading and writing the tables of the kernel's block of memory, in compiled code."""

from __future__ import annotations

from solver.kernel.arrays import OF_LISTS, OF_TALLY, Block
from solver.kernel.compiling import inner


@inner
def get(b: Block, table: int, row: int, column: int) -> int:
    return b[b[3 * table] + row * b[3 * table + 1] + column]


@inner
def put(b: Block, table: int, row: int, column: int, value: int) -> None:
    b[b[3 * table] + row * b[3 * table + 1] + column] = value


@inner
def bump(b: Block, table: int, row: int, column: int, by: int) -> None:
    b[b[3 * table] + row * b[3 * table + 1] + column] += by


@inner
def width(b: Block, table: int) -> int:
    """How many columns a table has."""
    return b[3 * table + 1]


@inner
def rows(b: Block, table: int) -> int:
    return b[3 * table + 2]


@inner
def size(b: Block, head: int) -> int:
    """How many numbers the list has that begins here."""
    return b[b[3 * OF_LISTS] + head]


@inner
def item(b: Block, head: int, position: int) -> int:
    """A number of a list, counted from 0."""
    return b[b[3 * OF_LISTS] + head + 1 + position]


@inner
def total(b: Block, number: int) -> int:
    """An entry of the tally."""
    return b[b[3 * OF_TALLY] + number]


@inner
def set_total(b: Block, number: int, value: int) -> None:
    b[b[3 * OF_TALLY] + number] = value


@inner
def holds(b: Block, table: int, row: int, slot: int) -> bool:
    """Is the slot in this set? Sets are rows of words of 64 bits."""
    return (b[b[3 * table] + row * b[3 * table + 1] + (slot >> 6)] >> (slot & 63)) & 1 == 1


@inner
def include(b: Block, table: int, row: int, slot: int) -> None:
    b[b[3 * table] + row * b[3 * table + 1] + (slot >> 6)] |= 1 << (slot & 63)


@inner
def exclude(b: Block, table: int, row: int, slot: int) -> None:
    b[b[3 * table] + row * b[3 * table + 1] + (slot >> 6)] &= ~(1 << (slot & 63))
