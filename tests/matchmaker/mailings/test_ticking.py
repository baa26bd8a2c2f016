"""A mail to those ticked in the list: exactly them, whatever becomes of filters and of them."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.mailings.models import Mailing, MailingRecipient
from matchmaker.mailings.services import reached_by, send_mailing
from matchmaker.mailings.ticking import begin_mailing
from matchmaker.mails.models import Mail
from matchmaker.merging.services import merge, plan_merge
from matchmaker.notices.composing import compose_due
from matchmaker.notices.services import stop_kind
from matchmaker.participants.models import Participant
from matchmaker.participants.services import withdraw
from matchmaker.segments.deeds import delete_people, digest

NAMES = ("amal", "bilal", "chen", "dima")
TEXT = {"subject_en": "Hello {name}", "body_en": "See you at {event}."}


@pytest.fixture
def event(session: Session, client: FlaskClient) -> Event:
    """Bilal has no address, Dima wants no mails of organisers; Dounia is at the browser."""
    event = cast.make_event(session)
    cast.make_participant(session, event, "Amal", language="en")
    cast.make_participant(session, event, "Bilal", email="", email_key=None, reference="B1")
    cast.make_participant(session, event, "Chen", language="en", state="registered")
    cast.make_participant(session, event, "Dima", language="en")
    cast.make_participant(session, event, "Ester", language="en")
    stop_kind(session, event.id, "dima", "mailing")
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    return event


def person(session: Session, event: Event, name: str) -> Participant:
    return session.get_one(Participant, (event.id, name))


def begin(session: Session, event: Event) -> Mailing:
    row = begin_mailing(session, event, NAMES, "dounia")
    row.subjects, row.bodies = {"en": "Hello"}, {"en": "Hello"}
    session.commit()
    return row


def test_a_mail_goes_from_the_list_to_exactly_those_ticked(
    client: FlaskClient, session: Session, event: Event
) -> None:
    ticked = "&".join(f"ids={name}" for name in NAMES)
    asking = f"/organise/{event.id}/participants/deed?deed=mail&{ticked}"
    page = client.get(asking).text
    for said in ("2 people will get this mail", "1 has no e-mail", "1 wants no such mails"):
        assert said in page
    assert session.scalars(select(Mailing)).all() == []
    written = client.post(asking, data={"seen": digest(NAMES)}).location
    page = client.get(written).text
    assert "To 4 people who were ticked" in page
    assert "Chen Test" in page
    assert "2 people will get this mail" in page
    shown = client.post(written, data=TEXT).location
    assert "Hello" in client.get(shown).text
    client.post(f"{shown}/send", data={"seen": "2"})
    session.rollback()
    compose_due(session)
    addresses = session.scalars(select(Mail.address).order_by(Mail.address)).all()
    assert addresses == ["amal@people.example", "chen@people.example"]


def test_they_stay_the_same_whatever_is_chosen_on_the_form(
    client: FlaskClient, session: Session, event: Event
) -> None:
    row = begin(session, event)
    url = f"/organise/{event.id}/mailings/{row.id}/text"
    client.post(url, data={**TEXT, "state": "", "language": "ar"})
    session.expire_all()
    assert reached_by(session, event, row).people == ("amal", "chen")


def test_who_withdraws_gets_none_and_is_counted(session: Session, event: Event) -> None:
    row = begin(session, event)
    withdraw(session, person(session, event, "chen"))
    reached = reached_by(session, event, row)
    assert (reached.people, reached.left) == (("amal",), 1)


def test_who_is_deleted_goes_and_the_others_stay(session: Session, event: Event) -> None:
    row = begin(session, event)
    delete_people(session, event, ["amal"])
    assert reached_by(session, event, row).people == ("chen",)


def test_when_all_are_gone_nobody_else_is_written_to(session: Session, event: Event) -> None:
    row = begin(session, event)
    delete_people(session, event, list(NAMES))
    assert reached_by(session, event, row).people == ()
    with pytest.raises(Refusal, match="Nobody is left"):
        send_mailing(session, event, row, 0)


def test_two_who_are_made_one_get_one_mail(session: Session, event: Event) -> None:
    row = begin(session, event)
    plan = plan_merge(session, event, "participant", "amal", "chen")
    merge(session, event, plan, {}, plan.fingerprint)
    assert reached_by(session, event, row).people == ("amal",)


def test_a_mailing_without_a_text_is_written_before_it_is_sent(
    client: FlaskClient, session: Session, event: Event
) -> None:
    row = begin_mailing(session, event, NAMES, "dounia")
    session.commit()
    shown = f"/organise/{event.id}/mailings/{row.id}"
    assert client.get(shown).location == f"{shown}/text"
    assert client.post(f"{shown}/test", data={"person": "amal"}).status_code == 404
    with pytest.raises(Refusal, match="Write the mailing first"):
        send_mailing(session, event, row, 2)
    assert "Not written yet" in client.get(f"/organise/{event.id}/mailings/").text


def test_a_draft_that_goes_forgets_who_was_ticked(
    client: FlaskClient, session: Session, event: Event
) -> None:
    row = begin(session, event)
    client.post(f"/organise/{event.id}/mailings/{row.id}/remove")
    session.expire_all()
    assert session.scalars(select(MailingRecipient)).all() == []
