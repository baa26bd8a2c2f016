"""A mail is sent once the change that causes it is there, by one worker, again after a fault."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import cast
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.config import Config
from matchmaker.database import now
from matchmaker.jobs.queue import Queue
from matchmaker.mails.carriers import Folder, Smtp, Unreachable, carrier_of, compose
from matchmaker.mails.delivery import STALE_AFTER, claim, deliver, pause_after, sweep
from matchmaker.mails.enclosures import Enclosed
from matchmaker.mails.letters import Letter, Link
from matchmaker.mails.models import Mail
from matchmaker.mails.services import JOB, cancel, link_to, post
from matchmaker.worker import make_worker, work_once


class Postbox:
    """The receiving side of a real SMTP conversation; refuses what it is told to."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - aiosmtpd asks for this name
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.received.append((list(envelope.rcpt_tos), envelope.content))
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


def write(session: Session, name: str = "amal", **values: Any) -> None:
    letter = Letter(
        values.pop("subject", "جدول"), ("مرحبا", Link("رابط", "http://forum.example/x"))
    )
    to = {"address": f"{name}@people.example", "language": "ar", "letter": letter}
    post(session, **{**to, **values})
    session.commit()


def states(session: Session) -> list[str]:
    found = list(session.scalars(select(Mail.state).order_by(Mail.address)))
    session.rollback()  # hold nothing: the worker writes too
    return found


def smtp_of(config: Config, port: int) -> Config:
    return replace(config, smtp_host="127.0.0.1", smtp_port=port, smtp_starttls=False)


def test_smtp_carries_every_mail_that_is_due(
    session: Session, config: Config, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    write(session, "amal")
    write(session, "bilal")
    with carrier_of(smtp_of(config, port)) as carrier:
        assert isinstance(carrier, Smtp)
        assert deliver(session, carrier) == 2
    assert states(session) == ["sent", "sent"]
    to, content = box.received[0]
    message = message_from_bytes(content, policy=default)
    assert to == ["amal@people.example"]
    assert (message["Subject"], message["Content-Language"]) == ("جدول", "ar")
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text.get_content().splitlines() == ["مرحبا", "", "رابط", "http://forum.example/x"]
    assert 'dir="rtl"' in html.get_content()


def test_refused_for_good_fails_and_refused_for_now_waits(
    session: Session, config: Config, postbox: tuple[Postbox, int]
) -> None:
    box, port = postbox
    box.answers = {"amal@people.example": "550 no such box", "bilal@people.example": "450 later"}
    write(session, "amal")
    write(session, "bilal")
    with Smtp(smtp_of(config, port)) as carrier:
        assert deliver(session, carrier) == 0
    assert states(session) == ["failed", "waiting"]
    mail = session.scalars(select(Mail).where(Mail.state == "waiting")).one()
    assert (mail.attempt, mail.next_try_at > now()) == (1, True)
    assert claim(session) is None  # not before its time


def test_no_server_at_all_loses_nothing(session: Session, config: Config) -> None:
    write(session)
    with Smtp(smtp_of(config, 1)) as carrier:
        assert deliver(session, carrier) == 0
    assert states(session) == ["waiting"]


def test_pauses_grow_to_six_hours() -> None:
    minutes = [int(pause_after(attempt).total_seconds() / 60) for attempt in range(1, 12)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


class Never:
    """A server that never answers."""

    def __enter__(self) -> Never:
        return self

    def __exit__(self, *_fault: object) -> None:
        return None

    def carry(self, mail: Mail, enclosed: Enclosed | None = None) -> None:
        raise Unreachable("never")


def test_after_twelve_tries_it_is_given_up(session: Session) -> None:
    write(session)
    for _ in range(12):
        session.scalars(select(Mail)).one().next_try_at = now()
        session.commit()
        deliver(session, Never())
    assert states(session) == ["failed"]


def test_the_folder_holds_each_mail_once_however_often_it_is_sent(
    session: Session, config: Config
) -> None:
    write(session)
    with Folder(config) as carrier:
        mail = claim(session)
        assert mail
        carrier.carry(mail)  # and the worker dies before it can say so
        row = session.scalars(select(Mail)).one()
        row.claimed_at = now() - STALE_AFTER - timedelta(seconds=1)
        session.commit()
        assert sweep(session)
        assert deliver(session, carrier) == 1
    names = sorted(path.name for path in config.mails.iterdir())
    assert names == [f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}.eml"]


def test_two_workers_never_claim_the_same_mail(session: Session) -> None:
    write(session)
    first, second = claim(session), claim(session)
    assert first is not None
    assert second is None


def test_a_worker_thought_dead_cannot_write_over_its_successor(session: Session) -> None:
    write(session)

    class Slow(Never):
        def carry(self, mail: Mail, enclosed: Enclosed | None = None) -> None:
            row = session.scalars(select(Mail)).one()
            row.state, row.attempt = "sending", mail.attempt + 1  # claimed by another meanwhile
            session.commit()

    deliver(session, Slow())
    assert states(session) == ["sending"]


def test_a_fresh_claim_is_not_swept(session: Session) -> None:
    write(session)
    assert claim(session)
    assert not sweep(session)
    assert states(session) == ["sending"]


def test_a_rolled_back_change_sends_nothing(session: Session, app: Flask) -> None:
    post(session, address="a@b.example", language="fr", letter=Letter("S", ("B",)))
    session.rollback()
    assert session.scalars(select(Mail)).all() == []
    assert queued(app) == 0


def queued(app: Flask) -> int:
    queue: Queue = app.extensions["queue"]
    return int(queue.huey.pending_count())


def test_a_committed_mail_wakes_the_worker_after_the_commit(session: Session, app: Flask) -> None:
    with session.begin_nested():
        post(session, address="a@b.example", language="fr", letter=Letter("S", ("B",)))
    assert queued(app) == 0
    session.commit()
    assert queued(app) == 1


def test_the_worker_empties_the_outbox(session: Session, app: Flask, config: Config) -> None:
    write(session)
    work_once(app)
    assert states(session) == ["sent"]
    assert len(list(config.mails.glob("*.eml"))) == 1


def test_the_sweep_finds_what_the_queue_lost(session: Session, app: Flask) -> None:
    write(session)
    queue = make_worker(app)
    queue.huey.flush()
    assert queue.sweeps[JOB]() == [("", "")]
    queue.kinds[JOB]("", "")
    assert states(session) == ["sent"]
    assert queue.sweeps[JOB]() == []


def test_one_cause_makes_one_mail(session: Session) -> None:
    write(session, cause="version-3/amal")
    write(session, cause="version-3/amal")
    assert states(session) == ["waiting"]


def test_who_has_left_is_written_to_no_more(session: Session) -> None:
    forum, other = cast.make_event(session, "forum"), cast.make_event(session, "other")
    write(session, event_id=forum.id, address="Amal@People.example")
    write(session, event_id=other.id)
    write(session)
    cancel(session, event_id=forum.id, address="amal@people.example")
    session.commit()
    session.expire_all()
    kept = {mail.event_id: mail.state for mail in session.scalars(select(Mail))}
    assert kept == {forum.id: "cancelled", other.id: "waiting", None: "waiting"}


def test_the_text_is_forgotten_once_sent(session: Session, config: Config) -> None:
    write(session)
    with Folder(config) as carrier:
        deliver(session, carrier)
    session.expire_all()
    assert session.execute(select(Mail.body, Mail.html)).one() == ("", "")


def test_the_same_row_is_the_same_message(session: Session) -> None:
    write(session)
    mail = session.scalars(select(Mail)).one()
    first, second = (compose(mail, "Forum <forum@host.example>") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == f"<{mail.id}@host.example>"


@pytest.mark.parametrize("inside", ["\r\nBcc: x@evil.example", "\nBcc: x@evil.example\n\nBody"])
def test_no_name_can_begin_another_header(session: Session, inside: str) -> None:
    write(session, subject=f"Hello {inside}", address=f"amal@people.example{inside}"[:320])
    mail = session.scalars(select(Mail)).one()
    assert "\n" not in mail.subject + mail.address
    mail.address = "amal@people.example"
    assert compose(mail, "forum@host.example")["Bcc"] is None


def test_what_is_no_address_fails_and_stops_nobody_else(session: Session, config: Config) -> None:
    write(session, address="a b@@x")
    write(session, "zora")
    with Folder(config) as carrier:
        assert deliver(session, carrier) == 1
    assert states(session) == ["failed", "sent"]


def test_links_come_from_the_settings(app: Flask) -> None:
    with app.test_request_context(headers={"X-Forwarded-Host": "evil.example"}):
        inside = link_to("accounts.open_link", token="x")
    with app.app_context():
        outside = link_to("accounts.open_link", token="x")
    assert inside == outside == "http://forum.example/sign-in/x"
