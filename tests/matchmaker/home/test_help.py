"""Help at the spot: each part of the organiser's navigation explains itself, without JavaScript."""

from __future__ import annotations

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.home.help import HELP, OF_ANOTHER, help_for
from matchmaker.navigation import ORGANISER

SETTINGS = (
    "events.edit", "events.phases", "events.sessions", "events.places", "events.interpreters",
    "notices.settings", "participation.index", "vocabularies.index", "wishes.rules",
    "privacy.retention",
)  # fmt: skip


def test_every_part_and_every_setting_is_explained(app: Flask) -> None:
    for endpoint in (*(endpoint for _label, _icon, endpoint in ORGANISER), *SETTINGS):
        assert help_for(endpoint), endpoint


def test_help_is_for_pages_that_there_are(app: Flask) -> None:
    assert {*HELP, *OF_ANOTHER} <= set(app.view_functions)
    assert set(OF_ANOTHER.values()) <= set(HELP)


@pytest.mark.parametrize(("language", "said"), [("fr", "À quoi sert"), ("ar", "ما الغرض")])
def test_it_opens_on_the_page_in_its_language(
    client: FlaskClient, session: Session, language: str, said: str
) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    client.set_cookie("language", language)
    page = client.get(f"/organise/{event.id}/set-up/sessions").text
    assert said in page.split('<details class="help')[1].split("</summary>")[0]
