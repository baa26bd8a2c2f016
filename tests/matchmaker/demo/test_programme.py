"""The demonstration forum has a programme beside its meetings, and none of it costs a meeting."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.demo.loading import load_demo
from matchmaker.events.models import Slot
from matchmaker.languages import LANGUAGES
from matchmaker.programme.queries import items_of


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_newcomer_finds_a_plenary_pitches_and_a_visit_to_sign_up_for(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        event = load_demo(db.session, participants=10, seed=1)
        items = items_of(db.session, event.id)
        assert [item.kind for item in items] == ["plenary", "pitch", "visit"]
        assert [item.attendance for item in items] == ["all", "open", "sign_up"]
        assert all(set(item.titles) == set(item.abouts) == set(LANGUAGES) for item in items)
        for slot in db.session.scalars(select(Slot).where(Slot.event_id == event.id)):
            assert all(
                item.ends_at <= slot.starts_at or slot.ends_at <= item.starts_at for item in items
            )
        slug = event.slug
    client.set_cookie("language", "en", domain="forum.example")
    assert "Visit to a waste-water plant" in client.get(f"/events/{slug}/").text
