"""Suggestions: how often they find a planted partner, and how long they take.

A partner is found who stands among the first ten of somebody's suggestions. Beside it, on the same
forums: the ten for whom most people wish, and the ten whose texts are most alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from flask import Flask, url_for
from sqlalchemy import func, select

from benchmarks.ground import application
from benchmarks.lines import line
from benchmarks.planted import WAYS, Pair, make_planted
from benchmarks.visitors import client_of
from matchmaker.collector import collect_seldom
from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.suggestions.ground import Ground
from matchmaker.suggestions.likeness import Floats, Index
from matchmaker.suggestions.reasons import reasons_for
from matchmaker.suggestions.remembering import ground_of
from matchmaker.wishes.models import Wish

SIZES = ((600, (1, 2, 3)), (5000, (1,)))
FIRST, PAGES = 10, 40

Scores = Callable[[int], Floats]  # of everybody, for the person at a place


def main() -> None:
    for participants, seeds in SIZES:
        hits: dict[tuple[str, str], list[bool]] = {}
        for seed in seeds:
            with application() as app, app.test_request_context():
                event, pairs = make_planted(db.session, participants, seed)
                started = time.perf_counter()
                ground = ground_of(db.session, event.id)
                seconds = time.perf_counter() - started
                for name, scores in _rankings(event, ground).items():
                    for way, found in _hits(ground, pairs, scores):
                        hits.setdefault((name, way), []).append(found)
                if participants == SIZES[-1][0]:
                    line(
                        f"suggestions: {participants:,} people laid out, once",
                        f"{seconds:.1f} s",
                        "",
                    )
                    _time_pages(app, event)
                    _time_all(ground)
        _tell(participants, len(seeds), hits)


def _rankings(event: Event, ground: Ground) -> dict[str, Scores]:
    wished = np.zeros(len(ground.people), dtype=np.float32)
    for id_, number in db.session.execute(
        select(Wish.to_id, func.count())
        .where(Wish.event_id == event.id, Wish.to_id.is_not(None), Wish.grade != "never")
        .group_by(Wish.to_id)
    ):
        wished[ground.place[id_]] = number
    bags = [[word for side in person.sides for word in side.words] for person in ground.people]
    texts = Index(bags)
    return {
        "suggestions": lambda place: ground.scores(ground.people[place]),
        "popularity": lambda _place: wished.copy(),
        "text similarity": lambda place: texts.like(bags[place]),
    }


def _hits(ground: Ground, pairs: Sequence[Pair], scores: Scores) -> list[tuple[str, bool]]:
    """Of each pair both are asked; colleagues and oneself are no answer."""
    found = []
    for pair in pairs:
        for me, other in ((pair.seeker, pair.giver), (pair.giver, pair.seeker)):
            place = ground.place[me]
            ranked = scores(place)
            house = ground.people[place].organisation_id
            ranked[[i for i, p in enumerate(ground.people) if p.organisation_id == house]] = -1
            first = np.argsort(-ranked, kind="stable")[:FIRST]
            found.append((pair.way, bool(ground.place[other] in first)))
    return found


def _tell(participants: int, forums: int, hits: Mapping[tuple[str, str], Sequence[bool]]) -> None:
    for name in ("suggestions", "popularity", "text similarity"):
        by_way = {way: hits[name, way] for way in WAYS}
        every = [found for ways in by_way.values() for found in ways]
        parts = ", ".join(f"by {way} {_share(found)}" for way, found in by_way.items())
        forum = f"{forums} forum(s) of {participants:,}"
        what = f"{name}: planted partner among the first {FIRST}, {forum}"
        line(what, f"{_share(every)} of {len(every)} ({parts})", "")


def _share(found: Sequence[bool]) -> str:
    return f"{100 * sum(found) / len(found):.0f} %"


def _time_pages(app: Flask, event: Event) -> None:
    """The whole page, for people who ask one after the other, in processor time."""
    collect_seldom()  # as the server does before it serves
    people = db.session.scalars(
        select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
    ).all()
    path = url_for("suggestions.index", slug=event.slug)
    seconds = []
    for person in people[:: len(people) // PAGES]:
        client = client_of(app, person)
        started = time.process_time()
        assert client.get(path).status_code == 200
        seconds.append(time.process_time() - started)
    p95 = statistics.quantiles(seconds, n=20)[-1]
    middle = statistics.median(seconds)
    what = f"suggestions for one of {len(people):,}, whole page: p95 (median)"
    line(what, f"{p95 * 1000:.0f} ms ({middle * 1000:.0f} ms)", "200 ms")


def _time_all(ground: Ground) -> None:
    started = time.process_time()
    for me in ground.people:
        scores = ground.scores(me)
        for place in np.argsort(-scores, kind="stable")[:FIRST]:
            reasons_for(ground, me, ground.people[place])
    seconds = time.process_time() - started
    what = f"suggestions for all {len(ground.people):,}: the first {FIRST} of each with reasons"
    line(what, f"{seconds:.0f} s", "60 s")


if __name__ == "__main__":
    main()
