"""Logs tell operators what happened and nobody who it was."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace

import cast
import pytest
import structlog
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from matchmaker import create_app
from matchmaker.accounts.access import anyone
from matchmaker.accounts.links import add_link
from matchmaker.config import Config
from matchmaker.database import db
from matchmaker.logs import configure_logs


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What an operator finds on stderr."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs(to_stderr=True)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_a_request_is_one_line_of_json_with_endpoint_and_ids(
    app: Flask, session: Session, lines: io.StringIO
) -> None:
    amal = cast.make_account(session, "Amal")
    client = app.test_client()
    cast.sign_in(client, amal)
    client.get("/account?name=Zerzoura")
    entry = json.loads(lines.getvalue().splitlines()[-1])
    entry.pop("timestamp")
    entry.pop("milliseconds")
    assert entry == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "endpoint": "accounts.account",
        "status": 200,
        "account": amal.id,
    }


def test_no_name_address_or_secret_is_ever_logged(
    app: Flask, session: Session, lines: io.StringIO
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @anyone
    def fail(token: str) -> str:
        db.session.execute(text("SELECT nothing FROM mail WHERE address = :a"), {"a": token})
        return ""

    app.add_url_rule("/fail/<token>", "fail", fail)
    amal = cast.make_account(session, "Zerzoura")
    token = add_link(session, amal)
    session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"address": amal.email})
    client.post(f"/sign-in/{token}", data={"name": amal.name})
    assert client.get(f"/fail/{token}").status_code == 500
    logging.getLogger("waitress").warning("GET /sign-in/%s?x=1 of a client", token)
    said = lines.getvalue()
    assert '"fault"' in said
    assert [secret in said for secret in (token, "erzoura", "people.example")] == [False] * 3
    assert "/sign-in/***" in said


def test_a_fault_is_told_by_kind_and_place(lines: io.StringIO) -> None:
    try:
        raise ValueError("Zerzoura\nis 7")
    except ValueError:
        structlog.get_logger().exception("import.failed", row=7)
    entry = json.loads(lines.getvalue())
    assert (entry["event"], entry["fault"], entry["row"]) == ("import.failed", "ValueError", 7)
    assert "test_a_fault_is_told_by_kind_and_place" in entry["at"][-1]
    assert "Zerzoura" not in lines.getvalue()


def test_nobody_can_forge_a_line(lines: io.StringIO) -> None:
    structlog.get_logger().info("mail.sent", mail='x"}\n{"event": "forged"')
    assert len(lines.getvalue().splitlines()) == 1


def test_a_database_error_does_not_quote_the_row(app: Flask, session: Session) -> None:
    cast.make_account(session, "Zerzoura")
    with pytest.raises(Exception, match=r"UNIQUE|unique") as caught:
        cast.make_account(session, "Zerzoura")
    assert "SQL parameters hidden" in str(caught.value)


def test_an_application_in_service_logs_to_stderr(
    config: Config, lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(replace(config, testing=False))
    app.test_client().get("/health")
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["endpoint"] == "home.health"
    with app.app_context():
        db.engine.dispose()
