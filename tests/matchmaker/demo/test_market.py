"""The demonstration forum's organisations describe themselves, and its people offer things."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.demo import words
from matchmaker.demo.loading import load_demo
from matchmaker.marketplace.models import Entry
from matchmaker.organisations.models import Delegation, MemberCount, OrganisationTerm


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_clusters_have_a_composition_and_people_have_entries(app: Flask) -> None:
    with app.test_request_context():
        load_demo(db.session, participants=60, seed=2)
        clusters = db.session.scalars(
            select(OrganisationTerm.organisation_id).where(OrganisationTerm.code == "cluster")
        ).all()
        assert len(clusters) == len(words.CLUSTERS)
        composed = set(db.session.scalars(select(MemberCount.organisation_id)))
        assert composed == set(clusters)
        entries = db.session.scalars(select(Entry)).all()
        assert {entry.language for entry in entries} == {"fr", "ar", "en"}
        assert {entry.kind for entry in entries} == {"offer", "need"}
        assert len(entries) > 20


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_delegations_are_called_as_their_clusters(app: Flask) -> None:
    with app.test_request_context():
        load_demo(db.session, participants=60, seed=2)
        delegations = db.session.scalars(select(Delegation)).all()
        assert len(delegations) == len(words.CLUSTERS)
        assert all(delegation.names["ar"] for delegation in delegations)
