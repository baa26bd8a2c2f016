"""What is put down with a change reaches its people once, together, in their language."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import cast
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.mails.carriers import compose as compose_message
from matchmaker.mails.models import Mail
from matchmaker.notices import writing
from matchmaker.notices.composing import compose_due
from matchmaker.notices.kinds import KINDS
from matchmaker.notices.models import Notice
from matchmaker.notices.services import (
    change_settings,
    notify,
    resume_kind,
    stop_kind,
    stopped_by,
)
from matchmaker.notices.tickets import read_ticket, ticket_for
from matchmaker.notices.writing import Recipient
from matchmaker.participants.models import Participant
from matchmaker.wishes.models import Wish
from matchmaker.worker import work_once


@pytest.fixture
def event(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def amal(session: Session, event: Event) -> Participant:
    return cast.make_participant(session, event, "Amal", language="en", consent_version="1")


def wish_of(session: Session, event: Event, name: str, amal: Participant, text: str = "") -> Wish:
    """Somebody wishes to meet Amal, and she is to be told."""
    values = {"consent_version": "1", "language": "en"}
    wisher = cast.make_participant(session, event, name, **values)
    wish = cast.make_wish(session, wisher, amal, message=text)
    notify(session, event, amal, "request", cause=wish.id, wish=wish.id, person=wisher.id)
    session.commit()
    return wish


def let_time_pass(session: Session, **span: int) -> int:
    """As if everything had been put down that much earlier; then the worker comes."""
    for notice in session.scalars(select(Notice).where(Notice.state == "waiting")):
        notice.due_at -= timedelta(**span)
    session.commit()
    return compose_due(session)


def mails(session: Session) -> list[Mail]:
    session.expire_all()
    return list(session.scalars(select(Mail).order_by(Mail.created_at)))


def test_every_kind_has_somebody_who_writes_it(app: Flask) -> None:
    assert set(writing._writers) == set(KINDS)


def test_what_comes_within_the_digest_time_is_one_mail(
    session: Session, event: Event, amal: Participant
) -> None:
    wish_of(session, event, "Bilal", amal, "About pumps")
    assert let_time_pass(session, minutes=40) == 0
    wish_of(session, event, "Chen", amal)
    assert let_time_pass(session, minutes=30) == 1  # an hour after the first
    [mail] = mails(session)
    assert mail.subject == "2 people wish to meet you"
    assert "Bilal Test\u2069: About pumps" in mail.body
    assert "Chen Test" in mail.body
    assert let_time_pass(session, days=1) == 0


def test_the_event_says_how_long_a_digest_waits(
    session: Session, event: Event, amal: Participant
) -> None:
    change_settings(session, event, digest_minutes=0)
    wish_of(session, event, "Bilal", amal)
    assert compose_due(session) == 1


def test_what_is_urgent_does_not_wait_and_does_not_take_the_rest_along(
    session: Session, event: Event, amal: Participant
) -> None:
    wish_of(session, event, "Bilal", amal)
    notify(session, event, amal, "validated")
    session.commit()
    assert compose_due(session) == 1
    assert mails(session)[0].subject == "You take part: Forum"


def test_several_kinds_in_one_mail_stand_under_their_headings(
    session: Session, event: Event, amal: Participant
) -> None:
    wish = wish_of(session, event, "Bilal", amal)
    about = {"wish": wish.id, "person": wish.from_id}
    notify(session, event, amal, "taken_back", **about)
    notify(session, event, amal, "undecided")  # says no more than the request itself
    session.commit()
    let_time_pass(session, hours=2)
    [mail] = mails(session)
    assert mail.subject == "News from Forum"
    assert "waits for your answer" not in mail.body
    for heading in ("1 person wishes to meet you", "does not ask for a meeting any more"):
        assert heading in mail.body
        assert f"{heading}</h2>" in mail.html


def test_the_same_cause_is_told_once_also_long_after(
    session: Session, event: Event, amal: Participant
) -> None:
    for _day in range(2):
        notify(session, event, amal, "validated", cause="first")
        session.commit()
        compose_due(session)
    assert len(mails(session)) == 1


def test_a_change_that_is_rolled_back_tells_nobody(
    session: Session, event: Event, amal: Participant
) -> None:
    session.commit()
    notify(session, event, amal, "validated")
    session.rollback()
    assert compose_due(session) == 0


def test_what_is_no_longer_true_is_not_told(
    session: Session, event: Event, amal: Participant
) -> None:
    session.delete(wish_of(session, event, "Bilal", amal))
    session.commit()
    assert let_time_pass(session, hours=2) == 0
    assert session.scalars(select(Notice.state)).all() == ["dropped"]


def test_nobody_is_named_who_may_not_be_shown(
    session: Session, event: Event, amal: Participant
) -> None:
    wish = wish_of(session, event, "Bilal", amal)
    session.execute(
        update(Participant).where(Participant.id == wish.from_id).values(consent_version=None)
    )
    assert let_time_pass(session, hours=2) == 0


@pytest.mark.parametrize("change", [{"state": "withdrawn"}, {"email": ""}])
def test_who_has_left_or_has_no_address_gets_nothing(
    session: Session, event: Event, amal: Participant, change: dict[str, str]
) -> None:
    notify(session, event, amal, "published")
    session.execute(update(Participant).where(Participant.id == "amal").values(**change))
    session.commit()
    assert compose_due(session) == 0
    assert session.scalars(select(Notice.state)).all() == ["dropped"]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_mail_speaks_its_readers_language_twice(
    session: Session, event: Event, amal: Participant, language: str
) -> None:
    amal.language = language
    wish_of(session, event, "Bilal", amal)
    let_time_pass(session, hours=2)
    [mail] = mails(session)
    greeting = {"fr": "Bonjour", "ar": "تحية طيبة", "en": "Dear"}[language]
    assert mail.body.startswith(greeting)
    page = ElementTree.fromstring(mail.html.replace("<!DOCTYPE html>", ""))  # well-formed
    assert page.attrib == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert greeting in "".join(page.itertext())
    assert [tag for tag in page.iter() if tag.tag in ("img", "script", "style", "link")] == []


def test_no_name_becomes_markup_in_a_mail(
    session: Session, event: Event, amal: Participant
) -> None:
    wish_of(session, event, "Bilal", amal, "<b>bold</b>\nsecond line")
    let_time_pass(session, hours=2)
    [mail] = mails(session)
    assert "&lt;b&gt;bold&lt;/b&gt; second line" in mail.html
    assert "<b>bold" not in mail.html


def test_a_faulty_notice_stops_nobody_else_and_is_tried_again(
    session: Session, event: Event, amal: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    bilal = cast.make_participant(session, event, "Bilal", language="en")
    whole = writing._writers["validated"]

    def faulty(session, event, recipient, notices):  # type: ignore[no-untyped-def]
        if recipient.id == "amal":
            raise RuntimeError("a bug")
        return whole(session, event, recipient, notices)

    for person in (amal, bilal):
        notify(session, event, person, "validated")
    session.commit()
    with monkeypatch.context() as patch:
        patch.setitem(writing._writers, "validated", faulty)
        assert compose_due(session) == 1
    assert [mail.address for mail in mails(session)] == ["bilal@people.example"]
    assert let_time_pass(session, hours=2) == 1


def test_the_worker_writes_and_sends(session: Session, app: Flask, amal: Participant) -> None:
    event = session.get_one(Event, amal.event_id)
    notify(session, event, amal, "validated")
    session.commit()
    work_once(app)
    work_once(app)
    assert [mail.state for mail in mails(session)] == ["sent"]


def test_a_stopped_kind_comes_no_more_until_it_is_wanted_again(
    session: Session, event: Event, amal: Participant
) -> None:
    stop_kind(session, event.id, amal.id, "request")
    wish_of(session, event, "Bilal", amal)
    assert let_time_pass(session, hours=2) == 0
    resume_kind(session, event.id, amal.id, "request")
    wish_of(session, event, "Chen", amal)
    assert let_time_pass(session, hours=2) == 1
    assert "Bilal" not in mails(session)[0].body


def test_decisions_of_the_organisers_cannot_be_stopped(
    session: Session, event: Event, amal: Participant
) -> None:
    stop_kind(session, event.id, amal.id, "validated")
    notify(session, event, amal, "validated")
    session.commit()
    assert compose_due(session) == 1
    assert mails(session)[0].stop_url == ""


def test_one_click_in_the_mailbox_stops_the_kinds_of_that_mail(
    session: Session, event: Event, amal: Participant, client: FlaskClient, app: Flask
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True  # a mailbox has no token of ours
    wish_of(session, event, "Bilal", amal)
    let_time_pass(session, hours=2)
    message = compose_message(mails(session)[0], "forum@forum.example")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = message["List-Unsubscribe"].strip("<>").removeprefix("http://forum.example")
    assert client.get(path).status_code == 405  # scanners follow links
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert stopped_by(session, event.id, amal.id) == {"request"}


@pytest.mark.parametrize(
    ("contact", "reader"), [("team@forum.example", "team@forum.example"), ("no address", None)]
)
def test_an_answer_to_a_mail_reaches_the_organisers(
    session: Session, event: Event, amal: Participant, contact: str, reader: str | None
) -> None:
    event.contact_email = contact
    notify(session, event, amal, "validated")
    session.commit()
    compose_due(session)
    assert compose_message(mails(session)[0], "forum@matchmaker.example")["Reply-To"] == reader


def test_the_page_from_the_mail_stops_and_resumes_each_kind(
    session: Session, event: Event, amal: Participant, client: FlaskClient
) -> None:
    recipient = writing.recipient_of(session, event.id, amal.id)
    assert recipient
    session.commit()
    path = f"/mails/{ticket_for(recipient, ['undecided'])}"
    page = client.get(path).text
    assert page.index("Reminder of wishes") < page.index("Somebody wishes to meet you")
    assert "Your registration is confirmed" not in page
    for deed, stopped in (("stop", {"request"}), ("resume", set())):
        assert client.post(path, data={"kind": "request", "deed": deed}).status_code == 302
        session.rollback()
        assert stopped_by(session, event.id, amal.id) == stopped


def test_the_own_profile_leads_to_the_mails_one_gets(
    session: Session, event: Event, client: FlaskClient
) -> None:
    account = cast.make_account(session, "Bilal")
    cast.make_participant(session, event, "Bilal", account)
    cast.sign_in(client, account)
    profile = client.get("/events/forum/me/profile").text
    address = profile.partition('href="/mails/')[2].partition('"')[0]
    assert "bilal@people.example" in client.get(f"/mails/{address}").text


def test_a_ticket_cannot_be_made_up(app: Flask, session: Session) -> None:
    ticket = ticket_for(Recipient("e", "p", "P", "p@x.example", "fr", "validated"), ["request"])
    assert read_ticket(ticket)
    assert read_ticket(ticket[:-1] + ("A" if ticket[-1] != "A" else "B")) is None
    assert read_ticket("") is None


def test_the_organiser_says_when_the_event_writes(
    session: Session, event: Event, client: FlaskClient
) -> None:
    cast.sign_in(client, cast.make_organiser(session, event))
    path = f"/organise/{event.id}/set-up/mails"
    form = {"digest_minutes": "240", "reminder_days": "2", "day_before_at": "18:30"}
    assert client.post(path, data=form).status_code == 302
    page = client.get(path).text
    assert '<option selected value="240">' in page
    assert 'value="18:30"' in page
    assert client.post(path, data={**form, "reminder_days": "61"}).status_code == 200


def test_due_times_are_never_in_the_past_for_what_can_wait(
    session: Session, event: Event, amal: Participant
) -> None:
    wish_of(session, event, "Bilal", amal)
    assert session.scalars(select(Notice.due_at)).one() > now() + timedelta(minutes=59)
