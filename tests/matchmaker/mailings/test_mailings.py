"""Mailings: to whom, with which words, tried out, sent once, and what became of each mail."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.mailings.audience import Audience, people_of
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.placeholders import PLACEHOLDERS, check_placeholders, filled, values_for
from matchmaker.mailings.queries import deliveries_of
from matchmaker.mailings.services import reached_by, send_mailing, write_mailing
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.services import stop_kind
from matchmaker.participants.models import Participant
from matchmaker.segments.models import Segment

DANGEROUS = (
    "{name.__class__}", "{0}", "{}", "{name!r}", "{name:>1000}", "{person[email]}", "{{config}}",
    "{ name }", "{event.settings.secret_key}", "{self}", "{NAME}",
)  # fmt: skip
INERT = ("%(name)s", "$name", "${PATH}x"[:5], "{% if a %}"[:1], "}{", "<b>x</b>", "\\x7b")


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal reads French, Dima Arabic, Chen English; Bilal has no address; Ester has withdrawn."""
    event = cast.make_event(session, names={"fr": "Forum de l’eau", "en": "Water forum"})
    event.contact_email = "team@forum.example"
    atlas = cast.make_organisation(session, event, "Atlas")
    cast.make_participant(session, event, "Amal", language="fr", organisation_id=atlas.id)
    cast.make_participant(session, event, "Bilal", email="", email_key=None, reference="B1")
    cast.make_participant(session, event, "Chen", language="en")
    cast.make_participant(session, event, "Dima", language="ar")
    cast.make_participant(session, event, "Ester", state="withdrawn")
    session.commit()
    return event


def write(session: Session, event: Event, **changed: Any) -> Mailing:
    said = {
        "subjects": {"fr": "Bonjour {name}", "en": "Hello {name}"},
        "bodies": {"fr": "Chez {organisation} :\n\n{event}", "en": "At {organisation}: {event}"},
        "audience": Audience(),
        "account_id": "nobody",
        **changed,
    }
    row = write_mailing(session, event, None, **said)
    session.commit()
    return row


def deliver(session: Session) -> list[Mail]:
    """What goes into the outbox."""
    session.rollback()
    compose_due(session)
    return list(session.scalars(select(Mail).order_by(Mail.address)))


# --- placeholders ---


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_placeholder_that_looks_into_objects_is_refused_by_its_name(
    session: Session, forum: Event, text: str
) -> None:
    with pytest.raises(Refusal) as refused:
        write(session, forum, bodies={"fr": f"a {text} b", "en": "x"})
    assert text.strip("{}") in str(refused.value)
    assert "{first_name}" in str(refused.value)
    session.rollback()
    assert session.scalars(select(Mailing)).all() == []


@pytest.mark.parametrize("text", INERT)
def test_what_is_no_placeholder_stays_as_it_was_typed(
    session: Session, forum: Event, text: str
) -> None:
    check_placeholders(text)
    amal = session.get_one(Participant, (forum.id, "amal"))
    assert filled(text, values_for(forum, amal, "Atlas", "fr")) == text


def test_a_name_that_looks_like_a_placeholder_is_a_name(session: Session, forum: Event) -> None:
    amal = session.get_one(Participant, (forum.id, "amal"))
    amal.first_name = "{contact}{0.__class__}"
    shown = filled("Hello {first_name}", values_for(forum, amal, "", "en"))
    assert "{contact}{0.__class__}" in shown
    assert "team@forum.example" not in shown


def test_each_placeholder_has_words_and_none_is_a_secret(session: Session, forum: Event) -> None:
    amal = session.get_one(Participant, (forum.id, "amal"))
    values = values_for(forum, amal, "Atlas", "fr")
    assert set(values) == set(PLACEHOLDERS)
    assert values["event"] == "Forum de l’eau"
    assert values["contact"] == "team@forum.example"
    assert amal.agenda_secret not in " ".join(values.values())


# --- to whom ---


def test_a_mailing_goes_to_a_part_of_the_participants(session: Session, forum: Event) -> None:
    chen = session.get_one(Participant, (forum.id, "chen"))
    cast.make_wish(session, chen, session.get_one(Participant, (forum.id, "amal")))
    found = {
        name: people_of(session, forum, audience, ()).people
        for name, audience in {
            "all": Audience(),
            "arabic": Audience(language="ar"),
            "no wish": Audience(doing="no_wish"),
            "no meeting": Audience(doing="no_meeting"),
            "waiting": Audience(state="registered"),
        }.items()
    }
    assert found == {
        "all": ("amal", "chen", "dima"),
        "arabic": ("dima",),
        "no wish": ("amal", "dima"),
        "no meeting": ("amal", "chen", "dima"),
        "waiting": (),
    }


def test_a_segment_is_whoever_fits_when_the_mail_goes(session: Session, forum: Event) -> None:
    row = Segment(
        event_id=forum.id, id="s", name="French", name_key="french", filter={"language": ["fr"]}
    )
    session.add(row)
    session.flush()
    french = Audience(segment_id="s")
    assert people_of(session, forum, french, ()).people == ("amal",)
    session.get_one(Participant, (forum.id, "chen")).language = "fr"
    session.flush()
    assert people_of(session, forum, french, ()).people == ("amal", "chen")
    session.delete(row)
    session.flush()
    with pytest.raises(Refusal, match="segment of this mailing is gone"):
        people_of(session, forum, french, ())


def test_who_has_a_published_meeting(session: Session, forum: Event) -> None:
    cast.make_slots(session, forum, 1)
    cast.make_place(session, forum)
    meeting = {"people": ["amal", "chen"], "slot": "d1-0900", "place": "T01"}
    cast.make_version(session, forum, [meeting])
    assert people_of(session, forum, Audience(doing="meeting"), ()).people == ("amal", "chen")
    assert people_of(session, forum, Audience(doing="no_meeting"), ()).people == ("dima",)


def test_who_stopped_such_mails_is_counted_and_not_written_to(
    session: Session, forum: Event
) -> None:
    stop_kind(session, forum.id, "chen", "mailing")
    reached = reached_by(session, forum, write(session, forum))
    assert (reached.people, reached.without_address, reached.stopped) == (("amal", "dima"), 1, 1)


# --- sending ---


def test_everybody_reads_it_in_their_language_with_their_own_words(
    session: Session, forum: Event
) -> None:
    row = write(session, forum)
    assert send_mailing(session, forum, row, seen=3) == 3
    session.commit()
    mails = {mail.address.split("@")[0]: mail for mail in deliver(session)}
    assert set(mails) == {"amal", "chen", "dima"}
    plain = mails["amal"].body.replace("\u2068", "").replace("\u2069", "")
    assert "Amal Test" in mails["amal"].subject
    assert "Chez Atlas :" in plain
    assert "Forum de l’eau" in plain
    assert "Water forum" in mails["chen"].body
    assert "Chez" in mails["dima"].body  # not written in Arabic: the event's language
    for mail in mails.values():
        assert mail.stop_url
        assert mail.reply_to == "team@forum.example"


def test_who_stops_them_between_sending_and_writing_gets_none(
    session: Session, forum: Event
) -> None:
    row = write(session, forum)
    send_mailing(session, forum, row, seen=3)
    stop_kind(session, forum.id, "amal", "mailing")
    session.commit()
    assert [mail.address for mail in deliver(session)] == [
        "chen@people.example",
        "dima@people.example",
    ]
    states = {found.participant_id: found.state for found in deliveries_of(session, row)}
    assert states == {"amal": "dropped", "chen": "waiting", "dima": "waiting"}


def test_a_second_press_sends_nothing(session: Session, forum: Event) -> None:
    row = write(session, forum)
    send_mailing(session, forum, row, seen=3)
    session.commit()
    with pytest.raises(Refusal, match="sent already"):
        send_mailing(session, forum, row, seen=3)
    session.rollback()
    assert len(deliver(session)) == 3


def test_what_is_sent_is_not_changed_any_more(session: Session, forum: Event) -> None:
    row = write(session, forum)
    send_mailing(session, forum, row, seen=3)
    session.commit()
    session.refresh(row)
    with pytest.raises(Refusal, match="sent already"):
        write_mailing(
            session, forum, row,
            subjects={"fr": "x"}, bodies={"fr": "y"}, audience=Audience(), account_id="nobody",
        )  # fmt: skip


def test_other_people_than_were_shown_stop_the_sending(session: Session, forum: Event) -> None:
    row = write(session, forum)
    cast.make_participant(session, forum, "Farid")
    session.commit()
    with pytest.raises(Refusal, match="4 people instead of 3"):
        send_mailing(session, forum, row, seen=3)
    session.rollback()
    assert deliver(session) == []


def test_each_language_needs_subject_and_text(session: Session, forum: Event) -> None:
    for texts in ({"bodies": {}}, {"subjects": {"fr": "x"}, "bodies": {"en": "y"}}):
        with pytest.raises(Refusal, match="at least one language"):
            write(session, forum, **texts)
        session.rollback()


# --- pages ---


def test_an_organiser_writes_looks_tries_and_sends(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    dounia = cast.make_organiser(session, forum)
    session.commit()
    cast.sign_in(client, dounia)
    base = f"/organise/{forum.id}/mailings/"
    said = {"state": "validated", "subject_en": "Hello {name}", "body_en": "From {event}"}
    shown = client.post(f"{base}new", data=said).location
    page = client.get(shown).text
    assert "3 people will get this mail" in page
    assert "1 has no e-mail address" in page
    assert "1 of them reads mails in Arabic" in page
    assert "Amal Test" in page
    assert "Chen Test" in client.get(f"{shown}?person=2").text
    client.post(f"{shown}/test", data={"person": "chen"})
    session.expire_all()
    (mail,) = session.scalars(select(Mail))
    assert mail.address == dounia.email
    assert mail.subject.startswith("[Test]")
    assert "Water forum" in mail.body
    session.rollback()
    client.post(f"{shown}/send", data={"seen": "3"})
    assert len(deliver(session)) == 4
    session.rollback()
    page = client.get(shown).text
    assert page.count("waiting") >= 3
    assert "Hello" in page


def test_the_form_says_which_placeholder_is_none(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    dounia = cast.make_organiser(session, forum)
    session.commit()
    cast.sign_in(client, dounia)
    said = {"subject_en": "Hello", "body_en": "Dear {person.email}, "}
    answer = client.post(f"/organise/{forum.id}/mailings/new", data=said)
    assert "“{person.email}” is no placeholder" in answer.text
    assert "Dear {person.email}" in answer.text  # nothing typed is lost
