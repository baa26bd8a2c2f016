"""A browser that closes, or a server that dies, in mid-import leaves nothing half written."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports import services
from matchmaker.imports.models import Import
from matchmaker.imports.people import saving
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant

HEADER = ("Email", "Organization name")
ROWS = [(f"p{number}@x.example", f"House {number}") for number in range(30)]

# What the server's process does, until it is killed when half of the rows are written.
DYING = """
import os, signal, sys
from pathlib import Path
from matchmaker import create_app
from matchmaker.config import Config
from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.imports import services
from matchmaker.imports.models import Import
from matchmaker.imports.people import saving

url, folder, event_id, import_id = sys.argv[1:]
app = create_app(Config(instance=Path(folder), secret_key="x" * 40, database_url=url, testing=True))

def die(*_arguments):
    os.kill(os.getpid(), signal.SIGKILL)

saving.note_many = die  # after the rows of people, before the end
with app.test_request_context():
    event = db.session.get(Event, event_id)
    row = db.session.get(Import, (event_id, import_id))
    services.take_over(db.session, event, row)
"""


def counts(session: Session) -> tuple[int, int, str]:
    session.rollback()
    session.expire_all()
    people = session.scalar(select(func.count()).select_from(Participant)) or 0
    houses = session.scalar(select(func.count()).select_from(Organisation)) or 0
    state = session.scalars(select(Import.state)).one()
    session.rollback()
    return people, houses, state


def test_a_server_killed_in_mid_import_has_written_nothing(
    app: Flask, desk: Any, session: Session, event: Event, database_url: str, tmp_path: Any
) -> None:
    row = desk.upload("participants", HEADER, *ROWS)
    arguments = [database_url, str(tmp_path), event.id, row.id]
    session.commit()
    done = subprocess.run([sys.executable, "-c", DYING, *arguments], check=False)
    assert done.returncode == -signal.SIGKILL
    assert counts(session) == (0, 0, "preview")
    services.take_over(session, event, session.get_one(Import, (event.id, arguments[3])))
    assert counts(session) == (30, 30, "taken")


@pytest.mark.parametrize("fault", [SystemExit, BrokenPipeError, KeyboardInterrupt])
def test_whatever_ends_it_nothing_is_half_written(
    desk: Any, session: Session, event: Event, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    row = desk.upload("participants", HEADER, *ROWS)

    def end(*_arguments: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(saving, "note_many", end)
        with pytest.raises(fault):
            services.take_over(session, event, row)
    assert counts(session) == (0, 0, "preview")


def test_a_preview_that_nobody_comes_back_to_changes_nothing(
    desk: Any, session: Session, event: Event
) -> None:
    """The browser is closed before the button is pressed: the next upload drops its rows."""
    left = desk.upload("participants", HEADER, *ROWS)
    desk.upload("participants", HEADER, ("other@x.example", "Other"))
    session.refresh(left)
    assert (left.state, left.rows) == ("dropped", {})
    session.commit()
    assert session.scalar(select(func.count()).select_from(Participant)) == 0
