"""Following a run live: one event per second, over a connection that is closed in time.

A page that is followed holds a thread of the server. Only few may do so at once and not for
long; everybody else's page asks every few seconds instead.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

from flask import render_template
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.schedules.models import Run

LONGEST_SECONDS = 55.0
PAUSE_SECONDS = 1.0
_seats = threading.BoundedSemaphore(4)


def take_seat() -> bool:
    return _seats.acquire(blocking=False)


def news_of(session: Session, event: Event, run_id: str) -> dict[str, object]:
    """The part of the page that changes, ready to be put in place, and whether it is over.

    Reads in a transaction of its own: nothing stays open while the page waits.
    """
    session.close()
    run = session.get(Run, (event.id, run_id))
    html = render_template("schedules/_run.html", run=run, event=event)
    is_over = run is None or run.state not in ("waiting", "running")
    session.close()
    return {"html": html, "over": is_over}


def follow(session: Session, event: Event, run_id: str) -> Iterator[str]:
    """Server-sent events until the run or the time is over; gives the seat back."""
    end = time.monotonic() + LONGEST_SECONDS
    try:
        while time.monotonic() < end:
            news = news_of(session, event, run_id)
            yield f"data: {json.dumps(news)}\n\n"
            if news["over"]:
                return
            time.sleep(PAUSE_SECONDS)
    finally:
        _seats.release()
