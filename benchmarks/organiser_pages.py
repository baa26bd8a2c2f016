"""Every page of an organiser with 2,000 participants and 10,000 meetings, on SQLite and on
PostgreSQL: processor time of the server, the quickest by the clock, and statements to the database.

On SQLite the processor time has the database in it; on PostgreSQL the clock does.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as listening

from benchmarks.addresses import Addresses
from benchmarks.ground import application, postgres_database
from benchmarks.large_forum import make_large_forum
from benchmarks.lines import line
from benchmarks.visitors import client_for
from benchmarks.waiting_previews import previews
from matchmaker.accounts.services import find_or_add_account
from matchmaker.collector import collect_seldom
from matchmaker.database import db
from matchmaker.demo.loading import ORGANISER
from matchmaker.events.models import Event

TIMES, LONGEST, TARGET, SHOWN = 5, 3.0, 0.3, 25


@dataclass(frozen=True)
class Figure:
    """Of one page: seconds, and statements to the database."""

    name: str
    worked: float
    clock: float
    statements: int
    size: int

    def __str__(self) -> str:
        spent = f"{self.worked * 1000:.0f} ms, by the clock {self.clock * 1000:.0f} ms"
        return f"{spent}, {self.statements} statements, {self.size // 1000} kB"


def main(shown: int = SHOWN) -> None:
    with application() as app:
        tell("SQLite", measure(app, make_large_forum(app)), shown)
    with postgres_database() as address:
        if address:
            with application(address) as app:
                tell("PostgreSQL", measure(app, make_large_forum(app)), shown)


def tell(database: str, figures: list[Figure], shown: int) -> None:
    slow = [figure for figure in figures if max(figure.worked, figure.clock) > TARGET]
    line(f"{database}: pages above the target", f"{len(slow)} of {len(figures)}", "0")
    figures.sort(key=lambda figure: -max(figure.worked, figure.clock))
    for figure in figures[:shown]:
        line(f"{database}: {figure.name}", str(figure), f"{TARGET * 1000:.0f} ms")


def measure(app: Flask, event: Event) -> list[Figure]:
    pages = list(Addresses(event).pages(app))
    client = client_for(app, find_or_add_account(db.session, ORGANISER))
    collect_seldom()  # as the server does before it serves
    figures = [_ask(client, name, path) for name, path in pages]
    return figures + [_ask(client, *looked) for looked in previews(client, event)]


def _ask(
    client: FlaskClient, name: str, path: str, before: Callable[[], None] = lambda: None
) -> Figure:
    worked, clock, statements, size = [], [], 0, 0
    until = time.perf_counter() + LONGEST
    while len(clock) < 2 or (len(clock) <= TIMES and time.perf_counter() < until):
        before()
        with _counting() as counted:
            started, begun = time.process_time(), time.perf_counter()
            answer = client.get(path, buffered=True)
            worked.append(time.process_time() - started)
            clock.append(time.perf_counter() - begun)
        assert answer.status_code in (200, 204), f"{path}: {answer.status_code}"
        statements, size = len(counted), len(answer.data)
    return Figure(name, statistics.median(worked[1:]), min(clock[1:]), statements, size)


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    listening.listen(db.engine, "before_cursor_execute", note)
    yield sent
    listening.remove(db.engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SHOWN)
