"""The catalogue is true after every change, by whatever path it comes."""

from __future__ import annotations

import threading
from typing import Any

import cast
import pytest
from catalogue_checks import faults_of
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from matchmaker import migrations
from matchmaker.accounts.models import Account
from matchmaker.catalogue.models import Document, Outdated
from matchmaker.catalogue.queries import Asked, search_people
from matchmaker.catalogue.triggers import PREFIX, SOURCES, install_triggers
from matchmaker.database import db, make_engine
from matchmaker.events.models import Event
from matchmaker.imports.services import add_import, take_over
from matchmaker.marketplace.models import Entry, EntryTerm
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Attendance, Participant
from matchmaker.participants.services import change_states, withdraw_consent
from matchmaker.privacy.erasure import erase
from matchmaker.spreadsheets.reading import read_paste
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.services import change_term

ME = "/events/forum/me"


@pytest.fixture
def forum(session: Session) -> Event:
    """Bilal of Bahr, with an entry; Amal, who looks for him; two sessions, he attends one."""
    event = cast.make_event(session)
    for name, hour in (("am", 9), ("pm", 14)):
        cast.make_slots(session, event, 1, name, hour)
    bahr = cast.make_organisation(session, event, "Bahr")
    for name in ("Amal", "Bilal"):
        cast.make_participant(
            session, event, name, cast.make_account(session, name), consent_version="1",
            organisation_id=bahr.id if name == "Bilal" else None, attends_all=name == "Amal",
        )  # fmt: skip
    key = {"event_id": event.id}
    session.add(Attendance(**key, participant_id="bilal", session_id="am"))
    session.add(OrganisationTerm(**key, organisation_id=bahr.id, kind="sector", code="water"))
    session.add(Entry(**key, id="pumps", author_id="bilal", kind="offer", title="Pumps",
                      language="fr"))  # fmt: skip
    session.flush()
    session.add(EntryTerm(**key, entry_id="pumps", kind="technology", code="sensors"))
    session.commit()
    assert faults_of(session) == []
    return event


def of(session: Session, model: type[Any]) -> Any:
    return session.scalars(select(model)).first()


def found(session: Session, q: str) -> list[str]:
    me = session.scalars(select(Participant).where(Participant.id == "amal")).one()
    rows = search_people(session, me, Asked(q=q)).rows(0, 9)
    return [row.participant_id for row in rows]


def sign_in_bilal(client: FlaskClient, session: Session) -> None:
    cast.sign_in(client, session.scalars(select(Account).where(Account.name == "Bilal")).one())


def test_a_profile_an_organisation_and_an_entry_edited_on_their_pages(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    sign_in_bilal(client, session)
    profile = {
        "first_name": "Bilal", "last_name": "Idrissi", "job": "Hydrologist", "language": "fr",
        "spoken": ["ar"], "organisation": "Bahr", "sessions": ["pm"],
    }  # fmt: skip
    assert client.post(f"{ME}/profile", data=profile).status_code == 302
    assert faults_of(session) == []
    assert found(session, "hydrologist idrissi") == ["bilal"]
    about = {"description": "Desalination plants", "sector": ["energy"], "country": "MA"}
    assert client.post(f"{ME}/organisation", data=about).status_code == 302
    assert faults_of(session) == []
    assert found(session, "desalination maroc") == ["bilal"]
    entry = {"kind": "need", "title": "Membranes", "text": "", "language": "en", "is_active": "y"}
    assert client.post(f"{ME}/marketplace/pumps", data=entry).status_code == 302
    assert faults_of(session) == []
    assert (found(session, "membranes"), found(session, "pumps")) == (["bilal"], [])
    assert client.post(f"{ME}/marketplace/pumps/remove").status_code == 302
    assert faults_of(session) == []
    assert found(session, "membranes") == []


def test_an_import_brings_and_changes_people(session: Session, forum: Event) -> None:
    account = cast.make_organiser(session, forum)
    for job in ("Chemist", "Physicist"):
        paste = (
            "E-mail\tFirst name\tLast name\tJob description\tOrganization name\tValidated\n"
            f"new@people.example\tNadia\tAlami\t{job}\tNahr\tYes\n"
        )
        row = add_import(session, forum, account, kind="participants", table=read_paste(paste),
                         file_name="people.csv")  # fmt: skip
        take_over(session, forum, row)
        session.execute(update(Participant).values(consent_version="1"))
        session.commit()
        assert faults_of(session) == []
        assert len(found(session, f"nadia {job} nahr")) == 1
    assert found(session, "chemist") == []


def test_people_of_two_organisations_that_become_one(session: Session, forum: Event) -> None:
    """As a bulk statement, past every service."""
    nahr = cast.make_organisation(session, forum, "Nahr")
    session.execute(update(Participant).values(organisation_id=nahr.id))
    session.execute(delete(Organisation).where(Organisation.id != nahr.id))
    session.commit()
    assert faults_of(session) == []
    assert (found(session, "nahr"), found(session, "bahr")) == (["bilal"], [])


def test_a_renamed_term_is_found_by_its_new_name(session: Session, forum: Event) -> None:
    for code in ("water", "sensors"):
        term = session.scalars(select(Term).where(Term.code == code)).first()
        change_term(session, term, {"fr": f"Nouveau {code}"}, is_active=True)
        session.commit()
        assert faults_of(session) == []
        assert found(session, f"nouveau {code}") == ["bilal"]


@pytest.mark.parametrize("state", ["withdrawn", "rejected", "registered"])
def test_who_is_not_in_any_more_is_not_there(session: Session, forum: Event, state: str) -> None:
    change_states(session, forum, ["bilal"], state)
    session.commit()
    assert faults_of(session) == []
    assert session.scalars(select(Document.participant_id)).all() == ["amal"]


def test_who_takes_the_consent_back_is_not_there(session: Session, forum: Event) -> None:
    withdraw_consent(session, session.get_one(Participant, (forum.id, "bilal")))
    session.commit()
    assert faults_of(session) == []
    assert session.scalars(select(Document.participant_id)).all() == ["amal"]


def test_of_who_is_erased_no_word_is_left(session: Session, forum: Event) -> None:
    bilal = session.get_one(Participant, (forum.id, "bilal"))
    erase(session, session.get_one(Account, bilal.account_id))
    assert faults_of(session) == []
    kept = session.execute(select(Document.__table__)).all()
    assert "bilal" not in repr(kept)


def test_an_event_that_goes_takes_its_documents(session: Session, forum: Event) -> None:
    session.execute(delete(Attendance))
    session.execute(delete(EntryTerm))
    session.execute(delete(OrganisationTerm))
    session.execute(delete(Participant))
    session.commit()
    assert faults_of(session) == []
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_what_another_program_changes_is_found_after_the_next_commit_of_ours(
    session: Session, forum: Event
) -> None:
    session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE participant SET job = 'Diver' WHERE id = 'bilal'"))
    assert found(session, "diver") == []
    session.commit()
    assert found(session, "diver") == ["bilal"]
    assert faults_of(session) == []


def test_a_change_that_is_taken_back_leaves_everything_as_it_was(
    session: Session, forum: Event
) -> None:
    session.execute(update(Participant).values(job="Diver"))
    session.rollback()
    session.commit()
    assert faults_of(session) == []
    assert found(session, "diver") == []


# One change by each table and verb; the first is made before, so that there is something.
CHANGES: dict[tuple[str, str], tuple[str, str]] = {
    ("participant", "INSERT"): (
        "SELECT 1",
        "INSERT INTO participant ({columns}) SELECT {copy} FROM participant WHERE id = 'bilal'",
    ),
    ("participant", "UPDATE"): ("SELECT 1", "UPDATE participant SET job = 'Diver'"),
    ("participant", "DELETE"): ("SELECT 1", "DELETE FROM participant WHERE id = 'bilal'"),
    ("organisation", "UPDATE"): ("SELECT 1", "UPDATE organisation SET city = 'Fes'"),
    ("organisation_term", "INSERT"): (
        "SELECT 1",
        "INSERT INTO organisation_term SELECT event_id, organisation_id, kind, 'energy'"
        " FROM organisation_term",
    ),
    ("organisation_term", "UPDATE"): ("SELECT 1", "UPDATE organisation_term SET code = 'energy'"),
    ("organisation_term", "DELETE"): ("SELECT 1", "DELETE FROM organisation_term"),
    ("entry", "INSERT"): (
        "SELECT 1",
        "INSERT INTO entry (event_id, id, author_id, kind, title, text, language, is_active,"
        " created_at) SELECT event_id, 'more', author_id, kind, 'More', text, language, is_active,"
        " created_at FROM entry",
    ),
    ("entry", "UPDATE"): ("SELECT 1", "UPDATE entry SET author_id = 'amal'"),
    ("entry", "DELETE"): ("DELETE FROM entry_term", "DELETE FROM entry"),
    ("entry_term", "INSERT"): (
        "SELECT 1",
        "INSERT INTO entry_term SELECT event_id, entry_id, kind, 'robotics' FROM entry_term",
    ),
    ("entry_term", "UPDATE"): ("SELECT 1", "UPDATE entry_term SET code = 'robotics'"),
    ("entry_term", "DELETE"): ("SELECT 1", "DELETE FROM entry_term"),
    ("attendance", "INSERT"): (
        "SELECT 1",
        "INSERT INTO attendance SELECT event_id, participant_id, 'pm' FROM attendance",
    ),
    ("attendance", "UPDATE"): ("SELECT 1", "UPDATE attendance SET session_id = 'pm'"),
    ("attendance", "DELETE"): ("SELECT 1", "DELETE FROM attendance"),
    ("session", "INSERT"): (
        "SELECT 1",
        "INSERT INTO session (event_id, id, names, day, starts, ends) SELECT event_id, 'late',"
        " names, day, starts, ends FROM session WHERE id = 'am'",
    ),
    ("session", "DELETE"): ("DELETE FROM slot", "DELETE FROM session WHERE id = 'pm'"),
    ("term", "UPDATE"): (
        "SELECT 1",
        "UPDATE term SET labels = '{{\"fr\": \"Nouveau\"}}' WHERE code IN ('water', 'sensors')",
    ),
}
# Nobody can belong to an organisation that is not there yet or is gone: nothing to be wrong about.
HARMLESS = {("organisation", "INSERT"), ("organisation", "DELETE")}


def test_every_trigger_has_its_change() -> None:
    drawn = {(source.table, verb) for source in SOURCES for verb in source.verbs}
    assert drawn == set(CHANGES) | HARMLESS


@pytest.mark.parametrize(("table", "verb"), sorted(CHANGES))
def test_without_its_trigger_a_change_would_leave_the_catalogue_behind(
    session: Session, forum: Event, table: str, verb: str
) -> None:
    before, change = (statement.format(**copied()) for statement in CHANGES[table, verb])
    session.execute(text(before))
    session.commit()
    savepoint_free(session, change)
    assert faults_of(session) == []


@pytest.mark.parametrize(("table", "verb"), sorted(set(CHANGES) - {("participant", "DELETE")}))
def test_the_check_sees_each_trigger_that_is_taken_away(
    session: Session, forum: Event, table: str, verb: str
) -> None:
    """Without this the test above could not fail. (With a person the documents go by key.)"""
    before, change = (statement.format(**copied()) for statement in CHANGES[table, verb])
    session.execute(text(before))
    session.commit()
    name = f"{PREFIX}{table}_{verb}".lower()
    on = "" if session.connection().dialect.name == "sqlite" else f" ON {table}"
    session.execute(text(f"DROP TRIGGER {name}{on}"))
    savepoint_free(session, change)
    assert faults_of(session) != []


def copied() -> dict[str, str]:
    """The columns of a participant, and what makes Bilal over again of them."""
    given = {"id": "'copy'", "email_key": "'copy'", "reference": "'copy'",
             "agenda_secret": "'copy'"}  # fmt: skip
    names = [column.name for column in Participant.__table__.columns]
    return {
        "columns": ", ".join(names),
        "copy": ", ".join(given.get(name, name) for name in names),
    }


def savepoint_free(session: Session, statement: str) -> None:
    session.execute(text(statement))
    session.commit()


def test_triggers_are_drawn_once_however_often(session: Session, forum: Event) -> None:
    session.rollback()
    engine = make_engine(db.engine.url.render_as_string(hide_password=False))
    for _ in range(2):
        migrations.upgrade(engine)
    with engine.begin() as connection:
        install_triggers(connection)
    engine.dispose()
    session.execute(update(Participant).values(job="Diver"))
    assert session.scalar(select(func.count()).select_from(Outdated)) == 4  # before, after
    session.commit()
    assert faults_of(session) == []


def test_two_who_change_the_same_person_at_once_leave_both_changes(
    app: Flask, session: Session, forum: Event
) -> None:
    """The organisation is described while the person's entry is written."""
    barrier = threading.Barrier(2, timeout=20)
    wrong: list[BaseException] = []

    def change(statement: str) -> None:
        try:
            with app.app_context():
                barrier.wait()
                db.session.execute(text(statement))
                db.session.commit()
        except BaseException as error:
            wrong.append(error)

    session.rollback()
    for number in range(10):
        threads = [
            threading.Thread(target=change, args=(statement,))
            for statement in (
                f"UPDATE organisation SET city = 'City{number}'",
                f"UPDATE entry SET title = 'Title{number}'",
            )
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert wrong == []
        assert faults_of(session) == []
        assert found(session, f"city{number} title{number}") == ["bilal"]
        session.rollback()
