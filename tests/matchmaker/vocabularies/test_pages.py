"""The organiser looks after the lists on plain pages."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.organisations.services import find_or_add_organisation
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.queries import terms_of


@pytest.fixture
def event(session: Session, client: FlaskClient) -> Event:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    return event


def base(event: Event) -> str:
    return f"/organise/{event.id}/set-up/lists"


def term(session: Session, event: Event, code: str) -> Term:
    return session.scalars(select(Term).filter_by(event_id=event.id, kind="label", code=code)).one()


def test_a_term_is_added_renamed_and_hidden(
    client: FlaskClient, session: Session, event: Event
) -> None:
    assert "Emerging industries" in client.get(f"{base(event)}/").text
    said = {"name_fr": "Label Vert", "name_ar": "الشارة الخضراء"}
    assert client.post(f"{base(event)}/label", data=said).status_code == 302
    added = term(session, event, "label-vert")
    page = client.get(f"{base(event)}/label").text
    assert "Label Vert" in page
    said = {"name_fr": "Label vert clair", "position": "1"}
    assert client.post(f"{base(event)}/terms/{added.id}", data=said).status_code == 302
    assert (added.labels, added.is_active) == ({"fr": "Label vert clair"}, False)
    assert terms_of(session, event.id, "label")[0] is added
    assert "Hidden" in client.get(f"{base(event)}/label").text


def test_a_line_moves_down_and_an_unused_one_goes(
    client: FlaskClient, session: Session, event: Event
) -> None:
    first = term(session, event, "ecei-bronze")
    client.post(f"{base(event)}/terms/{first.id}/move", data={"way": "down"})
    assert [row.code for row in terms_of(session, event.id, "label")][:2] == [
        "ecei-silver",
        "ecei-bronze",
    ]
    client.post(f"{base(event)}/terms/{first.id}/remove")
    assert "ecei-bronze" not in [row.code for row in terms_of(session, event.id, "label")]


def test_a_used_one_stays_and_the_page_says_why(
    client: FlaskClient, session: Session, event: Event
) -> None:
    find_or_add_organisation(session, event, "Atlas", terms={"label": ["ecei-gold"]})
    session.commit()
    gold = term(session, event, "ecei-gold")
    page = client.get(f"{base(event)}/terms/{gold.id}").text
    assert "Chosen 1 time" in page
    assert "Remove from the list" not in page
    answer = client.post(f"{base(event)}/terms/{gold.id}/remove", follow_redirects=True)
    assert "is in use and stays" in answer.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202egold", "x\x00y", "' OR 1=1"])
def test_hostile_names_are_only_text(
    client: FlaskClient, session: Session, event: Event, name: str
) -> None:
    assert client.post(f"{base(event)}/label", data={"name_en": name}).status_code == 302
    page = client.get(f"{base(event)}/label")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_what_was_typed_comes_back_with_what_is_wrong(client: FlaskClient, event: Event) -> None:
    page = client.post(f"{base(event)}/label", data={"name_fr": "B Corp", "name_en": "x" * 300})
    assert page.status_code == 200
    assert "At most 200 characters" in page.text
    assert 'value="B Corp"' in page.text
    assert client.post(f"{base(event)}/label", data={}).status_code == 200
    assert client.get(f"{base(event)}/nothing").status_code == 404
