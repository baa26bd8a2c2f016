"""Charts: rows of numbers with their words, and where their columns stand in an SVG."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

WIDTH, HEIGHT, EDGE = 480, 150, 4  # of the field, in its own units; between two columns
MOST_TICKS, LETTER = 8, 6.5  # labels below columns; width of a letter of theirs


@dataclass(frozen=True, slots=True)
class Row:
    """``of`` is what the value is held against: a limit, or the whole of which it is a part."""

    label: str
    value: int
    of: int | None = None
    beside: int | None = None  # another number, for the table

    @property
    def share(self) -> int:
        """Hundredths of the whole, rounded down: nothing short of all is 100."""
        return 100 * self.value // self.of if self.of else 0


@dataclass(frozen=True, slots=True)
class Chart:
    """``heads`` are those of the table's columns: the label's, the value's, the others'."""

    id: str
    title: str
    about: str
    rows: tuple[Row, ...]
    heads: tuple[str, ...]
    form: str = "bars"  # or columns
    marked: frozenset[int] = field(default_factory=frozenset)  # rows that need attention

    @property
    def most(self) -> int:
        return max((max(row.value, row.of or 0) for row in self.rows), default=0) or 1

    @property
    def has_wholes(self) -> bool:
        return any(row.of is not None for row in self.rows)

    @property
    def has_besides(self) -> bool:
        return any(row.beside is not None for row in self.rows)

    def columns(self) -> list[Column]:
        step = WIDTH / max(1, len(self.rows))
        longest = max((len(row.label) for row in self.rows), default=0)
        tick = max(-(-len(self.rows) // MOST_TICKS), ceil(longest * LETTER / step))
        return [
            Column(
                row,
                x=round(number * step + EDGE / 2, 1),
                width=round(max(step - EDGE, 1), 1),
                height=round(HEIGHT * row.value / self.most, 1),
                line=None if row.of is None else round(HEIGHT * (1 - row.of / self.most), 1),
                is_marked=number in self.marked,
                has_tick=number % tick == 0,
            )
            for number, row in enumerate(self.rows)
        ]


@dataclass(frozen=True, slots=True)
class Column:
    """A row that stands: its value as a column, what it is held against as a line across."""

    row: Row
    x: float
    width: float
    height: float
    line: float | None
    is_marked: bool
    has_tick: bool

    @property
    def y(self) -> float:
        return round(HEIGHT - self.height, 1)
