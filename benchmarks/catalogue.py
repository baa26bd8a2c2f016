"""Catalogue: how long a search in 5,000 profiles takes on the server, on both databases.

The whole answer is measured, as sent while somebody types: found, counted by facet, sorted, and
drawn. Questions are what people type, from the first letter on, with and without facets, in three
languages. With SQLite it is processor time, so that the figure does not depend on what else the
machine does; PostgreSQL works in processes of its own, so there it is the clock's.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from urllib.parse import urlencode

from flask import Flask, url_for
from sqlalchemy import select

from benchmarks.ground import application, postgres_database
from benchmarks.lines import line
from benchmarks.planted import make_planted
from benchmarks.visitors import client_of
from matchmaker.collector import collect_seldom
from matchmaker.database import db
from matchmaker.participants.models import Participant

PARTICIPANTS, EACH = 5_000, 2
TYPED = (
    "", "p", "po", "pompe", "capteurs", "traitement de l'eau", "sensor", "water pump", "benali",
    "معالجة المياه", "مضخة", "م", "maroc énergie", "atlas", "gibtesnicht",
)  # fmt: skip
FACETS: tuple[dict[str, list[str]], ...] = (
    {},
    {"country": ["MA"]},
    {"sector": ["energy", "environment"], "spoken": ["fr"]},
)


def main() -> None:
    with application() as app:
        _measure(app, "SQLite", time.process_time)
    with postgres_database() as url:
        if url:
            with application(url) as app:
                _measure(app, "PostgreSQL", time.perf_counter)


def _measure(app: Flask, name: str, clock: Callable[[], float]) -> None:
    with app.test_request_context():
        event, _pairs = make_planted(db.session, PARTICIPANTS, 1)
        me = db.session.scalars(
            select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
        ).first()
        assert me is not None
        client, path = client_of(app, me), url_for("catalogue.people", slug=event.slug)
    collect_seldom()  # as the server does before it serves
    client.get(path)
    seconds = []
    for typed in TYPED:
        for facets in FACETS:
            question = urlencode({"q": typed, "part": "found", **facets}, doseq=True)
            for _ in range(EACH):
                started = clock()
                assert client.get(f"{path}?{question}").status_code == 200
                seconds.append(clock() - started)
    p95, middle = statistics.quantiles(seconds, n=20)[-1], statistics.median(seconds)
    what = f"catalogue search in {PARTICIPANTS:,} profiles, {name}: p95 (median)"
    line(what, f"{p95 * 1000:.0f} ms ({middle * 1000:.0f} ms)", "100 ms")


if __name__ == "__main__":
    main()
