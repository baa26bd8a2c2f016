"""Ids of one width, so that they sort by their number."""

from __future__ import annotations


def numbered(letter: str, number: int, count: int) -> str:
    return f"{letter}{number + 1:0{len(str(count))}}"
