"""The board of a draft in a browser, with 2,000 participants and 10,000 meetings: how long until it
can be worked with, and how long moves take.

Measured in the page, on the clock; whatever else the machine does counts too.
"""

from __future__ import annotations

import logging
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.ground import application
from benchmarks.lines import line
from matchmaker.accounts.links import add_link
from matchmaker.accounts.services import find_or_add_account
from matchmaker.database import db
from matchmaker.demo.loading import ORGANISER, load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.drafts.opening import open_draft
from matchmaker.schedules.versions import size_of

PARTICIPANTS, WISHES_EACH, SECONDS = 2000, 10.6, 60
TIMES, MOVES = 7, 30
MOVE = """async () => {
  const board = document.getElementById("board");
  const mets = [...board.querySelectorAll(".met")];
  for (let tries = 0; tries < 40; tries += 1) {
    const met = mets[Math.floor(Math.random() * mets.length)];
    const ask = new URL(board.dataset.options, location);
    ask.searchParams.set("meeting", met.dataset.meeting);
    const asked = performance.now();
    const answer = await (await fetch(ask)).json();
    const options = performance.now() - asked;
    const open = Object.entries(answer.cells).find(([, option]) => option.state === "free");
    if (!open) continue;
    const [slot, place] = open[0].split("|");
    const form = new FormData(document.getElementById("deed"));
    const values = { kind: "move", meeting: met.dataset.meeting, slot, place };
    values.seen = board.dataset.seen;
    for (const [name, value] of Object.entries(values)) form.set(name, value);
    const sent = performance.now();
    const headers = { Accept: "application/json" };
    const done = await fetch(board.dataset.change, { method: "POST", body: form, headers });
    const news = await done.json();
    const moved = performance.now() - sent;
    if (done.ok) board.dataset.seen = news.seen;
    return { options, moved, ok: done.ok };
  }
  return null;
}"""


def main() -> None:
    with application() as app:
        event = load_demo(db.session, participants=PARTICIPANTS, seed=1, wishes_each=WISHES_EACH)
        version = solve_and_publish(app, event.id, seconds=SECONDS)
        size = size_of(db.session, version)
        line("board measured with", f"{PARTICIPANTS} participants, {size.placed} meetings", "")
        started = time.perf_counter()
        draft = open_draft(db.session, event, version)
        line("open a version for changes by hand", f"{time.perf_counter() - started:.1f} s", "")
        path = f"/organise/{event.id}/schedule/drafts/{draft.id}/"
        with served(app) as address, browser(app, address) as page:
            home = address + path
            for name, query in (("places", ""), ("people", "?by=people")):
                _measure_opening(page, name, home + query)
            page.goto(home + "?page=5")  # tables, where stands are behind
            _measure_moves(page)


def _measure_opening(page: Page, name: str, address: str) -> None:
    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector('#board td[tabindex="0"]')
        seconds.append(time.perf_counter() - started)
    line(f"board by {name}, until it can be worked with", _figures(seconds), "1 s")


def _measure_moves(page: Page) -> None:
    found = [page.evaluate(MOVE) for _ in range(MOVES)]
    kept = [row for row in found if row and row["ok"]]
    line("moves measured", str(len(kept)), "")
    for name, key, target in (
        ("where a meeting could go, a page of cells", "options", ""),
        ("a move, answered with its cells", "moved", "150 ms"),
    ):
        line(name, _figures([row[key] / 1000 for row in kept]), target)


def _figures(seconds: list[float]) -> str:
    median, worst = statistics.median(seconds), max(seconds)
    return f"median {median * 1000:.0f} ms, worst {worst * 1000:.0f} ms"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    app.config["WTF_CSRF_ENABLED"] = True
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@contextmanager
def browser(app: Flask, address: str) -> Iterator[Page]:
    """The organiser's, signed in."""
    token = add_link(db.session, find_or_add_account(db.session, ORGANISER))
    db.session.commit()
    db.session.close()  # what is open here would keep the server from writing
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(f"{address}/sign-in/{token}")
        page.locator("main form button").click()
        yield page
        chromium.close()


if __name__ == "__main__":
    main()
