"""Imported people are found by the others once somebody says that they have agreed."""

from __future__ import annotations

import io
import re
from typing import Any

import cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports.models import Import
from matchmaker.journal.models import JournalEntry
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_people
from matchmaker.participants.services import give_consent, withdraw_consent
from matchmaker.wishes.models import Wish

HEADER = ("Email", "Last name")
AMAL, BILAL = ("amal@people.example", "Amal"), ("bilal@people.example", "Bilal")
SENTENCE = "cannot be found by the others yet"


def consents(session: Session) -> dict[str, str | None]:
    session.expire_all()
    rows = session.execute(select(Participant.last_name, Participant.consent_version))
    return dict(rows.all())


def person(session: Session, name: str) -> Participant:
    return session.scalars(select(Participant).where(Participant.last_name == name)).one()


def consented(session: Session) -> list[str]:
    """Of whom the journal says so, once for each entry."""
    named = select(Participant.last_name).join(JournalEntry, JournalEntry.row_id == Participant.id)
    return sorted(session.scalars(named.where(JournalEntry.action == "consented")))


def test_nobody_is_shown_where_nobody_says_that_they_have_agreed(
    desk: Any, session: Session
) -> None:
    desk.take("participants", HEADER, AMAL, BILAL)
    assert consents(session) == {"Amal": None, "Bilal": None}
    assert consented(session) == []


def test_who_has_agreed_is_found_from_the_import_on(
    desk: Any, session: Session, event: Event
) -> None:
    event.consent_version = "7"
    session.commit()
    desk.take("participants", HEADER, AMAL, ("nonsense", "Faulty"), agreed=True)
    assert consents(session) == {"Amal": "7"}
    assert person(session, "Amal").consent_at is not None
    assert consented(session) == ["Amal"]
    visible = Participant.consent_version.is_not(None)
    assert find_people(session, event.id, visible, within=()) == [person(session, "Amal").id]


def test_a_second_import_reaches_new_changed_and_unchanged_people_and_nobody_else(
    desk: Any, session: Session, event: Event
) -> None:
    cast.make_participant(session, event, "Chen", last_name="Chen")
    desk.take("participants", (*HEADER, "Phone number"), (*AMAL, "1"), (*BILAL, "1"))
    rows = (*AMAL, "1"), (*BILAL, "2"), ("dina@people.example", "Dina", "1")
    desk.take("participants", (*HEADER, "Phone number"), *rows, agreed=True)
    assert consents(session) == {"Amal": "1", "Bilal": "1", "Chen": None, "Dina": "1"}
    assert consented(session) == ["Amal", "Bilal", "Dina"]


def test_a_consent_that_is_there_stays_as_it_was_given(
    desk: Any, session: Session, event: Event
) -> None:
    desk.take("participants", HEADER, AMAL, agreed=True)
    given = person(session, "Amal").consent_at
    event.consent_version = "2"
    session.commit()
    desk.take("participants", HEADER, AMAL, agreed=True)
    desk.take("participants", HEADER, AMAL)
    assert consents(session) == {"Amal": "1"}
    assert person(session, "Amal").consent_at == given
    assert consented(session) == ["Amal"]


def test_who_took_the_consent_back_here_stays_hidden(desk: Any, session: Session) -> None:
    desk.take("participants", HEADER, AMAL, BILAL, agreed=True)
    withdraw_consent(session, person(session, "Amal"))
    session.commit()
    desk.take("participants", HEADER, AMAL, BILAL, agreed=True)
    assert consents(session) == {"Amal": None, "Bilal": "1"}
    give_consent(session, person(session, "Amal"), "1")
    withdraw_consent(session, person(session, "Amal"))
    session.commit()
    desk.take("participants", HEADER, AMAL, agreed=True)
    assert consents(session) == {"Amal": None, "Bilal": "1"}


def test_a_list_of_wishes_asks_nothing_and_shows_nobody(desk: Any, session: Session) -> None:
    desk.take("participants", HEADER, AMAL, BILAL)
    desk.take("wishes", ("From", "To"), (AMAL[0], BILAL[0]), agreed=True)
    assert len(session.scalars(select(Wish)).all()) == 1
    assert consents(session) == {"Amal": None, "Bilal": None}


def test_the_box_is_off_and_the_page_says_who_stays_hidden_until_it_is_ticked(
    app: Flask, client: FlaskClient, session: Session, event: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, event))
    session.commit()
    client.set_cookie("language", "en")
    page, result = take(client, session, event, {"choice": "keep"})
    [box] = re.findall(r"<input[^>]* name=.agreed.[^>]*>", page)
    assert 'type="checkbox"' in box
    assert "checked" not in box
    assert f"2 confirmed participants {SENTENCE}" in result
    assert consents(session) == {"Amal": None, "Bilal": None}
    _page, result = take(client, session, event, {"choice": "keep", "agreed": "y"})
    assert SENTENCE not in result
    assert consents(session) == {"Amal": "1", "Bilal": "1"}


def take(
    client: FlaskClient, session: Session, event: Event, answers: dict[str, str]
) -> tuple[str, str]:
    """Preview and result of the same file."""
    data = "\r\n".join(";".join(row) for row in (HEADER, AMAL, BILAL)).encode()
    home = f"/organise/{event.id}/imports/"
    upload = {"kind": "participants", "file": (io.BytesIO(data), "list.csv")}
    page = client.post(home, data=upload, follow_redirects=True).text
    row = session.scalars(select(Import.id).where(Import.state == "preview")).one()
    return page, client.post(home + row, data=answers, follow_redirects=True).text
