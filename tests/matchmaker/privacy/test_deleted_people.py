"""Of somebody whose account is gone the lists say so, instead of an inner key."""

from __future__ import annotations

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.participants.naming import erased_reference, shown_name
from matchmaker.privacy.erasure import erase
from matchmaker.schedules.names import Names
from matchmaker.wishes.entering import names_of
from matchmaker.wishes.queries import find_wishes

SAID = {"en": "(deleted person)", "fr": "(personne supprimée)", "ar": "(شخص محذوف)"}


@pytest.fixture
def forum(session: Session) -> Forum:
    """Bilal has left, and had his account deleted."""
    forum = schedule_cast.make_forum(session)
    erase(session, cast.make_account(session, "Bilal"))
    return forum


@pytest.mark.parametrize("language", sorted(SAID))
def test_a_deleted_person_is_called_so_in_every_language(
    session: Session, forum: Forum, language: str
) -> None:
    with speak(language):
        assert Names(session, forum.event.id).person("bilal") == SAID[language]


def test_wishes_say_it_too(session: Session, forum: Forum) -> None:
    with speak("en"):
        lines = find_wishes(session, forum.event.id).lines(0, 10)
        named = names_of(session, forum.event.id, ["amal", "bilal"])
    assert sorted((line.from_name, line.to_name) for line in lines) == [
        ("Amal Test", "(deleted person)"),
        ("Amal Test", "Chen Test"),
        ("Chen Test", "(deleted person)"),
    ]
    assert named == {"amal": "Amal Test", "bilal": "(deleted person)"}


@pytest.mark.parametrize("page", ["participants", "participants/bilal", "wishes"])
def test_no_page_shows_the_inner_key(client: FlaskClient, forum: Forum, page: str) -> None:
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    answer = client.get(f"/organise/{forum.event.id}/{page}", follow_redirects=True)
    assert answer.status_code == 200
    assert "<bdi>(deleted person)</bdi>" in answer.text
    assert f"<bdi>{erased_reference('bilal')}" not in answer.text


def test_somebody_without_a_name_is_called_by_the_reference(app: Flask) -> None:
    with app.app_context(), speak("en"):
        assert shown_name("p1", "", "", "B-17") == "B-17"
        assert shown_name("p1", "", "", None) == "p1"
        assert shown_name("p1", "", "", erased_reference("p2")) == "erased-p2"
