"""A mail that comes back marks the mail that was sent, and the organiser sees whom it was for."""

from __future__ import annotations

from pathlib import Path

import cast
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.cli import commands
from matchmaker.config import Config
from matchmaker.mails.bounces import reports_in, split_mbox, take_in
from matchmaker.mails.carriers import Folder
from matchmaker.mails.delivery import deliver
from matchmaker.mails.letters import Letter
from matchmaker.mails.models import Mail
from matchmaker.mails.services import post

# As Postfix writes it (RFC 3464); the ids are filled in.
REPORT = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: forum@matchmaker.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"
Message-Id: <20261126101010.ABCDEF0123@mx.example>

--B1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Thu, 26 Nov 2026 10:10:10 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected

--B1
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: forum@matchmaker.example
To: {address}
{head}

--B1--
"""


def report(mail: Mail | None, address: str = "bilal@people.example", **said: str) -> bytes:
    head = f"Message-ID: <{mail.id}@matchmaker.example>" if mail else "Subject: x"
    values = {"action": "failed", "status": "5.1.1", **said}
    return REPORT.format(address=address, head=head, **values).encode()


@pytest.fixture
def sent(session: Session, config: Config) -> Mail:
    event = cast.make_event(session)
    cast.make_participant(session, event, "Bilal")
    letter = Letter("Your agenda", ("B",))
    post(session, address="Bilal@people.example", language="fr", letter=letter, event_id=event.id)
    session.commit()
    with Folder(config) as folder:
        deliver(session, folder)
    return again(session)


def again(session: Session) -> Mail:
    session.expire_all()
    return session.scalars(select(Mail)).one()


def test_a_report_marks_the_mail_that_it_quotes(session: Session, sent: Mail) -> None:
    assert take_in(session, report(sent, address="somebody.else@people.example")) == 1
    assert (again(session).state, again(session).failure) == ("bounced", "5.1.1")
    assert take_in(session, report(sent)) == 0  # read twice


def test_a_report_that_quotes_nothing_counts_for_the_last_mail(
    session: Session, sent: Mail
) -> None:
    assert take_in(session, report(None)) == 1
    assert again(session).state == "bounced"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(report(None, action="delayed"), id="late"),
        pytest.param(report(None, address="nobody@people.example"), id="somebody else"),
        pytest.param(b"From: a@b.example\nSubject: Out of office\n\nBack on Monday", id="away"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00 no mail at all", id="noise"),
        pytest.param(b'Content-Type: multipart/report; boundary="x"\n\n--x', id="broken"),
        pytest.param(b"Content-Type: message/delivery-status\n\nAction: failed", id="bare"),
    ],
)
def test_anything_else_marks_nothing(session: Session, sent: Mail, text: bytes) -> None:
    assert take_in(session, text) == 0
    assert again(session).state == "sent"


def test_a_mailbox_file_holds_many(session: Session, sent: Mail) -> None:
    mbox = b"From MAILER-DAEMON Thu Nov 26\n" + report(None, address="x@y.example")
    mbox += b"\nFrom MAILER-DAEMON Thu Nov 26\n" + report(sent)
    assert len(split_mbox(mbox)) == 2
    assert [r.status for part in split_mbox(mbox) for r in reports_in(part)] == ["5.1.1"] * 2
    assert take_in(session, mbox) == 1


def test_the_command_reads_a_file(
    app: Flask, session: Session, sent: Mail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "back.eml"
    path.write_bytes(report(sent))
    session.rollback()
    monkeypatch.setattr("matchmaker.create_app", lambda: app)
    answer = CliRunner().invoke(commands, ["bounces", str(path)])
    assert (answer.output, answer.exit_code) == ("1 mails marked as returned\n", 0)
    assert again(session).state == "bounced"


def test_the_organiser_sees_whom_mails_do_not_reach(
    client: FlaskClient, session: Session, sent: Mail
) -> None:
    event_id = str(sent.event_id)
    dounia = cast.make_organiser(session, session.get_one(cast.Event, event_id))
    cast.sign_in(client, dounia)
    home = f"/organise/{event_id}/participants"
    assert "have come back" not in client.get(home).text
    take_in(session, report(again(session)))
    assert "have come back" in client.get(home).text
    page = client.get(f"{home}/returned-mails").text
    assert "Bilal Test" in page
    assert "There is no such mailbox" in page
    change_address(session)
    assert "No mail has come back." in client.get(f"{home}/returned-mails").text


def change_address(session: Session) -> None:
    person = session.scalars(select(cast.Participant)).one()
    person.email = "bilal@new.example"
    session.commit()
