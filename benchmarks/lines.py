"""One figure a line: what, measured, to reach."""

from __future__ import annotations


def line(what: str, measured: str, target: str) -> None:
    print(f"| {what} | {measured} | {target} |", flush=True)
