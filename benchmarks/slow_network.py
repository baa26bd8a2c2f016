"""How much travels and how long it takes at 400 kbit/s, in a real browser with nothing kept.

The demonstration forum, published, with a participant who has many meetings; Chromium lets
50 kB a second through and waits 300 ms for each answer.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from flask import Flask, url_for
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy import func, select
from werkzeug.serving import make_server

from benchmarks.ground import application
from benchmarks.lines import line
from matchmaker.accounts.access import LOGIN_KEY
from matchmaker.accounts.services import find_or_add_account, open_login
from matchmaker.database import db
from matchmaker.demo.loading import load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participants.services import connect_account
from matchmaker.schedules.models import PersonBooking

PARTICIPANTS, SECONDS = 120, 10
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAGES = (
    "agendas.mine", "wishes.home", "catalogue.people", "catalogue.entries", "wishes.mine",
    "participants.profile", "participants.front",
)  # fmt: skip
MOST = "50 kB"


def main() -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("No browser is installed.")
    with application() as app, ThreadPoolExecutor(1) as outside:
        event = load_demo(db.session, participants=PARTICIPANTS, seed=1)
        solve_and_publish(app, event.id, seconds=SECONDS)
        cookie, paths = _cookie(app, event), _paths(app, event)
        db.session.close()  # the server writes, too
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with _served(app, outside) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for name, path in paths.items():
                _measure(browser, address, name, path, cookie)
            browser.close()


@contextmanager
def _served(app: Flask, outside: ThreadPoolExecutor) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    outside.submit(server.serve_forever)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _paths(app: Flask, event: Event) -> dict[str, str]:
    with app.test_request_context():
        return {name: url_for(name, slug=event.slug) for name in PAGES}


def _cookie(app: Flask, event: Event) -> str:
    """Of whoever has the most meetings."""
    busiest = db.session.scalar(
        select(PersonBooking.participant_id)
        .join(
            Participant,
            (Participant.event_id == PersonBooking.event_id)
            & (Participant.id == PersonBooking.participant_id),
        )
        .where(PersonBooking.event_id == event.id, Participant.seats == 1)
        .group_by(PersonBooking.participant_id)
        .order_by(func.count().desc())
    )
    person = db.session.get_one(Participant, (event.id, busiest))
    account = find_or_add_account(db.session, person.email)
    connect_account(db.session, account)
    token = open_login(db.session, account)
    db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps({LOGIN_KEY: token}))


def _measure(browser: Browser, address: str, name: str, path: str, cookie: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    context.add_cookies([{"name": "matchmaker", "value": cookie, "url": address}])
    first = _open(context, address + path)
    again = _open(context, address + path)
    line(f"400 kbit/s, {name}: first view", f"{first[0] / 1000:.0f} kB, {first[1]:.1f} s", MOST)
    line(f"400 kbit/s, {name}: again", f"{again[0] / 1000:.0f} kB, {again[1]:.1f} s", "")
    context.close()


def _open(context: BrowserContext, address: str) -> tuple[int, float]:
    """Bytes on the wire, and seconds until all is there."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(address, wait_until="load")
    script = "performance.getEntriesByType('navigation')[0].loadEventStart"
    seconds = page.evaluate(script) / 1000
    page.close()
    return int(sum(sizes)), float(seconds)


if __name__ == "__main__":
    main()
