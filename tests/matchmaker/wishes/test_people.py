"""People find each other, grade each other, and learn nothing that is not theirs to know."""

from __future__ import annotations

import re

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import db, now
from matchmaker.events.models import Event
from matchmaker.participants.models import Absence, Participant
from matchmaker.wishes.models import Wish

ME = "/events/forum/me"
PAGES = (f"{ME}/", f"{ME}/people", f"{ME}/wishes", f"{ME}/profile")


def add(session: Session, event: Event, name: str, **values: object) -> Participant:
    shown = {"consent_version": "1", "consent_at": now(), "phone": f"tel-of-{name}"}
    return cast.make_participant(session, event, name, **{**shown, **values})


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session, top_limit=1)


@pytest.fixture
def amal(client: FlaskClient, session: Session, forum: Event) -> Participant:
    account = cast.make_account(session, "Amal")
    amal = add(session, forum, "Amal", account=account)
    cast.sign_in(client, account)
    return amal


def plain(page: str) -> str:
    """The page without the tokens of its forms, which carry the time."""
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", page)


def wishes(session: Session) -> list[tuple[str, str, str, str]]:
    session.rollback()
    session.expire_all()
    return [
        (wish.from_id, wish.to_id or f"o:{wish.to_organisation_id}", wish.grade, wish.state)
        for wish in session.scalars(select(Wish).order_by(Wish.position))
    ]


def test_the_list_is_searched_and_narrowed(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    eau = cast.make_organisation(session, forum, "Électricité de l'Atlas")
    eau.country = "MA"
    add(session, forum, "Bilal", organisation_id=eau.id, spoken=["ar"])
    add(session, forum, "Farah", last_name="أحمد")
    session.commit()

    def found(query: str) -> set[str]:
        page = client.get(f"{ME}/people?{query}").text
        return {name for name in ("Bilal", "Farah", "Amal Test") if name in page}

    assert found("") == {"Bilal", "Farah"}
    assert found("q=ELECTRICITE") == {"Bilal"}
    assert found("q=احمد") == {"Farah"}
    assert found("country=MA") == {"Bilal"}
    assert found("spoken=ar") == {"Bilal"}
    assert found(f"organisation={eau.id}") == {"Bilal"}
    assert found("q=nobody") == set()
    assert found("page=99") == {"Bilal", "Farah"}


def test_a_button_grades_and_comes_back_to_its_place(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    add(session, forum, "Bilal")
    session.commit()
    answer = client.post(f"{ME}/people/bilal?q=bil&next=//evil.example", data={"grade": "top"})
    assert answer.headers["Location"] == f"{ME}/people?q=bil#bilal"
    assert wishes(session) == [("amal", "bilal", "top", "open")]
    page = client.get(f"{ME}/people").text
    assert page.count('aria-pressed="true"') == 1 + page.count('lang="fr" title')
    client.post(f"{ME}/people/bilal?on=mine", data={"grade": ""})
    assert wishes(session) == []


def test_one_top_too_many_is_refused_with_a_sentence(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    add(session, forum, "Bilal")
    add(session, forum, "Farah")
    session.commit()
    client.post(f"{ME}/people/bilal", data={"grade": "top"})
    client.post(f"{ME}/people/farah", data={"grade": "top"})
    assert wishes(session) == [("amal", "bilal", "top", "open")]
    assert 'class="error"' in client.get(f"{ME}/people").text


def test_a_script_gets_only_what_a_grade_changes(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    """So that the card stays where it is, and the way back is not full of grades."""
    add(session, forum, "Bilal")
    add(session, forum, "Farah")
    session.commit()

    def grade(name: str) -> str:
        sent = {"grade": "top", "part": "grades"}
        answer = client.post(f"{ME}/people/{name}?q=a", data=sent)
        assert answer.status_code == 200
        return answer.text

    part = grade("bilal")
    assert "<html" not in part
    assert 'data-saved="Saved."' in part
    assert f'action="{ME}/people/bilal?q=a"' in part
    assert re.findall(r'data-grade="(\w+)" aria-pressed="true"', part) == ["top"]
    assert "You have 0 top wishes left." in part
    refused = grade("farah")
    assert 'class="error"' in refused
    assert "data-saved" not in refused
    assert wishes(session) == [("amal", "bilal", "top", "open")]
    assert 'class="error"' not in client.get(f"{ME}/people").text


def test_an_organisation_is_graded_from_its_list(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    bahr = cast.make_organisation(session, forum, "Bahr")
    add(session, forum, "Bilal", organisation_id=bahr.id)
    session.commit()
    page = client.get(f"{ME}/people?organisation={bahr.id}").text
    assert f"{ME}/organisations/{bahr.id}" in page
    said = {"grade": "like", "message": "Pumps"}
    answer = client.post(f"{ME}/organisations/{bahr.id}", data=said, follow_redirects=True)
    assert "Your message is saved." in answer.text
    assert wishes(session) == [("amal", f"o:{bahr.id}", "like", "open")]
    assert "Pumps" in client.get(f"{ME}/wishes").text


def test_wishes_that_came_in_are_answered_where_the_event_asks_for_it(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    wish = cast.make_wish(session, add(session, forum, "Bilal"), amal, message="Hello Amal")
    session.commit()
    assert "/answer" not in client.get(f"{ME}/wishes").text
    forum.needs_acceptance = True
    session.commit()
    assert "Hello Amal" in client.get(f"{ME}/wishes").text
    client.post(f"{ME}/wishes/{wish.id}/answer", data={"answer": "accept"})
    assert wishes(session) == [("bilal", "amal", "like", "accepted")]
    client.post(f"{ME}/wishes/{wish.id}/answer", data={"answer": "decline"})
    assert wishes(session) == [("bilal", "amal", "like", "declined")]


def test_nobodys_contact_data_stands_on_another_persons_page(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    bilal = add(session, forum, "Bilal", reference="REF-77")
    [slot, *_rest] = cast.make_slots(session, forum)
    session.add(Absence(event_id=forum.id, participant_id="bilal", slot_id=slot.id))
    cast.make_wish(session, bilal, amal, message="Hello Amal")
    cast.make_wish(session, amal, bilal)
    session.commit()
    for path in PAGES:
        page = client.get(path).text
        for secret in ("bilal@people", "tel-of-Bilal", "REF-77", bilal.agenda_secret):
            assert secret not in page, path


def test_a_never_is_seen_by_who_said_it_alone(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    """Amal's pages are the same, byte for byte, whether Bilal said never or nothing."""
    bilal = add(session, forum, "Bilal")
    bahr = cast.make_organisation(session, forum, "Bahr")
    amal.organisation_id = bahr.id
    session.commit()
    before = [plain(client.get(path).text) for path in PAGES]
    never = cast.make_wish(session, bilal, amal, "never")
    session.add(Wish(event_id=forum.id, from_id="bilal", to_organisation_id=bahr.id, grade="never"))
    session.commit()
    assert [plain(client.get(path).text) for path in PAGES] == before
    answer = client.post(f"{ME}/wishes/{never.id}/answer", data={"answer": "accept"})
    nobody = client.post(f"{ME}/wishes/no-such-wish/answer", data={"answer": "accept"})
    assert (answer.status_code, answer.data) == (nobody.status_code, nobody.data)
    assert {state for *_wish, state in wishes(session)} == {"open"}


def test_whom_i_never_want_to_meet_does_not_appear_among_the_wishes_for_me(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    bilal = add(session, forum, "Bilal")
    cast.make_wish(session, bilal, amal, message="Hello Amal")
    cast.make_wish(session, amal, bilal, "never")
    session.commit()
    assert "Hello Amal" not in client.get(f"{ME}/wishes").text


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "withdrawn"},
        {"state": "registered"},
        {"state": "rejected"},
        {"consent_version": None},
    ],
)
def test_who_is_not_shown_is_gone_from_the_next_page_on(
    client: FlaskClient,
    session: Session,
    forum: Event,
    amal: Participant,
    hidden: dict[str, str | None],
) -> None:
    bilal = add(session, forum, "Bilal", job="Pump-maker")
    cast.make_wish(session, amal, bilal)
    cast.make_wish(session, bilal, amal, message="Hello Amal")
    session.commit()
    assert "Pump-maker" in client.get(f"{ME}/people").text
    for name, value in hidden.items():
        setattr(bilal, name, value)
    session.commit()
    for path in PAGES:
        page = client.get(path).text
        assert [word for word in ("Bilal", "Pump-maker", "Hello Amal") if word in page] == [], path


def test_a_hidden_person_can_be_taken_off_and_not_added(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    cast.make_wish(session, amal, add(session, forum, "Bilal", consent_version=None))
    add(session, forum, "Farah", consent_version=None)
    session.commit()
    assert client.post(f"{ME}/people/farah", data={"grade": "like"}).status_code == 404
    assert client.post(f"{ME}/people/bilal", data={"grade": ""}).status_code == 302
    assert wishes(session) == []


@pytest.mark.parametrize("state", ["registered", "rejected", "withdrawn"])
def test_who_is_not_in_sees_nobody(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, state: str
) -> None:
    add(session, forum, "Bilal")
    amal.state = state
    session.commit()
    for path in (f"{ME}/people", f"{ME}/wishes"):
        assert client.get(path).headers["Location"] == f"{ME}/"
    assert "Bilal" not in client.get(f"{ME}/").text


def test_chen_of_another_event_sees_and_does_nothing_here(
    client: FlaskClient, app: Flask, session: Session, forum: Event, amal: Participant
) -> None:
    other = cast.make_event(session, "other")
    chen = cast.make_account(session, "Chen")
    add(session, other, "Chen", account=chen)
    add(session, forum, "Bilal")
    wish = cast.make_wish(session, add(session, forum, "Farah"), amal)
    browser = app.test_client()
    cast.sign_in(browser, chen)
    for path in PAGES:
        assert browser.get(path).status_code == 404, path
    assert "Bilal" not in browser.get("/events/other/me/people").text
    for path in (f"{ME}/people/bilal", "/events/other/me/people/bilal"):
        assert browser.post(path, data={"grade": "like"}).status_code == 404
    answer = browser.post(f"/events/other/me/wishes/{wish.id}/answer", data={"answer": "accept"})
    assert answer.status_code == 302
    assert wishes(session) == [("farah", "amal", "like", "open")]


@pytest.mark.parametrize("path", [f"{ME}/people", f"{ME}/wishes"])
def test_the_number_of_statements_does_not_grow(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, path: str
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
        assert client.get(path).status_code == 200
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    def meet(name: str) -> None:
        bahr = cast.make_organisation(session, forum, f"House of {name}")
        person = add(session, forum, name, organisation_id=bahr.id)
        cast.make_wish(session, person, amal)
        cast.make_wish(session, amal, person)
        session.commit()

    meet("Bilal")
    with_one = statements()
    meet("Farah")
    meet("Chen")
    assert statements() == with_one


def test_the_start_page_counts_the_others_and_not_oneself(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    amal.consent_version = "1"
    session.commit()
    client.set_cookie("language", "en", domain="forum.example")
    assert "People who can be found: 0." in client.get(f"{ME}/").text
    add(session, forum, "Bilal")
    session.commit()
    assert "People who can be found: 1." in client.get(f"{ME}/").text


def test_a_persons_page_leads_to_the_message_once_there_is_a_wish(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    bilal = add(session, forum, "Bilal")
    session.commit()
    client.set_cookie("language", "en", domain="forum.example")
    link = f'href="{ME}/wishes#{bilal.id}">Write a message'
    assert link not in client.get(f"{ME}/people/{bilal.id}/profile").text
    url = f"{ME}/people/{bilal.id}"
    assert link in client.post(f"{url}?on=person", data={"grade": "top", "part": "grades"}).text
    assert link in client.get(f"{url}/profile").text
    assert link not in client.post(url, data={"grade": "like", "part": "grades"}).text
