"""A person gets everything that is kept about them, and can be taken away."""

from __future__ import annotations

import json

import cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import Base
from matchmaker.events.models import Membership
from matchmaker.mails.letters import Letter
from matchmaker.mails.models import Mail
from matchmaker.mails.services import post
from matchmaker.notices.services import notify, stop_kind
from matchmaker.participants.models import Absence, Participant
from matchmaker.privacy.collecting import collect
from matchmaker.privacy.readable import FIELDS, INNER, TABLES

# Whether a table's rows are somebody's: a new table must be put on one side.
PERSONAL = {
    "account", "login", "sign_in_link", "membership", "mail",
    "participant", "participant_seat", "attendance", "absence", "answer", "answer_option", "wish",
    "person_booking", "pause_taker", "rest_wish", "programme_signup",
    "entry", "remark", "notice", "stopped_kind", "agenda_known", "document", "bookmark",
    "meeting_note", "registration", "list_columns", "move_request", "cancellation", "booking",
    "catalogue_number", "mailing_recipient",
}  # fmt: skip
CANARY = "Zerzoura"


def test_every_table_with_a_person_in_it_is_handed_out(session: Session) -> None:
    by_hand = PERSONAL - {"account", "mail"}
    pointing = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_key_constraints
        if key.referred_table.name in {"account", "participant", "participant_seat"}
    }
    assert pointing == by_hand


def make_amal(session: Session) -> Account:
    forum = cast.make_event(session)
    slots = cast.make_slots(session, forum)
    amal = cast.make_account(session, "Amal")
    me = cast.make_participant(session, forum, "Amal", amal, last_name=CANARY, phone=CANARY)
    chen = cast.make_participant(session, forum, "Chen", phone="chen's phone")
    cast.make_wish(session, me, chen, message=CANARY)
    cast.make_wish(session, chen, me, message="what Chen thinks")
    session.add(Absence(event_id=forum.id, participant_id=me.id, slot_id=slots[0].id))
    letter = Letter("S", (CANARY,))
    post(session, address=amal.email, language="fr", letter=letter, event_id=forum.id)
    notify(session, forum, me, "validated")
    stop_kind(session, forum.id, me.id, "request")
    session.commit()
    return amal


def test_my_data_are_mine_alone(client: FlaskClient, session: Session) -> None:
    cast.sign_in(client, make_amal(session))
    answer = client.get("/account/data")
    assert sorted(answer.json) == [
        "absence", "account", "login", "mail", "notice", "participant",
        "participant_seat", "stopped_kind", "wish",
    ]  # fmt: skip
    assert [wish["message"] for wish in answer.json["wish"]] == [CANARY]
    assert "chen's phone" not in answer.text
    for secret in ("password_hash", "token_hash", "agenda_secret"):
        assert secret not in answer.text


def dump(session: Session) -> str:
    tables = Base.metadata.sorted_tables
    return json.dumps(
        {t.name: [list(row) for row in session.execute(select(t))] for t in tables}, default=str
    )


def test_after_deleting_nothing_is_left_of_me(client: FlaskClient, session: Session) -> None:
    amal = make_amal(session)
    key = amal.email_key
    cast.sign_in(client, amal)
    assert CANARY in dump(session)
    assert client.get("/account/delete").status_code == 200
    assert client.post("/account/delete").location == "/"
    session.expire_all()
    left = dump(session)
    assert [CANARY in left, key in left] == [False, False]
    assert client.get("/account").status_code == 302
    states = {person.id: person.state for person in session.scalars(select(Participant))}
    assert states == {"amal": "withdrawn", "chen": "validated"}
    assert session.scalars(select(Mail)).all() == []


def test_an_event_is_never_left_without_owner(client: FlaskClient, session: Session) -> None:
    forum = cast.make_event(session)
    dounia = cast.make_organiser(session, forum)
    cast.sign_in(client, dounia)
    assert "only owner" in client.post("/account/delete").text
    ester = cast.make_account(session, "Ester")
    session.add(Membership(account_id=ester.id, event_id=forum.id, role="owner"))
    session.commit()
    assert client.post("/account/delete").location == "/"


def test_somebody_entered_by_an_organiser_gets_it_too(session: Session) -> None:
    forum = cast.make_event(session)
    cast.make_participant(session, forum, "Bilal")
    found = collect(session, cast.make_account(session, "Bilal"))
    assert [row["id"] for row in found["participant"]] == ["bilal"]


def test_my_data_can_be_read_without_a_program(client: FlaskClient, session: Session) -> None:
    cast.sign_in(client, make_amal(session))
    answer = client.get("/account/data/readable")
    assert 'filename="my-data.html"' in answer.headers["Content-Disposition"]
    for said in (CANARY, "Wishes", "Phone", "amal@people.example", "Chen Test", "14 Oct 09:00"):
        assert said in answer.text
    assert "chen's phone" not in answer.text
    assert "href" not in answer.text


def test_every_column_of_a_person_has_words(app: Flask) -> None:
    tables = [Base.metadata.tables[name] for name in PERSONAL]
    columns = {column.name for table in tables for column in table.columns}
    assert columns - set(FIELDS) - INNER == set()
    assert set(TABLES) >= PERSONAL
