"""Long lists in pages: how many rows a page has, which page is shown, and of how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

PAGE = 50


def asked_page() -> int:
    """The number in the address; the first page where there is none."""
    return request.args.get("page", 1, type=int)


@dataclass(frozen=True)
class Page:
    """One page of a long list."""

    rows: Sequence[Any]
    number: int
    total: int
    size: int = PAGE

    @property
    def last(self) -> int:
        return _last(self.total, self.size)

    @classmethod
    def of(cls, rows: Sequence[Any], number: int, size: int = PAGE) -> Page:
        """The page with this number, or the nearest that there is."""
        number = min(max(1, number), _last(len(rows), size))
        return cls(rows[(number - 1) * size : number * size], number, len(rows), size)

    @classmethod
    def between(
        cls,
        number: int,
        total: int,
        fetch: Callable[[int, int], Sequence[Any]],
        size: int = PAGE,
    ) -> Page:
        """The same where the database cuts: ``fetch(offset, limit)``."""
        number = min(max(1, number), _last(total, size))
        return cls(fetch((number - 1) * size, size), number, total, size)

    def filled(self, fetch: Callable[[Sequence[Any]], Sequence[Any]]) -> Page:
        """The rows of this page, which were keys, exchanged for what they stand for."""
        return replace(self, rows=fetch(self.rows))


def _last(total: int, size: int) -> int:
    return max(1, -(-total // size))
