"""The evening before, by the event's own clock, with the agenda as a sheet; once."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import cast
import pytest
from aiosmtpd.controller import Controller
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.evenings import due, write_to_everybody
from matchmaker.config import Config
from matchmaker.mails.carriers import Smtp
from matchmaker.mails.delivery import deliver
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.services import change_settings, stop_kind

EVENING = datetime.combine(cast.DAY, time(17)) - timedelta(days=1)


def at(moment: datetime) -> Any:
    return lambda zone: moment


def written(session: Session, moment: datetime = EVENING) -> list[str]:
    """Whom the worker writes to at this wall time."""
    write_to_everybody(session, at(moment))
    compose_due(session)
    session.expire_all()
    return sorted(session.scalars(select(Mail.address)))


def test_everybody_with_a_meeting_tomorrow_is_written_to_once(session: Session, forum: Any) -> None:
    everybody = [f"{name}@people.example" for name in ("amal", "bilal", "chen", "dima")]
    assert written(session, EVENING - timedelta(minutes=1)) == []
    assert written(session) == everybody
    assert written(session, EVENING + timedelta(minutes=5)) == everybody
    assert list(due(session, at(EVENING))) == []


def test_not_on_any_other_evening(session: Session, forum: Any) -> None:
    assert written(session, EVENING - timedelta(days=1)) == []
    assert written(session, EVENING + timedelta(days=1)) == []


def test_the_organiser_chooses_the_hour_or_none(session: Session, forum: Any) -> None:
    change_settings(session, forum.event, day_before_at=time(20))
    session.commit()
    assert written(session) == []
    change_settings(session, forum.event, writes_day_before=False)
    session.commit()
    assert written(session, EVENING + timedelta(hours=4)) == []


def test_who_stopped_it_gets_none(session: Session, forum: Any) -> None:
    stop_kind(session, forum.event.id, "amal", "day_before")
    session.commit()
    assert "amal@people.example" not in written(session)


class Postbox:
    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.received.append(envelope.content)
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def test_the_sheet_arrives_through_a_real_server_in_the_readers_language(
    session: Session, config: Config, forum: Any, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    assert len(written(session)) == 4
    smtp = replace(config, smtp_host="127.0.0.1", smtp_port=port, smtp_starttls=False)
    with Smtp(smtp) as carrier:
        assert deliver(session, carrier) == 4
    mails = {m["To"]: m for m in (message_from_bytes(c, policy=default) for c in box.received)}
    amal, dima = mails["amal@people.example"], mails["dima@people.example"]
    assert amal["Subject"] == "Demain\u00a0: Forum de l’eau"
    text = dima.get_body(("plain",)).get_content()
    assert "غدًا" in dima["Subject"]
    assert "Bilal Haddad" in text
    assert pages_of(amal) == pages_of(dima) == 1
    assert "Live agenda" not in str(amal)


def pages_of(message: Any) -> int:
    [sheet] = list(message.iter_attachments())
    assert (sheet.get_filename(), sheet.get_content_type()) == ("agenda.pdf", "application/pdf")
    return len(PdfReader(io.BytesIO(sheet.get_content())).pages)
