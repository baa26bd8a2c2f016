"""Many wish at the same moment, over real HTTP: no error, nothing lost, quotas exact."""

from __future__ import annotations

import cast
from flask import Flask

from benchmarks.wishing import faults_of, prepare, served, wish_at_once
from matchmaker.database import db

WISHERS, LIMIT = 24, 2


def test_many_who_wish_at_once_lose_nothing_and_get_no_wish_too_many(
    app: Flask, database_url: str
) -> None:
    with app.app_context():
        event = cast.make_event(db.session, top_limit=LIMIT)
        for number in range(WISHERS):
            account = cast.make_account(db.session, f"Person{number:02}")
            cast.make_participant(db.session, event, account.name, account, consent_version="1")
        wishers = prepare(app, event)
        event_id, slug = event.id, event.slug
    with served(app) as address:
        statuses = wish_at_once(address, slug, wishers)
    assert statuses == {302: sum(len(w.tops) + len(w.likes) for w in wishers)}
    assert all(len(wisher.tops) > LIMIT for wisher in wishers)
    with app.app_context():
        assert faults_of(event_id, wishers, LIMIT) == []


def test_the_check_sees_a_wish_that_is_lost(app: Flask) -> None:
    with app.app_context():
        event = cast.make_event(db.session, top_limit=LIMIT)
        for number in range(WISHERS):
            account = cast.make_account(db.session, f"Person{number:02}")
            cast.make_participant(db.session, event, account.name, account, consent_version="1")
        wishers = prepare(app, event)
        assert len(faults_of(event.id, wishers, LIMIT)) == WISHERS
