"""How long the server works on a page, with 2,000 participants and 20,000 wishes, published.

Measured is processor time, so that the figure does not depend on what else the machine does.
"""

from __future__ import annotations

import statistics
import time

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select

from benchmarks.ground import application
from benchmarks.lines import line
from benchmarks.visitors import client_for, client_of
from matchmaker.accounts.services import find_or_add_account
from matchmaker.collector import collect_seldom
from matchmaker.database import db
from matchmaker.demo.loading import ORGANISER, load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.wishes.models import Wish

PARTICIPANTS, WISHES_EACH, SECONDS = 2000, 10.6, 60
TIMES, TARGET = 15, "50 ms"


def main() -> None:
    with application() as app:
        event = load_demo(db.session, participants=PARTICIPANTS, seed=1, wishes_each=WISHES_EACH)
        wishes = db.session.scalar(select(func.count()).select_from(Wish))
        version = solve_and_publish(app, event.id, seconds=SECONDS)
        line("pages measured with", f"{PARTICIPANTS} participants, {wishes} wishes", "")
        collect_seldom()  # as the server does before it serves
        organiser = find_or_add_account(db.session, ORGANISER)
        for name, path in _organiser_pages(app, event, version).items():
            _measure(name, client_for(app, organiser), path)
        for name, path in _participant_pages(app, event).items():
            _measure(name, client_of(app, _somebody(event)), path)


def _organiser_pages(app: Flask, event: Event, version: Version) -> dict[str, str]:
    here = {"event_id": event.id}
    there = {**here, "version_id": version.id}
    person = {"participant_id": _somebody(event).id}
    with app.test_request_context():
        return {
            "overview": url_for("home.overview", **here),
            "participants": url_for("segments.index", **here),
            "participants, searched": url_for("segments.index", **here, q="Atlas"),
            "participant": url_for("participants.edit", **here, **person),
            "organisations": url_for("organisations.index", **here),
            "wishes": url_for("wishes.index", **here),
            "wishes, searched": url_for("wishes.index", **here, q="Atlas"),
            "add a wish": url_for("wishes.new", **here),
            "proposed meetings": url_for("wishes.meetings", **here),
            "sessions": url_for("events.sessions", **here),
            "places": url_for("events.places", **here),
            "imports": url_for("imports.index", **here),
            "schedule": url_for("schedules.index", **here),
            "version": url_for("schedules.version", **there),
            "board": url_for("schedules.board", **there),
            "version, people": url_for("schedules.people", **there),
            "version, person": url_for("schedules.person", **there, **person),
            "not placed": url_for("schedules.not_placed", **there),
            "print": url_for("agendas.index", **here),
        }


def _participant_pages(app: Flask, event: Event) -> dict[str, str]:
    endpoints = (
        "wishes.home",
        "catalogue.people",
        "catalogue.entries",
        "wishes.mine",
        "schedules.my_not_placed",
        "participants.profile",
        "agendas.mine",
    )
    with app.test_request_context():
        return {f"own: {name}": url_for(name, slug=event.slug) for name in endpoints}


def _somebody(event: Event) -> Participant:
    """One is as good as another: all wish and meet much alike."""
    person = db.session.scalars(
        select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
    ).first()
    assert person is not None
    return person


def _measure(name: str, client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200, path
    seconds = []
    for _ in range(TIMES):
        started = time.process_time()
        client.get(path)
        seconds.append(time.process_time() - started)
    line(f"page: {name}", f"{statistics.median(seconds) * 1000:.0f} ms", TARGET)


if __name__ == "__main__":
    main()
