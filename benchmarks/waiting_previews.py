"""Previews of imports that wait, looked at after something has changed."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.events.models import Event
from matchmaker.imports.models import Import
from matchmaker.imports.remembering import forget
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish

Looked = tuple[str, str, Callable[[], None]]  # name, address, what happens before each look


def previews(client: FlaskClient, event: Event) -> Iterator[Looked]:
    """Of the participants that wait, and of all wishes as they were exported."""
    people, wishes = _waiting(event), _upload_wishes(client, event)
    somebody = partial(_change_somebody, event.id)
    yield "2,000 people, after a change of one", people, somebody
    yield "2,000 people, as at the upload", people, partial(forget, event.id, "participants")
    yield "all wishes, after a change of one", wishes, partial(_change_wish, event.id)
    yield "all wishes, after a change of a person", wishes, somebody
    yield "all wishes, as at the upload", wishes, partial(forget, event.id, "wishes")


def _waiting(event: Event) -> str:
    waits = Import.event_id == event.id, Import.state == "preview", Import.kind == "participants"
    import_id = db.session.scalars(select(Import.id).where(*waits)).one()
    return f"/organise/{event.id}/imports/{import_id}"


def _upload_wishes(client: FlaskClient, event: Event) -> str:
    file = client.get(f"/organise/{event.id}/exports/wishes.xlsx").data
    answer = client.post(
        f"/organise/{event.id}/imports/",
        data={"kind": "wishes", "file": (io.BytesIO(file), "wishes.xlsx")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def _change_somebody(event_id: str) -> None:
    """As an organiser does who corrects a person between two looks at the preview."""
    one = db.session.scalars(select(Participant).where(Participant.event_id == event_id).limit(1))
    one.one().phone = f"+212 5 22 {time.monotonic_ns() % 10_000:04}"
    db.session.commit()


def _change_wish(event_id: str) -> None:
    one = db.session.scalars(select(Wish).where(Wish.event_id == event_id).limit(1))
    one.one().message = f"At {time.monotonic_ns() % 10_000:04}"
    db.session.commit()
