"""Registering in steps, each saved; it tells nobody who is registered and overwrites nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Organisation
from matchmaker.participants.answers import answers_of
from matchmaker.participants.drafts import LASTS, forget_old
from matchmaker.participants.models import Absence, Participant, Registration
from matchmaker.participation.questions import QuestionDetails, add_question
from matchmaker.participation.services import add_type

BASE = "/events/forum/register"
PERSON = {"first_name": "Amal", "last_name": "Idrissi", "email": "Amal@People.example",
          "job": "Buyer", "language": "ar"}  # fmt: skip
SAID: dict[str, dict[str, Any]] = {
    "person": PERSON,
    "organisation": {"organisation": "Atlas Eau"},
    "times": {"spoken": ["fr", "ar"], "absences": ["d1-0900"]},
    "consent": {"consent": "y"},
}


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    session.commit()
    return event


def send(client: FlaskClient, step: str, **said: Any) -> str:
    """Where the step leads; empty where it stays."""
    path = BASE if step == "person" else f"{BASE}/{step}"
    answer = client.post(path, data={**SAID.get(step, {}), **said})
    return answer.headers.get("Location", "")


def register(client: FlaskClient, **said: dict[str, Any]) -> str:
    """All steps; where the last one leads."""
    where = ""
    for step in SAID:
        where = send(client, step, **said.get(step, {}))
    return where


def people(session: Session) -> list[Participant]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Participant).order_by(Participant.created_at)))


def mails(session: Session) -> list[Mail]:
    session.rollback()
    return list(session.scalars(select(Mail)))


def question(**said: Any) -> QuestionDetails:
    standard: QuestionDetails = {
        "labels": {"en": "Diet"}, "hints": {}, "is_required": True, "audience": "organisers",
        "is_active": True, "types": [], "options": [],
    }  # fmt: skip
    return {**standard, **said}  # type: ignore[typeddict-item]


def test_a_person_registers_step_by_step_and_comes_in_by_the_mail(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    assert client.get(BASE).status_code == 200
    assert send(client, "person") == f"{BASE}/organisation"
    assert send(client, "organisation") == f"{BASE}/times"
    assert send(client, "times") == f"{BASE}/consent"
    summary = client.get(f"{BASE}/consent").text
    for text in ("Amal Idrissi", "Amal@People.example", "Atlas Eau", "French · Arabic"):
        assert text in summary or "Arabic · French" in summary
    assert send(client, "consent") == "/events/forum/registered"
    [amal] = people(session)
    assert (amal.name, amal.email, amal.state) == (
        "Amal Idrissi",
        "Amal@People.example",
        "validated",
    )
    assert (amal.spoken, amal.language, amal.job) == (["ar", "fr"], "ar", "Buyer")
    assert amal.consent_version == forum.consent_version
    assert amal.consent_at is not None
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0900"]
    assert session.scalars(select(Organisation.name)).all() == ["Atlas Eau"]
    [mail] = mails(session)
    assert (mail.address, mail.language) == ("Amal@People.example", "ar")
    [link] = re.findall(r"http://forum\.example(/sign-in/\S+)", mail.body)
    session.rollback()
    assert client.post(link).headers["Location"] == "/events/forum/me/"
    assert client.get("/events/forum/me/").status_code == 200
    assert people(session)[0].account_id == session.scalar(select(Account.id))


def test_what_was_said_is_there_after_going_back(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    send(client, "person")
    send(client, "organisation")
    assert 'value="Amal@People.example"' in client.get(BASE).text
    assert 'value="Atlas Eau"' in client.get(f"{BASE}/organisation").text
    assert send(client, "person", first_name="Amina") == f"{BASE}/organisation"
    assert send(client, "times") == f"{BASE}/consent"
    send(client, "consent")
    assert [person.first_name for person in people(session)] == ["Amina"]
    assert len(session.scalars(select(Registration)).all()) == 1


@pytest.mark.parametrize(("button", "leads"), [("later", f"{BASE}/organisation"), ("back", BASE)])
def test_what_a_step_says_is_kept_when_it_is_left(
    client: FlaskClient, forum: Event, button: str, leads: str
) -> None:
    send(client, "person")
    assert send(client, "organisation", **{button: "yes"}) == leads
    assert 'value="Atlas Eau"' in client.get(f"{BASE}/organisation").text


def test_what_cannot_be_kept_yet_stays_in_its_field(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_organisation(session, forum, "Atlas Eau SARL")
    session.commit()
    send(client, "person")
    answer = client.post(f"{BASE}/organisation", data={"organisation": "Atlas Eau", "later": "yes"})
    assert 'value="Atlas Eau"' in answer.text
    assert client.get(f"{BASE}/times").headers["Location"] == f"{BASE}/organisation"


def test_no_step_is_left_out(client: FlaskClient, session: Session, forum: Event) -> None:
    assert client.get(f"{BASE}/consent").headers["Location"] == BASE
    assert send(client, "consent") == BASE
    send(client, "person")
    assert client.get(f"{BASE}/consent").headers["Location"] == f"{BASE}/organisation"
    assert send(client, "consent") == f"{BASE}/organisation"
    assert client.get(f"{BASE}/nonsense").headers["Location"] == f"{BASE}/organisation"
    assert people(session) == []


def test_the_last_button_pressed_twice_registers_once(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    for step in ("person", "organisation", "times"):
        send(client, step)
    with client.session_transaction() as browser:
        before = dict(browser)
    assert send(client, "consent") == "/events/forum/registered"
    with client.session_transaction() as browser:
        browser.update(before)  # the second press was sent before the first was answered
    send(client, "consent")
    assert len(people(session)) == 1
    assert len(mails(session)) == 1


def test_a_link_goes_on_in_another_browser(
    app: Any, client: FlaskClient, session: Session, forum: Event
) -> None:
    send(client, "person")
    for _again in range(2):
        answer = client.post(f"{BASE}/organisation", data={"organisation": "", "later": "yes"})
        assert "A mail with a link is on its way" in answer.text
        assert 'role="alert"' not in answer.text
    [mail] = mails(session)
    assert (mail.address, mail.language) == ("Amal@People.example", "ar")
    [link] = re.findall(r"http://forum\.example(/events/\S+)", mail.body)
    session.rollback()
    phone = app.test_client()
    assert phone.get(link).headers["Location"] == f"{BASE}/organisation"
    assert 'value="Amal@People.example"' in phone.get(BASE).text
    for step in ("organisation", "times", "consent"):
        send(phone, step)
    assert len(people(session)) == 1
    assert phone.get(link).status_code == 410
    assert send(client, "organisation") == BASE  # it is finished there, too


def test_nothing_is_left_of_a_registration_that_is_finished_or_forgotten(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    register(client)
    [draft] = session.scalars(select(Registration))
    assert (draft.said, draft.email_key) == ({}, "")
    draft.changed_at = now() - LASTS - timedelta(minutes=1)
    session.commit()
    forget_old(session)
    assert session.scalars(select(Registration)).all() == []


def test_somebody_else_registers_in_the_same_browser(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    send(client, "person")
    client.post("/events/forum/registration/anew")
    assert "Amal@People.example" not in client.get(BASE).text
    register(client, person={"email": "bilal@people.example"})
    assert [person.email for person in people(session)] == ["bilal@people.example"]


def test_the_second_time_nothing_is_changed_and_the_answer_is_the_same(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    first = register(client)
    second = register(
        client, person={"first_name": "Chen", "language": "en", "email": " amal@people.EXAMPLE"}
    )
    assert second == first
    [amal] = people(session)
    assert (amal.first_name, amal.language) == ("Amal", "ar")
    assert len(mails(session)) == 2
    assert [account.name for account in session.scalars(select(Account))] == ["Amal Idrissi"]


def test_whom_an_organiser_entered_gets_a_link_and_stays_as_entered(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, forum, "Bilal", email_key="amal@people.example")
    session.commit()
    assert register(client) == "/events/forum/registered"
    [bilal] = people(session)
    assert (bilal.first_name, bilal.consent_version) == ("Bilal", None)


def test_an_existing_account_keeps_its_name_and_language(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_account(session, "Amal", language="fr")
    session.commit()
    register(client)
    [account] = session.scalars(select(Account))
    assert (account.name, account.language) == ("Amal", "fr")


def test_who_is_signed_in_needs_no_mail(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    amal = cast.make_account(session, "Amal")
    cast.sign_in(client, amal)
    assert 'value="amal@people.example"' in client.get(BASE).text
    assert register(client) == "/events/forum/me/"
    assert client.get(BASE).headers["Location"] == "/events/forum/me/"
    assert mails(session) == []


def test_another_persons_address_is_not_taken_by_who_is_signed_in(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_account(session, "Chen"))
    assert register(client) == "/events/forum/registered"
    assert [person.account_id for person in people(session)] == [None]
    assert client.get("/events/forum/me/").status_code == 404


def test_where_organisers_confirm_the_page_says_so(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    forum.validates_by_hand = True
    session.commit()
    register(client)
    assert [person.state for person in people(session)] == ["registered"]
    [mail] = mails(session)
    session.rollback()
    client.post(re.findall(r"http://forum\.example(/sign-in/\S+)", mail.body)[0])
    assert "The organisers confirm each one" in client.get("/events/forum/me/").text


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("person", {"email": "no address"}),
        ("person", {"email": ""}),
        ("person", {"first_name": ""}),
        ("person", {"last_name": "x" * 10_000}),
        ("person", {"language": "xx"}),
        ("organisation", {"organisation": ""}),
        ("organisation", {"organisation": "…"}),
        ("times", {"absences": ["d9-0900"]}),
        ("times", {"spoken": ["klingon"]}),
        ("consent", {"consent": ""}),
    ],
)
def test_what_is_wrong_is_said_at_its_step(
    client: FlaskClient, session: Session, forum: Event, step: str, wrong: dict[str, object]
) -> None:
    for before in list(SAID)[: list(SAID).index(step)]:
        send(client, before)
    path = BASE if step == "person" else f"{BASE}/{step}"
    answer = client.post(path, data={**SAID[step], **wrong})
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert people(session) == []


def test_a_closed_event_takes_nobody_and_keeps_what_was_said(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    for step in ("person", "organisation", "times"):
        send(client, step)
    cast.close(session, forum, "registration")
    session.commit()
    assert send(client, "consent") == ""
    assert "Registration is closed." in client.get(f"{BASE}/consent").text
    assert people(session) == []
    cast.open_again(session, forum, "registration")
    session.commit()
    assert send(client, "consent") == "/events/forum/registered"
    assert len(people(session)) == 1


def test_types_and_their_questions_are_steps_where_there_are_any(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    add_type(session, forum, {"en": "Buyer"}, by_hand=True)
    add_type(session, forum, {"en": "Visitor"})
    add_type(session, forum, {"en": "Guest of honour"}, at_registration=False)
    diet = add_question(
        session, forum, "choice",
        question(types=["buyer"], options=[("", {"en": "Any"}), ("", {"en": "Vegetarian"})]),
    )  # fmt: skip
    session.commit()
    send(client, "person")
    assert send(client, "organisation") == f"{BASE}/participation"
    assert "Guest of honour" not in client.get(f"{BASE}/participation").text
    assert send(client, "participation", type_code="guest-of-honour") == ""
    assert send(client, "participation", type_code="visitor") == f"{BASE}/times"
    assert send(client, "participation", type_code="buyer") == f"{BASE}/questions"
    assert send(client, "questions") == ""
    assert send(client, "questions", **{f"q_{diet.id}": "nonsense"}) == ""
    assert send(client, "questions", **{f"q_{diet.id}": "vegetarian"}) == f"{BASE}/times"
    send(client, "times")
    assert "Vegetarian" in client.get(f"{BASE}/consent").text
    send(client, "consent")
    [amal] = people(session)
    assert (amal.type_code, amal.state) == ("buyer", "registered")
    assert answers_of(session, amal) == {diet.id: ["vegetarian"]}


def names_offered(text: str) -> list[str]:
    return re.findall(r'name="use" value="([^"]*)"', text)


@pytest.fixture
def registered_houses(session: Session, forum: Event) -> list[str]:
    names = ["Atlas Eau SARL", "Bahr Export", "Énergie Rif"]
    for name in names:
        house = cast.make_organisation(session, forum, name)
        house.name_key = name.casefold().replace("é", "e")
    session.commit()
    return names


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("atl", ["Atlas Eau SARL"]),
        ("eau", ["Atlas Eau SARL"]),
        ("energie", ["Énergie Rif"]),
        ("atals eau", ["Atlas Eau SARL"]),
        ("moulin eau", []),
        ("le moulin eau", []),  # only a word that says little is the same
        ("at", []),
        ("zzz", []),
    ],
)
def test_organisations_are_found_while_typing(
    client: FlaskClient, registered_houses: list[str], typed: str, offered: list[str]
) -> None:
    send(client, "person")
    answer = client.get(f"{BASE}/organisation", query_string={"q": typed})
    assert names_offered(answer.text) == offered
    without_script = client.post(
        f"{BASE}/organisation", data={"organisation": typed, "look": "yes"}
    )
    assert names_offered(without_script.text) == offered


def test_nobody_reads_who_is_registered_without_registering(
    client: FlaskClient, registered_houses: list[str]
) -> None:
    answer = client.get(f"{BASE}/organisation", query_string={"q": "atlas"})
    assert "Atlas" not in answer.text


@pytest.mark.parametrize(
    "spelled", ["Atlas Eau", "ATLAS-EAU sarl au", "Eau Atlas", "Atlas Eaux", "Atlas Eau Maroc"]
)
def test_a_near_duplicate_is_offered_before_a_second_is_made(
    client: FlaskClient, session: Session, registered_houses: list[str], spelled: str
) -> None:
    send(client, "person")
    answer = client.post(f"{BASE}/organisation", data={"organisation": spelled})
    assert names_offered(answer.text) == ["Atlas Eau SARL"]
    chosen = {"organisation": spelled, "use": "Atlas Eau SARL"}
    assert send(client, "organisation", **chosen) == f"{BASE}/times"
    send(client, "times")
    send(client, "consent")
    session.rollback()
    assert sorted(session.scalars(select(Organisation.name))) == sorted(registered_houses)


def test_another_one_of_a_similar_name_is_made_by_will(
    client: FlaskClient, session: Session, registered_houses: list[str]
) -> None:
    send(client, "person")
    name = "Atlas Eau Maroc"
    assert send(client, "organisation", organisation=name, new=name) == f"{BASE}/times"
    send(client, "times")
    send(client, "consent")
    session.rollback()
    assert name in session.scalars(select(Organisation.name)).all()


@pytest.mark.parametrize("name", ["Bahr Logistique", "Rif Transport", "Sahara Textile"])
def test_nobody_is_asked_about_what_is_quite_different(
    client: FlaskClient, registered_houses: list[str], name: str
) -> None:
    send(client, "person")
    assert send(client, "organisation", organisation=name) == f"{BASE}/times"


def test_a_profile_offers_near_duplicates_as_well(
    client: FlaskClient, session: Session, forum: Event, registered_houses: list[str]
) -> None:
    amal = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal", amal)
    cast.sign_in(client, amal)
    form = {"first_name": "Amal", "last_name": "Test", "organisation": "Atlas Eaux",
            "language": "en"}  # fmt: skip
    page = "/events/forum/me/profile"
    assert names_offered(client.post(page, data=form).text) == ["Atlas Eau SARL"]
    assert client.post(page, data={**form, "use": "Atlas Eau SARL"}).status_code == 302
    session.expire_all()
    assert len(session.scalars(select(Organisation)).all()) == 3


@pytest.mark.parametrize("step", ["person", "organisation", "times"])
def test_another_language_keeps_what_is_typed(client: FlaskClient, forum: Event, step: str) -> None:
    """Half filled, wrong, whatever: it comes back, nothing is saved and nobody is led on."""
    for before in list(SAID)[: list(SAID).index(step)]:
        send(client, before)
    path = BASE if step == "person" else f"{BASE}/{step}"
    page = client.get(path).text
    pressed = re.findall(r'<button form="typed" name="speak" formnovalidate value="(\w+)"', page)
    assert pressed == ["fr", "ar", "en"]
    assert '<form method="post" id="typed"' in page
    typed = {
        "first_name": "Zin",
        "email": "no address",
        "organisation": "At",
        "absences": "d1-0900",
    }
    answer = client.post(path, data={**typed, "speak": "ar"})
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl"' in answer.text
    kept = {"person": ['value="Zin"', 'value="no address"', 'selected value="ar"'],
            "organisation": ['value="At"'], "times": ['value="d1-0900"']}[step]  # fmt: skip
    assert [one for one in kept if one not in re.sub(r" id=\"[^\"]*\"", "", answer.text)] == []
    assert 'class="error"' not in answer.text
    assert '<html lang="ar"' in client.get(path).text
