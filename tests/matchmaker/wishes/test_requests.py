"""Requests are accepted, declined, questioned and run out; whatever is clicked, nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import recipient_of, writer_of
from matchmaker.participants.models import Participant
from matchmaker.privacy.collecting import collect
from matchmaker.privacy.erasure import erase
from matchmaker.wishes import answering, services
from matchmaker.wishes.meetings import propose_meetings
from matchmaker.wishes.models import Remark, Wish
from matchmaker.wishes.requests import standing_of
from matchmaker.wishes.rules import set_rules
from matchmaker.wishes.worker import warn

ME = "/events/forum/me"


@pytest.fixture
def forum(session: Session) -> Event:
    """Answers are asked for, within two days."""
    event = cast.make_event(session, needs_acceptance=True)
    set_rules(session, event, hours=48)
    return event


@pytest.fixture
def bilal(client: FlaskClient, session: Session, forum: Event) -> Participant:
    """Whom Amal wishes to meet; it is his browser."""
    return add(session, forum, "Bilal", cast.make_account(session, "Bilal"))


@pytest.fixture
def amal(session: Session, forum: Event) -> Participant:
    return add(session, forum, "Amal", cast.make_account(session, "Amal"))


@pytest.fixture
def wish(client: FlaskClient, session: Session, amal: Participant, bilal: Participant) -> Wish:
    wish = cast.make_wish(session, amal, bilal, message="Hello Bilal")
    session.commit()
    sign_in(client, session, bilal)
    return wish


def add(session: Session, event: Event, name: str, account: object = None, **values: object):
    shown = {"consent_version": "1", "consent_at": event.created_at}
    return cast.make_participant(session, event, name, account, **{**shown, **values})


def sign_in(client: FlaskClient, session: Session, person: Participant) -> None:
    account = cast.Account
    cast.sign_in(client, session.get_one(account, person.account_id))


def browser_of(app: Flask, session: Session, person: Participant) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, session, person)
    return browser


def post(client: FlaskClient, wish: Wish, what: str, **form: str) -> str:
    """What the page says afterwards."""
    answer = client.post(f"{ME}/wishes/{wish.id}/{what}", data=form)
    assert answer.status_code == 302
    return client.get(answer.headers["Location"]).text


def state(session: Session, wish: Wish) -> str:
    session.rollback()
    session.refresh(wish)
    return wish.state


def said(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = session.scalars(select(Remark).order_by(Remark.created_at))
    return [(row.author_id, row.text) for row in rows]


def grow_old(session: Session, wish: Wish, **age: float) -> datetime:
    wish.asked_at = now() - timedelta(**age)
    session.commit()
    return wish.asked_at


def test_accepting_twice_is_accepting_once(
    client: FlaskClient, session: Session, wish: Wish
) -> None:
    assert "You have accepted this wish." in post(client, wish, "answer", answer="accept")
    assert state(session, wish) == "accepted"
    first = wish.answered_at
    assert "You have accepted this wish." in post(client, wish, "answer", answer="accept")
    session.refresh(wish)
    assert wish.answered_at == first


def test_a_wish_is_declined_with_or_without_a_reason(
    app: Flask, client: FlaskClient, session: Session, wish: Wish, amal: Participant
) -> None:
    post(client, wish, "answer", answer="decline")
    assert (state(session, wish), said(session)) == ("declined", [])
    for _twice in range(2):
        post(client, wish, "answer", answer="decline", reason="We buy no pumps.")
    assert said(session) == [("bilal", "We buy no pumps.")]
    page = browser_of(app, session, amal).get(f"{ME}/wishes").text
    assert "We buy no pumps." in page
    assert "Declined" in page


def test_one_asks_back_and_is_answered(
    app: Flask, client: FlaskClient, session: Session, wish: Wish, amal: Participant
) -> None:
    page = post(client, wish, "remarks", text="Which pumps? \x00")
    assert "Which pumps?" in page
    post(client, wish, "remarks", text="Which pumps?")  # clicked twice
    hers = browser_of(app, session, amal)
    assert "Which pumps?" in hers.get(f"{ME}/wishes").text
    assert "Deep ones" in post(hers, wish, "remarks", text="Deep ones")
    assert "Deep ones" in client.get(f"{ME}/wishes").text
    assert said(session) == [("bilal", "Which pumps?"), ("amal", "Deep ones")]
    assert "first" in post(client, wish, "remarks", text="  ")
    assert "1000" in post(client, wish, "remarks", text="x" * 1001)
    assert len(said(session)) == 2


def test_nobody_else_reads_or_writes_there(
    app: Flask, client: FlaskClient, session: Session, forum: Event, wish: Wish
) -> None:
    post(client, wish, "remarks", text="Which pumps?")
    chen = add(session, forum, "Chen", cast.make_account(session, "Chen"))
    session.commit()
    browser = browser_of(app, session, chen)
    assert "Which pumps?" not in browser.get(f"{ME}/wishes").text
    for what in ("remarks", "answer", "renew"):
        assert "does not exist any more" in post(browser, wish, what, text="Hm", answer="accept")
    assert len(said(session)) == 1
    assert state(session, wish) == "open"


def test_the_page_says_beforehand_when_a_request_expires(
    client: FlaskClient, session: Session, wish: Wish
) -> None:
    page = client.get(f"{ME}/wishes").text
    assert "Expires on" in page
    assert 'class="soon"' not in page
    grow_old(session, wish, hours=40)
    assert 'class="soon"' in client.get(f"{ME}/wishes").text


def test_an_expired_request_says_so_and_what_to_do(
    app: Flask, client: FlaskClient, session: Session, wish: Wish, amal: Participant
) -> None:
    grow_old(session, wish, hours=49)
    page = client.get(f"{ME}/wishes").text
    assert "Expired on" in page
    assert f"{wish.id}/answer" not in page
    assert "This request expired on" in post(client, wish, "answer", answer="accept")
    assert state(session, wish) == "open"
    client.post(f"{ME}/people/amal", data={"grade": "like"})
    assert "You both wish it" in client.get(f"{ME}/wishes").text
    assert "You both wish it" in browser_of(app, session, amal).get(f"{ME}/wishes").text


def test_who_asked_may_ask_again(
    app: Flask, client: FlaskClient, session: Session, wish: Wish, amal: Participant
) -> None:
    asked_at = grow_old(session, wish, hours=49)
    hers = browser_of(app, session, amal)
    assert "Ask again" in hers.get(f"{ME}/wishes").text
    post(hers, wish, "renew")
    session.refresh(wish)
    assert wish.asked_at > asked_at
    assert "You have accepted this wish." in post(client, wish, "answer", answer="accept")


def test_an_unanswered_request_makes_no_meeting_before_or_after(
    session: Session, forum: Event, wish: Wish
) -> None:
    for hours in (1, 49):
        grow_old(session, wish, hours=hours)
        assert propose_meetings(session, forum).meetings == ()


@pytest.mark.parametrize(
    ("hours", "age", "expected"),
    [
        (None, 1000.0, ("open", False)),
        (48, 10.0, ("open", False)),
        (48, 37.0, ("open", True)),
        (48, 48.0, ("expired", False)),
        (2, 1.0, ("open", False)),
        (2, 1.6, ("open", True)),
    ],
)
def test_how_a_request_stands(hours: int | None, age: float, expected: tuple[str, bool]) -> None:
    at = now()
    wish = Wish(state="open", asked_at=at - timedelta(hours=age))
    standing = standing_of(wish, hours, at=at)
    assert (standing.state, standing.is_soon) == expected


def test_what_was_answered_does_not_expire(session: Session, wish: Wish) -> None:
    wish.state = "accepted"
    assert standing_of(wish, 1, at=now() + timedelta(days=9)).state == "accepted"


def test_a_wish_of_somebody_who_has_left_or_taken_it_back_is_answered_in_words(
    client: FlaskClient, session: Session, wish: Wish, amal: Participant
) -> None:
    amal.state = "withdrawn"
    session.commit()
    assert "does not take part any more" in post(client, wish, "answer", answer="accept")
    assert state(session, wish) == "open"
    session.delete(wish)
    session.commit()
    for what in ("answer", "remarks", "renew"):
        answer = client.post(f"{ME}/wishes/{wish.id}/{what}", data={"text": "Hm"})
        assert "does not exist any more" in client.get(answer.headers["Location"]).text


def test_what_somebody_wrote_is_handed_out_and_goes_with_them(
    client: FlaskClient, session: Session, wish: Wish, bilal: Participant
) -> None:
    post(client, wish, "answer", answer="decline", reason="We buy no pumps.")
    account = session.get_one(cast.Account, bilal.account_id)
    assert [row["text"] for row in collect(session, account)["remark"]] == ["We buy no pumps."]
    erase(session, account)
    assert said(session) == []


def test_organisers_say_within_how_many_hours(
    app: Flask, session: Session, forum: Event, wish: Wish
) -> None:
    browser = app.test_client()
    cast.sign_in(browser, cast.make_organiser(session, forum))
    session.commit()
    path = f"/organise/{forum.id}/set-up/requests"
    assert 'value="48"' in browser.get(path).text
    assert "from 1 to 2160" in browser.post(path, data={"hours": "0"}).text
    assert browser.post(path, data={"hours": ""}).status_code == 302
    session.rollback()
    grow_old(session, wish, days=900)
    assert standing_of(wish, None).state == "open"
    assert 'value="48"' not in browser.get(path).text


def told(session: Session, person: Participant) -> list[str]:
    session.rollback()
    query = select(Notice.kind).where(Notice.participant_id == person.id)
    return list(session.scalars(query.order_by(Notice.created_at, Notice.id)))


def test_each_side_is_told_once_what_the_other_did(
    client: FlaskClient, session: Session, forum: Event, wish: Wish, amal: Participant
) -> None:
    for _twice in range(2):
        post(client, wish, "remarks", text="Which pumps?")
        post(client, wish, "answer", answer="accept")
    assert told(session, amal) == ["asked_back", "accepted"]
    post(client, wish, "answer", answer="decline")
    assert told(session, amal) == ["asked_back", "accepted", "declined"]


def test_whoever_is_asked_is_told_of_the_wish_and_of_its_end(
    session: Session, forum: Event, amal: Participant, bilal: Participant
) -> None:
    for grade in ("like", "top"):
        wish = services.grade(session, forum, amal, bilal, grade)
    assert told(session, bilal) == ["request"]
    assert wish
    answering.answer(session, forum, bilal, wish.id, accepts=True)
    services.grade(session, forum, amal, bilal, None)
    assert told(session, bilal) == ["request", "taken_back"]
    services.grade(session, forum, amal, bilal, "never")
    assert told(session, bilal) == ["request", "taken_back"]


def test_a_request_that_will_expire_is_told_once_and_again_when_renewed(
    session: Session, forum: Event, wish: Wish, amal: Participant, bilal: Participant
) -> None:
    assert warn(session, now()) == 0
    grow_old(session, wish, hours=40)
    assert [warn(session, now()) for _again in range(2)] == [1, 0]
    assert told(session, bilal) == ["expiring"]
    grow_old(session, wish, hours=49)
    assert warn(session, now()) == 0
    answering.renew(session, forum, amal, wish.id)
    grow_old(session, wish, hours=40)
    assert warn(session, now()) == 1


def test_the_mail_names_only_what_still_waits(
    session: Session, forum: Event, wish: Wish, amal: Participant, bilal: Participant
) -> None:
    def waiting() -> list[str]:
        session.rollback()
        recipient = recipient_of(session, forum.id, bilal.id)
        assert recipient
        passage = writer_of("undecided")(session, forum, recipient, [])
        return [str(block) for block in passage.blocks] if passage else []

    assert any("Amal" in line for line in waiting())
    grow_old(session, wish, hours=49)
    assert waiting() == []
    grow_old(session, wish, hours=1)
    services.grade(session, forum, bilal, amal, "like")
    assert waiting() == []
