"""Organisers look after organisations and delegations."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.events.queries import members_of
from matchmaker.organisations.queries import delegations_of
from matchmaker.organisations.services import find_or_add_organisation
from matchmaker.organisations.terms import chosen_by


@pytest.fixture
def event(session: Session, client: FlaskClient) -> Event:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    return event


def test_an_organisation_is_found_and_changed(
    client: FlaskClient, session: Session, event: Event
) -> None:
    atlas = find_or_add_organisation(session, event, "Atlas", city="Fès")
    find_or_add_organisation(session, event, "Rif")
    session.commit()
    base = f"/organise/{event.id}/organisations"
    page = client.get(f"{base}?q=atlas").text
    assert ("Atlas" in page, "Rif" in page) == (True, False)
    said = {"name": "Atlas", "country": "MA", "type": "sme", "sector": ["water", "waste"]}
    assert client.post(f"{base}/{atlas.id}", data=said).status_code == 302
    chosen = chosen_by(session, atlas)
    assert (atlas.country, chosen["type"], chosen["sector"]) == ("MA", ["sme"], ["waste", "water"])
    assert "SME" in client.get(f"{base}?q=PME").text
    refused = client.post(f"{base}/{atlas.id}", data=said | {"name": "RIF"})
    assert (refused.status_code, atlas.name) == (200, "Atlas")


def test_somebody_is_invited_to_look_after_a_delegation(
    client: FlaskClient, session: Session, event: Event
) -> None:
    base = f"/organise/{event.id}/delegations"
    client.post(base, data={"code": "CISE", "name_fr": "Cluster CISE"})
    (delegation,) = delegations_of(session, event.id)
    client.post(f"{base}/{delegation.id}/leaders", data={"address": "amal@people.example"})
    roles = {(account.email, member.role) for member, account in members_of(session, event.id)}
    assert roles == {("dounia@people.example", "owner"), ("amal@people.example", "delegation")}
    assert "amal@people.example" in client.get(f"{base}/{delegation.id}").text
    client.post(f"{base}/{delegation.id}/remove")
    assert delegations_of(session, event.id) == []


def test_many_organisations_come_in_pages_that_keep_the_search(
    client: FlaskClient, session: Session, event: Event
) -> None:
    for number in range(51):
        cast.make_organisation(session, event, f"Atlas {number:02}")
    cast.make_organisation(session, event, "Aaa")
    session.commit()
    base = f"/organise/{event.id}/organisations?q=atlas"
    first, second = client.get(base).text, client.get(f"{base}&page=2").text
    assert "51 organisations" in first
    assert ("Atlas 49" in first, "Atlas 50" in first, "Aaa" in first) == (True, False, False)
    assert ("Atlas 49" in second, "Atlas 50" in second) == (False, True)
    assert "q=atlas&amp;page=2" in first
