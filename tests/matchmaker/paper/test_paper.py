"""Some people have paper only: a number, a catalogue, a sheet, and a line that is typed in."""

from __future__ import annotations

import io
from collections.abc import Mapping

import cast
import pypdf
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.paper.lines import Typed, read_lines
from matchmaker.paper.models import CatalogueNumber
from matchmaker.paper.queries import catalogue_of, numbers_of
from matchmaker.paper.services import give_numbers, take_over
from matchmaker.wishes.models import Wish

PEOPLE: Mapping[int, str] = {1: "amal", 2: "bilal", 3: "chen", 12: "dalia"}


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal of Zenith, Bilal of Argan, Chen without a mail address; Dalia has not agreed."""
    forum = cast.make_event(session)
    agreed = {"consent_version": "1", "consent_at": forum.created_at}
    for name, house in (("Amal", "Zenith"), ("Bilal", "Argan"), ("Chen", "Mazagan")):
        organisation = cast.make_organisation(session, forum, house)
        values = {"email": "", "email_key": None, "reference": "C1"} if name == "Chen" else {}
        cast.make_participant(
            session, forum, name, organisation_id=organisation.id, **agreed, **values
        )
    cast.make_participant(session, forum, "Dalia")
    cast.make_organiser(session, forum)
    session.commit()
    return forum


def grades(session: Session) -> list[tuple[str, str | None, str]]:
    rows = session.execute(select(Wish.from_id, Wish.to_id, Wish.grade).order_by(Wish.rank))
    return [tuple(row) for row in rows]


def test_numbers_follow_organisations_and_never_change(session: Session, forum: Event) -> None:
    assert give_numbers(session, forum) == 3
    assert numbers_of(session, forum.id) == {1: "bilal", 2: "chen", 3: "amal"}
    agreed = {"consent_version": "1", "consent_at": forum.created_at}
    cast.make_participant(session, forum, "Aziz", **agreed)
    assert give_numbers(session, forum) == 1
    assert numbers_of(session, forum.id) == {1: "bilal", 2: "chen", 3: "amal", 4: "aziz"}
    assert give_numbers(session, forum) == 0


def test_who_is_not_to_be_shown_stands_in_no_catalogue(session: Session, forum: Event) -> None:
    give_numbers(session, forum)
    assert [row.card.id for row in catalogue_of(session, forum.id)] == ["bilal", "chen", "amal"]


def test_a_number_is_one_persons_whatever_the_code_does(session: Session, forum: Event) -> None:
    give_numbers(session, forum)
    row = {"event_id": forum.id, "participant_id": "dalia", "number": 1}
    with pytest.raises(IntegrityError):
        session.execute(insert(CatalogueNumber).values(**row))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("12: 1, 2", [("dalia", "amal", "like"), ("dalia", "bilal", "like")]),
        ("12:3!,1", [("dalia", "chen", "top"), ("dalia", "amal", "like")]),
        ("12: -2", [("dalia", "bilal", "never")]),
        ("١٢: ١، ٣!", [("dalia", "amal", "like"), ("dalia", "chen", "top")]),
        ("12 : 1;2 3", [("dalia", "amal", "like"), ("dalia", "bilal", "like"),
                        ("dalia", "chen", "like")]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_people_write_it(line: str, said: list[tuple[str, str, str]]) -> None:
    assert read_lines(line, PEOPLE) == ([Typed(*row) for row in said], [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("12 1 2", "a colon"),
        ("12:", "No number stands"),
        ("12: 99", "Nobody has the number 99."),
        ("99: 1", "Nobody has the number 99."),
        ("12: 12", "wishes for itself"),
        ("12: amal", "“amal” is no number"),
        ("12: -1!", "is no number with"),
        ("x: 1", "“x” is no number."),
        ("12: 1, -1", "says two things of 1"),
    ],
)
def test_each_fault_says_where_and_what(line: str, sentence: str) -> None:
    with speak("en"):
        _found, faults = read_lines(f"\n{line}\n1: 2", PEOPLE)
    assert [fault.line for fault in faults] == [2]
    assert sentence in faults[0].sentence


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found, _faults = read_lines(text, PEOPLE)
    assert all(wish.wisher != wish.wished for wish in found)


def test_wishes_are_taken_over_in_their_order(session: Session, forum: Event) -> None:
    typed = [Typed("chen", "bilal", "like"), Typed("chen", "amal", "top")]
    assert take_over(session, forum, [*typed, typed[0]]) == 2
    assert grades(session) == [("chen", "bilal", "like"), ("chen", "amal", "top")]


def test_first_shown_with_names_then_entered(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    give_numbers(session, forum)
    dounia = session.scalars(select(Account).where(Account.name == "Dounia")).one()
    cast.sign_in(client, dounia)
    path = f"/organise/{forum.id}/paper"
    shown = client.post(path, data={"lines": "2: 3!, 1"})
    assert "2 wishes were read" in shown.text
    assert "Amal Test" in shown.text
    assert grades(session) == []
    changed = {"lines": "2: 3!", "checked": "2: 3!, 1"}  # not what was shown
    assert "1 wish was read" in client.post(path, data=changed).text
    assert grades(session) == []
    assert client.post(path, data={"lines": "2: 3!, 1", "checked": "2: 3!, 1"}).location == path
    session.rollback()
    assert grades(session) == [("chen", "amal", "top"), ("chen", "bilal", "like")]


def test_a_faulty_line_keeps_the_text_and_enters_nothing(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    give_numbers(session, forum)
    dounia = session.scalars(select(Account).where(Account.name == "Dounia")).one()
    cast.sign_in(client, dounia)
    text = "2: 3\n2: 77"
    answer = client.post(f"/organise/{forum.id}/paper", data={"lines": text, "checked": text})
    assert "Line 2" in answer.text
    assert "Nobody has the number 77." in answer.text
    assert "2: 3\n2: 77" in answer.text.replace("\r\n", "\n")
    assert grades(session) == []


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_prints_can_be_read_back(
    client: FlaskClient, session: Session, forum: Event, language: str
) -> None:
    give_numbers(session, forum)
    dounia = session.scalars(select(Account).where(Account.name == "Dounia")).one()
    cast.sign_in(client, dounia)
    home = f"/organise/{forum.id}/paper"
    catalogue = text_of(client.get(f"{home}/catalogue-{language}.pdf").data)
    assert "Bilal Test" in catalogue
    assert "Dalia" not in catalogue
    assert client.get(f"{home}/blank-{language}.pdf").status_code == 200
    sheets = text_of(client.get(f"{home}/sheets.pdf").data)
    assert "Chen Test" in sheets
    assert "Amal" not in sheets


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
