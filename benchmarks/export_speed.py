"""Exporting everything of a forum of 2,000 participants and 10,000 meetings, in each format.

Measured is processor time of the whole request, as for the pages.
"""

from __future__ import annotations

import time

from flask import url_for

from benchmarks.ground import application
from benchmarks.lines import line
from benchmarks.visitors import client_for
from matchmaker.accounts.services import find_or_add_account
from matchmaker.database import db
from matchmaker.demo.loading import ORGANISER, load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.schedules.queries import count_meetings

PARTICIPANTS, WISHES_EACH, SECONDS = 2000, 10.6, 60
ENDINGS = ("xlsx", "csv", "json")
TARGET = "10 s"


def main() -> None:
    with application() as app:
        event = load_demo(db.session, participants=PARTICIPANTS, seed=1, wishes_each=WISHES_EACH)
        version = solve_and_publish(app, event.id, seconds=SECONDS)
        meetings = sum(count_meetings(db.session, version).values()) // 2
        line("exports measured with", f"{PARTICIPANTS} participants, {meetings} meetings", "")
        client = client_for(app, find_or_add_account(db.session, ORGANISER))
        for ending in ENDINGS:
            with app.test_request_context():
                here = {"event_id": event.id, "export": "everything", "ending": ending}
                path = url_for("exports.file", **here)
            started = time.process_time()
            answer = client.get(path)
            seconds = time.process_time() - started
            assert answer.status_code == 200, path
            size = len(answer.data) / 1_000_000
            line(f"export of everything, {ending}", f"{seconds:.1f} s, {size:.1f} MB", TARGET)


if __name__ == "__main__":
    main()
