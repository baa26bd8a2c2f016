"""The catalogue's pages: narrowed, sorted, cut into pages; and bookmarks, which are one's own."""

from __future__ import annotations

import re
from typing import Any

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.catalogue import services
from matchmaker.catalogue.models import Bookmark, Document
from matchmaker.catalogue.views import blueprint
from matchmaker.events.models import Event
from matchmaker.marketplace.services import add_entry
from matchmaker.organisations.services import change_organisation
from matchmaker.participants.models import Participant
from matchmaker.privacy.collecting import collect
from matchmaker.privacy.erasure import erase

ME = "/events/forum/me"


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def amal(client: FlaskClient, session: Session, forum: Event) -> Participant:
    amal = join(session, forum, "Amal")
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    return amal


def join(session: Session, event: Event, name: str, **values: Any) -> Participant:
    account = cast.make_account(session, name)
    return cast.make_participant(session, event, name, account, consent_version="1", **values)


def settle(session: Session, forum: Event) -> None:
    """Bilal of Bahr in Morocco, water; Farah of Loire in France, energy, with an offer."""
    for name, country, sector, person, spoken in (
        ("Bahr", "MA", "water", "Bilal", "ar"), ("Loire", "FR", "energy", "Farah", "fr"),
    ):  # fmt: skip
        house = cast.make_organisation(session, forum, name)
        change_organisation(session, house, name=name, country=country, terms={"sector": [sector]})
        join(session, forum, person, organisation_id=house.id, spoken=[spoken])
    farah = session.get_one(Participant, (forum.id, "farah"))
    add_entry(session, farah, {"kind": "offer", "title": "Solar pumps", "text": "", "terms": {},
                               "language": "en", "is_active": True})  # fmt: skip
    session.commit()


def people_on(page: str) -> list[str]:
    return re.findall(r'<li class="card person" id="(\w+)"', page)


def options_on(page: str, facet: str) -> dict[str, str]:
    found = re.findall(
        rf'name="{facet}" value="([^"]*)"[^>]*> <span[^>]*>[^<]*</span><span class="count">(\d+)',
        page,
    )
    return dict(found)


def test_the_list_is_narrowed_by_facets_that_count_each_other(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    page = client.get(f"{ME}/people").text
    assert people_on(page) == ["bilal", "farah"]
    assert options_on(page, "country") == {"MA": "1", "FR": "1"}
    page = client.get(f"{ME}/people?country=FR").text
    assert people_on(page) == ["farah"]
    assert options_on(page, "country") == {"MA": "1", "FR": "1"}
    assert options_on(page, "sector") == {"energy": "1"}
    assert options_on(page, "kind") == {"offer": "1"}
    assert people_on(client.get(f"{ME}/people?country=FR&country=MA&q=ba").text) == ["bilal"]
    assert "Nobody is found here" in client.get(f"{ME}/people?country=FR&sector=water").text


def test_what_narrows_the_list_can_be_taken_away_piece_by_piece(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    page = client.get(f"{ME}/people?q=solar&country=FR&country=MA&sector=energy&order=name").text
    chips = page.split('<ul class="chips')[1].split("</ul>")[0].replace("&amp;", "&")
    assert re.findall(r'<a [^>]*href="[^"?]*(\?[^"]*)?"', chips) == [
        "?q=solar&order=name&country=FR&country=MA",
        "?q=solar&order=name&sector=energy&country=MA",
        "?q=solar&order=name&sector=energy&country=FR",
        "",
    ]


def test_a_grade_comes_back_to_the_list_as_it_was(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    asked = "q=solar&country=FR&country=MA"
    page = client.get(f"{ME}/people?{asked}&part=found").text.replace("&amp;", "&")
    assert f'action="{ME}/people/farah?{asked}"' in page
    answer = client.post(f"{ME}/people/farah?{asked}", data={"grade": "like"})
    assert answer.location == f"{ME}/people?{asked}#farah"


@pytest.mark.parametrize("name", ["people", "marketplace/"])
def test_while_typing_only_the_part_that_changes_is_sent(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, name: str
) -> None:
    settle(session, forum)
    whole = client.get(f"{ME}/{name}?q=solar").text
    part = client.get(f"{ME}/{name}?q=solar&part=found").text
    assert "<html" not in part
    for piece in re.findall(r'<div id="(?:facets|found)"[^>]*>(.*?)\n</div>', part, re.S):
        assert piece.strip() in whole
    assert "Farah" in part
    assert "Bilal" not in part


def test_a_long_list_is_cut_into_pages(
    client: FlaskClient,
    session: Session,
    forum: Event,
    amal: Participant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blueprint, "SIZE", 2)
    for name in "ABCDE":
        join(session, forum, f"P{name}", last_name="")
    session.commit()
    seen = [people_on(client.get(f"{ME}/people?q=p&page={number}").text) for number in (1, 2, 3, 9)]
    assert seen == [["pa", "pb"], ["pc", "pd"], ["pe"], ["pe"]]
    assert "page=2" in client.get(f"{ME}/people?q=p").text


@pytest.mark.parametrize(
    "question", ["page=x", "order=%00", "sector=%27", "among=all", "kind=" + "x" * 9000, "q=%ff"]
)
def test_nonsense_in_the_address_is_no_error(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, question: str
) -> None:
    settle(session, forum)
    for name in ("people", "marketplace/"):
        assert client.get(f"{ME}/{name}?{question}").status_code == 200


def test_an_index_that_says_too_much_shows_nobody(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    """The page asks the people themselves whether they are shown."""
    settle(session, forum)
    digests = session.scalars(select(Document.digest)).all()
    session.get_one(Participant, (forum.id, "bilal")).state = "withdrawn"
    session.commit()
    session.add(
        Document(number=999, event_id=forum.id, participant_id="bilal", names="bilal", titles="",
                 texts="", name_key="bilal", organisation_key="", codes={}, digest=digests[0],
                 created_at=forum.created_at)
    )  # fmt: skip
    session.commit()
    assert people_on(client.get(f"{ME}/people?q=bilal").text) == []


def bookmarks(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    return [(row.from_id, row.to_id) for row in session.scalars(select(Bookmark))]


def test_somebody_is_bookmarked_found_again_and_let_go(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    for _ in range(2):
        answer = client.post(f"{ME}/people/farah/bookmark?q=far", data={"keep": "yes"})
    assert answer.location == f"{ME}/people?q=far#farah"
    assert bookmarks(session) == [("amal", "farah")]
    page = client.get(f"{ME}/people?among=bookmarked").text
    assert people_on(page) == ["farah"]
    assert 'value="no" aria-pressed="true"' in page
    own_page = client.get(f"{ME}/people/farah/profile").text
    assert re.search(r'bookmark\?on=person"[^>]*>.*?value="no" aria-pressed="true"', own_page, re.S)
    client.post(f"{ME}/people/farah/bookmark?on=person", data={"keep": "no"})
    assert bookmarks(session) == []


def test_who_has_no_grade_of_mine_yet_can_be_listed_alone(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    cast.make_wish(session, amal, session.get_one(Participant, (forum.id, "bilal")), "never")
    session.commit()
    assert people_on(client.get(f"{ME}/people?among=new").text) == ["farah"]


@pytest.mark.parametrize("other", ["amal", "nobody", "hidden"])
def test_only_others_who_are_shown_can_be_bookmarked(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, other: str
) -> None:
    join(session, forum, "Hidden").consent_version = None
    session.commit()
    answer = client.post(f"{ME}/people/{other}/bookmark", data={"keep": "yes"})
    assert answer.status_code == 404
    assert bookmarks(session) == []


def test_a_bookmark_of_somebody_who_left_can_be_taken_away(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    client.post(f"{ME}/people/farah/bookmark", data={"keep": "yes"})
    session.get_one(Participant, (forum.id, "farah")).state = "withdrawn"
    session.commit()
    assert people_on(client.get(f"{ME}/people?among=bookmarked").text) == []
    assert client.post(f"{ME}/people/farah/bookmark", data={"keep": "no"}).status_code == 302
    assert bookmarks(session) == []


def test_there_is_a_limit_that_is_said(
    client: FlaskClient,
    session: Session,
    forum: Event,
    amal: Participant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "MOST_BOOKMARKS", 1)
    settle(session, forum)
    for name in ("bilal", "farah"):
        client.post(f"{ME}/people/{name}/bookmark", data={"keep": "yes"})
    assert bookmarks(session) == [("amal", "bilal")]
    assert "You have 1 bookmarks" in client.get(f"{ME}/people").text


def test_nobody_learns_who_bookmarked_them(
    client: FlaskClient, app: Flask, session: Session, forum: Event, amal: Participant
) -> None:
    settle(session, forum)
    client.post(f"{ME}/people/farah/bookmark", data={"keep": "yes"})
    farah = session.get_one(Participant, (forum.id, "farah"))
    mine = collect(session, session.get_one(Account, amal.account_id))
    theirs = collect(session, session.get_one(Account, farah.account_id))
    assert [row["to_id"] for row in mine["bookmark"]] == ["farah"]
    assert "bookmark" not in theirs


@pytest.mark.parametrize("leaver", ["amal", "farah"])
def test_bookmarks_go_with_either_person(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, leaver: str
) -> None:
    settle(session, forum)
    client.post(f"{ME}/people/farah/bookmark", data={"keep": "yes"})
    person = session.get_one(Participant, (forum.id, leaver))
    erase(session, session.get_one(Account, person.account_id))
    assert bookmarks(session) == []
