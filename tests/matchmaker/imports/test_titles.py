"""A file that nobody knows is read by columns assigned by hand, which are remembered."""

from __future__ import annotations

import io
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from matchmaker.events.models import Event, Membership
from matchmaker.imports.models import Import, ImportTitle
from matchmaker.participants.models import Participant

UNKNOWN = b"Contact;Vorname;Zuname;Country\r\namal@x.example;Amal;Benali;Morocco\r\n"


@pytest.fixture
def dounia(client: FlaskClient, session: Session, event: Event) -> FlaskClient:
    cast.sign_in(client, cast.make_organiser(session, event))
    return client


def upload(client: FlaskClient, event: Event, data: bytes = UNKNOWN) -> TestResponse:
    return client.post(
        f"/organise/{event.id}/imports/",
        data={"kind": "participants", "file": (io.BytesIO(data), "list.csv")},
        follow_redirects=True,
    )


def assign(client: FlaskClient, session: Session, event: Event, *fields: str) -> TestResponse:
    row = session.scalars(select(Import).where(Import.state == "preview")).one()
    session.rollback()
    form: dict[str, Any] = {f"column-{place}": field for place, field in enumerate(fields)}
    path = f"/organise/{event.id}/imports/{row.id}/columns"
    return client.post(path, data=form, follow_redirects=True)


def test_columns_are_assigned_by_hand_and_remembered(
    dounia: FlaskClient, session: Session, event: Event
) -> None:
    page = upload(dounia, event)
    assert page.request.path.endswith("/columns")
    for words in ("There is no column", "<bdi>Vorname</bdi>", "<bdi>amal@x.example</bdi>"):
        assert words in page.text
    preview = assign(dounia, session, event, "email", "first_name", "last_name", "")
    assert "Preview of the import" in preview.text
    assert "These columns are not known and are ignored: <bdi>Country</bdi>" in preview.text
    dounia.post(preview.request.path, data={"choice": "keep"})
    [amal] = session.scalars(select(Participant)).all()
    assert (amal.name, amal.email) == ("Amal Benali", "amal@x.example")
    session.rollback()
    again = upload(
        dounia, event, UNKNOWN.replace(b"amal@", b"bilal@").replace(b"Contact", b"CONTACT")
    )
    assert again.request.path.count("/") == preview.request.path.count("/")
    assert "bilal@x.example" in again.text


def test_what_the_title_says_by_itself_is_not_remembered(
    dounia: FlaskClient, session: Session, event: Event
) -> None:
    upload(dounia, event)
    assign(dounia, session, event, "email", "first_name", "", "country")
    rows = session.scalars(select(ImportTitle).order_by(ImportTitle.title_key)).all()
    assert [(row.title_key, row.field) for row in rows] == [
        ("contact", "email"), ("vorname", "first_name"),
    ]  # fmt: skip
    session.rollback()
    assign(dounia, session, event, "email", "", "", "")
    rows = session.scalars(select(ImportTitle).order_by(ImportTitle.title_key)).all()
    assert [(row.title_key, row.field) for row in rows] == [("contact", "email"), ("country", "")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("email", "last_name", "last_name", ""), "cannot both be the same"),
        (("email", "nonsense", "", ""), "Choose one of the columns offered."),
        (("first_name", "last_name", "", ""), "There is no column"),
    ],
)
def test_what_cannot_be_is_said(
    dounia: FlaskClient, session: Session, event: Event, fields: tuple[str, ...], sentence: str
) -> None:
    upload(dounia, event)
    page = assign(dounia, session, event, *fields)
    assert page.request.path.endswith("/columns")
    assert sentence in page.text


def test_another_event_knows_nothing_of_it(
    dounia: FlaskClient, session: Session, event: Event
) -> None:
    upload(dounia, event)
    assign(dounia, session, event, "email", "first_name", "last_name", "")
    other = cast.make_event(session, "other")
    account = session.scalars(select(Membership.account_id)).one()
    session.add(Membership(account_id=account, event_id=other.id, role="organiser"))
    session.commit()
    assert upload(dounia, other).request.path.endswith("/columns")


def test_a_file_without_its_columns_is_never_taken_over(
    dounia: FlaskClient, session: Session, event: Event
) -> None:
    upload(dounia, event)
    row = session.scalars(select(Import)).one()
    session.rollback()
    path = f"/organise/{event.id}/imports/{row.id}"
    answer = dounia.post(path, data={"choice": "keep"}, follow_redirects=True)
    assert "There is no column" in answer.text
    assert session.scalars(select(Participant)).all() == []
    session.rollback()
    assert dounia.get(path).location == f"{path}/columns"


def test_a_title_without_letters_is_nothing_to_remember(session: Session, event: Event) -> None:
    session.add(ImportTitle(event_id=event.id, kind="wishes", title_key="", field="from"))
    with pytest.raises(IntegrityError):
        session.flush()
