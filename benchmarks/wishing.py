"""Wishing: how long saving one wish takes, and what becomes of 500 who wish at the same moment.

The second is real: a served installation on SQLite, a connection for each participant, all at
once. Each asks for one top wish more than is allowed, and for some likes.
"""

from __future__ import annotations

import http.client
import logging
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import waitress
from flask import Flask, url_for
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import delete, func, select, update

from benchmarks.ground import application, forum
from benchmarks.lines import line
from benchmarks.visitors import account_of, client_of
from matchmaker.accounts.access import LOGIN_KEY
from matchmaker.accounts.services import open_login
from matchmaker.database import db
from matchmaker.demo.loading import load_demo
from matchmaker.events.models import Event
from matchmaker.participants.models import Absence, Participant
from matchmaker.serving import THREADS
from matchmaker.wishes.models import Wish

PARTICIPANTS, SAVED, LIKES = 500, 60, 3
RAW_TOKEN = "0123456789abcdef0123456789abcdef01234567"  # of a form, as a cookie holds it
PATIENCE = 120.0  # seconds; a browser would wait as long


@dataclass(frozen=True)
class Wisher:
    """A participant's browser: its cookie, and whom it asks for."""

    id: str
    cookie: str
    token: str  # of a form
    tops: Sequence[str]
    likes: Sequence[str]


def main() -> None:
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it tells of every request that waits
    with forum(120) as (app, event), app.test_request_context():
        _save_some(app, event)
    with application() as app:
        app.config["WTF_CSRF_ENABLED"] = True
        with app.app_context():
            event = load_demo(db.session, participants=PARTICIPANTS, seed=1, wishes_each=0.0)
            db.session.execute(delete(Wish))
            db.session.execute(delete(Absence))
            db.session.execute(update(Participant).values(attends_all=True))  # nobody is refused
            db.session.commit()
            wishers = prepare(app, event)
            event_id, slug, limit = event.id, event.slug, event.top_limit
            db.session.rollback()
        started = time.perf_counter()
        with served(app) as address:
            statuses = wish_at_once(address, slug, wishers)
        seconds = time.perf_counter() - started
        with app.app_context():
            faults = faults_of(event_id, wishers, limit)
    errors = sum(number for status, number in statuses.items() if status != 302)
    what = f"{PARTICIPANTS} wish at once on SQLite, {sum(statuses.values()):,} wishes over HTTP"
    line(what, f"{errors} errors, {len(faults)} lost or too many, {seconds:.0f} s", "0, 0")


def _save_some(app: Flask, event: Event) -> None:
    people = db.session.scalars(
        select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
    ).all()
    client, seconds = client_of(app, people[0]), []
    for other in people[1 : SAVED + 1]:
        path = url_for("wishes.grade", slug=event.slug, participant_id=other.id)
        started = time.process_time()
        assert client.post(path, data={"grade": "like"}).status_code == 302
        seconds.append(time.process_time() - started)
    p95, middle = statistics.quantiles(seconds, n=20)[-1], statistics.median(seconds)
    line("one wish saved: p95 (median)", f"{p95 * 1000:.0f} ms ({middle * 1000:.0f} ms)", "50 ms")


def prepare(app: Flask, event: Event) -> list[Wisher]:
    """A browser for everybody; each asks for those who follow in the list."""
    people = db.session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.state == "validated")
        .order_by(Participant.email_key)
    ).all()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    token = str(URLSafeTimedSerializer(str(app.secret_key), "wtf-csrf-token").dumps(RAW_TOKEN))
    wishers, ids = [], [person.id for person in people]
    for place, person in enumerate(people):
        others = ids[place + 1 :] + ids[:place]
        account = account_of(person)
        content = {LOGIN_KEY: open_login(db.session, account), "csrf_token": RAW_TOKEN}
        tops, rest = event.top_limit + 1, event.top_limit + 1 + LIKES
        cookie = str(signer.dumps(content))
        wishers.append(Wisher(person.id, cookie, token, others[:tops], others[tops:rest]))
    db.session.commit()
    return wishers


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """As ``matchmaker serve`` does, in threads of this process."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(10)


def _run(server: Any) -> None:
    """Until it is closed, which takes the sockets away for which it waits."""
    with suppress(OSError):
        server.run()


def wish_at_once(address: str, slug: str, wishers: Sequence[Wisher]) -> Counter[int]:
    """Everybody begins at the same moment; how often which status was answered."""
    statuses: Counter[int] = Counter()
    gate, lock = threading.Barrier(len(wishers)), threading.Lock()

    def wish(wisher: Wisher) -> None:
        gate.wait()
        for grade, others in (("top", wisher.tops), ("like", wisher.likes)):
            for other in others:
                status = _post(address, f"/events/{slug}/me/people/{other}", wisher, grade)
                with lock:
                    statuses[status] += 1

    threads = [threading.Thread(target=wish, args=(wisher,)) for wisher in wishers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def _post(address: str, path: str, wisher: Wisher, grade: str) -> int:
    """The status; 0 for no answer."""
    form = urlencode({"grade": grade, "csrf_token": wisher.token})
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    headers = {"Cookie": f"matchmaker={wisher.cookie}",
               "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
    try:
        connection.request("POST", path, form, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def faults_of(event_id: str, wishers: Sequence[Wisher], limit: int) -> list[str]:
    """Whose wishes are not exactly the tops that are allowed, and all of the likes."""
    rows = db.session.execute(
        select(Wish.from_id, Wish.grade, func.count())
        .where(Wish.event_id == event_id)
        .group_by(Wish.from_id, Wish.grade)
    )
    kept = {(from_id, grade): number for from_id, grade, number in rows}
    return [
        wisher.id
        for wisher in wishers
        if kept.get((wisher.id, "top")) != min(limit, len(wisher.tops))
        or kept.get((wisher.id, "like")) != len(wisher.likes)
    ]


if __name__ == "__main__":
    main()
