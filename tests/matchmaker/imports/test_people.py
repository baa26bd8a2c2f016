"""A list of participants becomes people, organisations and delegations, as it says."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import cast
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports.people.columns import COLUMNS
from matchmaker.imports.remembering import Ledger
from matchmaker.imports.services import sheet_of
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.models import Mail
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.participants.models import Absence, Attendance, Participant, ParticipantSeat
from matchmaker.spreadsheets.columns import fold

B2MATCH = (
    "Email", "First name", "Last name", "Job description", "Organization name", "Phone number",
    "Company website", "City", "Street", "Postal code", "Country", "Participation type",
    "Organization type", "Areas of activities", "Organization description", "Validated",
)  # fmt: skip
OURS = (
    "Reference", "Language", "Spoken languages", "Sessions", "Absent", "Stand", "Seats",
    "Delegation", "Remote",
)  # fmt: skip
AMAL = (
    "Amal@People.example", "Amal", "Benali", "Buyer", "Atlas Eau", "+212 5 22", "atlas.example",
    "Casablanca", "12, rue X", "20250", "Morocco", "Buyer", "Company", "Water; Waste",
    "Treats water.", "Yes", "P1", "fr", "français; Arabic; en", "Morning", "2026-10-14 09:00",
    "s1", "2", "CISE", "no",
)  # fmt: skip


def people(session: Session) -> list[Participant]:
    return list(session.scalars(select(Participant).order_by(Participant.email)))


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_every_column_of_b2match_and_ours_is_taken_over(
    desk: Any, session: Session, event: Event
) -> None:
    assert desk.take("participants", B2MATCH + OURS, AMAL) == {
        "new": 1, "changed": 0, "faulty": 0, "unchanged": 0,
    }  # fmt: skip
    [amal] = people(session)
    organisation = session.get_one(Organisation, (event.id, amal.organisation_id))
    chosen = chosen_by(session, organisation)
    delegation = session.get_one(Delegation, (event.id, amal.delegation_id))
    assert (amal.email, amal.email_key) == ("Amal@People.example", "amal@people.example")
    assert (amal.first_name, amal.last_name, amal.job) == ("Amal", "Benali", "Buyer")
    assert (amal.phone, amal.type_code, amal.state) == ("+212 5 22", "buyer", "validated")
    assert (amal.reference, amal.language, amal.spoken) == ("P1", "fr", ["fr", "ar", "en"])
    assert (amal.place_id, amal.seats, amal.remote) == ("S1", 2, False)
    assert (organisation.name, chosen["type"]) == ("Atlas Eau", ["company"])
    assert (organisation.website, organisation.city) == ("https://atlas.example", "Casablanca")
    assert (organisation.street, organisation.postal_code) == ("12, rue X", "20250")
    assert (organisation.country, chosen["sector"]) == ("MA", ["waste", "water"])
    assert organisation.description == "Treats water."
    assert delegation.code == "cise"
    assert session.scalars(select(ParticipantSeat.seat)).all() == [1, 2]
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0900"]
    assert count(session, Attendance) == 0  # the only session is all of them


def test_the_same_file_again_changes_nothing(desk: Any, session: Session) -> None:
    desk.take("participants", B2MATCH + OURS, AMAL)
    entries = count(session, JournalEntry)
    again = desk.take("participants", B2MATCH + OURS, AMAL)
    assert again == {"new": 0, "changed": 0, "faulty": 0, "unchanged": 1}
    spoken = session.scalars(
        select(JournalEntry.table).order_by(JournalEntry.at).offset(entries)
    ).all()
    assert set(spoken) == {"import"}  # of the people, not a word
    assert count(session, Mail) == 0


def test_a_second_import_updates_by_address_case_and_spaces_aside_and_never_deletes(
    desk: Any, session: Session
) -> None:
    header = ("Email", "Last name", "Job description", "Absent")
    desk.take(
        "participants", header,
        ("amal@people.example", "Benali", "Buyer", "d1-0900"), ("bilal@people.example", "Alaoui"),
    )  # fmt: skip
    counts = desk.take("participants", header, (" AMAL @people.example", "Benali", "Director", ""))
    assert counts == {"new": 0, "changed": 1, "faulty": 0, "unchanged": 0}
    assert [(one.email, one.job) for one in people(session)] == [
        ("amal@people.example", "Director"), ("bilal@people.example", ""),
    ]  # fmt: skip
    assert session.scalars(select(Absence.slot_id)).all() == ["d1-0900"]
    assert session.scalars(
        select(JournalEntry.row_id).where(
            JournalEntry.table == "participant", JournalEntry.action == "changed"
        )
    ).all() == [people(session)[0].id]


def test_a_dash_empties_a_field(desk: Any, session: Session) -> None:
    header = ("Email", "Job description", "Absent", "Stand", "Organization name", "Seats")
    desk.take("participants", header, ("a@x.example", "Buyer", "d1-0900", "S1", "Atlas", "3"))
    desk.take("participants", header, ("a@x.example", "-", "-", "–", "-", "-"))
    [amal] = people(session)
    assert (amal.job, amal.place_id, amal.organisation_id, amal.seats) == ("", None, None, 1)
    assert (count(session, Absence), count(session, ParticipantSeat)) == (0, 1)


def test_people_without_an_address_are_found_by_their_reference(
    desk: Any, session: Session
) -> None:
    header = ("Reference", "Email", "Last name")
    desk.take("participants", header, ("P1", "", "Benali"))
    desk.take("participants", header, ("p1", "amal@people.example", "Benali"))
    [amal] = people(session)
    assert (amal.reference, amal.email_key) == ("P1", "amal@people.example")


def test_what_was_edited_here_is_asked_about_and_kept_unless_chosen(
    desk: Any, session: Session
) -> None:
    header = ("Email", "Job description", "Phone number", "City", "Organization name")
    first = ("amal@people.example", "Buyer", "1", "Fès", "Atlas")
    desk.take("participants", header, first)
    [amal] = people(session)
    amal.job, amal.phone = "Edited here", "2"
    session.commit()
    second = ("amal@people.example", "Head of purchasing", "1", "Rabat", "Atlas")
    plan = desk.plan("participants", header, second)
    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 0, "clashing": 1, "faulty": 0}
    assert [(c.field, c.here, c.file, c.is_new) for _, c in plan.clashes] == [
        ("job", "Edited here", "Head of purchasing", True), ("phone", "2", "1", False),
    ]  # fmt: skip
    desk.take("participants", header, second)
    assert (amal.job, amal.phone) == ("Edited here", "2")
    assert session.scalars(select(Organisation.city)).all() == ["Rabat"]
    third = (*second[:1], "Director", *second[2:])
    desk.take("participants", header, third, choice="newer")
    session.refresh(amal)
    assert (amal.job, amal.phone) == ("Director", "2")
    desk.take("participants", header, third, choice="file")
    session.refresh(amal)
    assert (amal.job, amal.phone) == ("Director", "1")


def test_the_same_file_after_an_edit_here_changes_nothing(desk: Any, session: Session) -> None:
    desk.take("participants", ("Email", "Job description"), ("a@x.example", "Buyer"))
    people(session)[0].job = "Edited"
    session.commit()
    counts = desk.take("participants", ("Email", "Job description"), ("a@x.example", "Buyer"))
    assert counts == {"new": 0, "changed": 0, "faulty": 0, "unchanged": 1}
    assert people(session)[0].job == "Edited"


def test_what_somebody_registered_here_is_not_overwritten_either(
    desk: Any, session: Session, event: Event
) -> None:
    cast.make_participant(session, event, "Amal", job="")
    session.commit()
    header = ("Email", "First name", "Last name", "Job description")
    plan = desk.plan("participants", header, ("amal@people.example", "Amal", "Benali", "Buyer"))
    [row] = plan.rows
    assert row.comparison.changes == {"job": "Buyer"}
    assert [clash.field for clash in row.clashes] == ["last_name"]


def test_an_organisation_edited_here_is_asked_about_once(
    desk: Any, session: Session, event: Event
) -> None:
    header = ("Email", "Organization name", "City")
    rows = [(f"{name}@x.example", "Atlas Eau", "Fès") for name in ("a", "b")]
    desk.take("participants", header, *rows)
    session.scalars(select(Organisation)).one().city = "Rabat"
    session.commit()
    rows = [(address, "ATLAS  EAU", "Safi") for address, _, _ in rows]
    plan = desk.plan("participants", header, *rows)
    assert [(row.number, c.field, c.here, c.file) for row, c in plan.clashes] == [
        (2, "city", "Rabat", "Safi")
    ]
    assert desk.take("participants", header, *rows)["changed"] == 0
    assert session.scalars(select(Organisation.city)).all() == ["Rabat"]
    assert desk.take("participants", header, *rows, choice="file")["changed"] == 1
    assert session.scalars(select(Organisation.city)).all() == ["Safi"]


def test_a_person_without_the_column_is_validated_and_no_means_no(
    desk: Any, session: Session
) -> None:
    desk.take("participants", ("Email",), ("a@x.example",))
    desk.take("participants", ("Email", "Activation status"), ("b@x.example", "No"))
    assert [one.state for one in people(session)] == ["validated", "registered"]


def test_who_withdrew_stays_withdrawn(desk: Any, session: Session) -> None:
    desk.take("participants", ("Email", "Validated"), ("a@x.example", "Yes"))
    people(session)[0].state = "withdrawn"
    session.commit()
    desk.take("participants", ("Email", "Validated"), ("a@x.example", "Yes"))
    assert people(session)[0].state == "withdrawn"


def test_no_order_of_rows_matters(desk: Any, session: Session) -> None:
    header = ("Email", "Organization name", "City", "Reference")
    rows = [
        ("a@x.example", "Atlas Eau", "Fès", "1"),
        ("b@x.example", "atlas eau", "Rabat", "2"),
        ("c@x.example", "Atlas Eau", "Rabat", "2"),
        ("d@x.example", "Atlas Eau", "Fès", ""),
        ("d@x.example", "Atlas Eau", "Safi", ""),
    ]
    seen = set()
    for order in permutations(rows):
        plan = desk.plan("participants", header, *order)
        good = {row.said["email"] for row in plan.rows}
        [company] = plan.companies.values()
        faulty = {order[number - 2][0] for number in plan.faulty_rows}
        seen.add((frozenset(good), frozenset(faulty), company.name, str(company.said)))
    assert seen == {
        (
            frozenset({"a@x.example"}),
            frozenset({"b@x.example", "c@x.example", "d@x.example"}),
            "Atlas Eau",
            "{'city': 'Fès'}",
        )
    }


def test_a_row_that_says_the_same_twice_is_one_person(desk: Any, session: Session) -> None:
    row = ("a@x.example", "Benali")
    counts = desk.take("participants", ("Email", "Last name"), row, row)
    assert counts == {"new": 1, "changed": 0, "faulty": 0, "unchanged": 1}


def test_rows_that_disagree_on_an_organisation_are_named(desk: Any) -> None:
    plan = desk.plan(
        "participants", ("Email", "Organization name", "City"),
        ("a@x.example", "Atlas", "Fès"), ("b@x.example", "Atlas", "Safi"),
        ("c@x.example", "Atlas", "Fès"),
    )  # fmt: skip
    assert plan.companies["atlas"].said == {"city": "Fès"}
    assert [(remark.row, remark.sentence) for remark in plan.remarks] == [
        (
            3,
            "Column \u2068City\u2069: other rows say something else of \u2068Atlas\u2069, as row 2 "
            "does. What most rows say is taken.",
        )
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Atlas Eau SARL", "Atlas Eau"),
        ("Eau Atlas", "Atlas Eau"),
        ("AtlasEau", "Atlas Eau"),
        ("Atlas Eaux", "Atlas Eau"),
        ("Atlas Esu", "Atlas Eau"),
    ],
)
def test_new_organisations_that_resemble_others_are_named(
    desk: Any, session: Session, event: Event, one: str, other: str
) -> None:
    desk.take("participants", ("Email", "Organization name"), ("a@x.example", other))
    plan = desk.plan("participants", ("Email", "Organization name"), ("b@x.example", one))
    assert [remark.sentence for remark in plan.remarks] == [
        f"The new organisation \u2068{one}\u2069 resembles \u2068{other}\u2069. If they are the "
        "same, write the same name."
    ]


def test_organisations_with_numbers_do_not_resemble_each_other(desk: Any) -> None:
    rows = [(f"{n}@x.example", f"Company {n}") for n in range(1, 30)]
    assert desk.plan("participants", ("Email", "Organization name"), *rows).remarks == []


def test_no_title_means_two_columns() -> None:
    titles = [(fold(name), column.field) for column in COLUMNS for name in column.names]
    assert len({title for title, _ in titles}) == len(set(titles))


def test_columns_are_known_in_french_and_arabic(desk: Any, session: Session) -> None:
    desk.take("participants", ("E-MAIL", "prenom", "Société"), ("a@x.example", "Zoé", "Eau"))
    desk.take("participants", ("البريد الالكتروني", "الاسم الاول"), ("b@x.example", "أمل"))
    assert [one.first_name for one in people(session)] == ["Zoé", "أمل"]


def test_unknown_columns_are_ignored_and_named(desk: Any, session: Session) -> None:
    row = desk.upload("participants", ("Email", "Shoe size"), ("a@x.example", "43"))
    assert sheet_of(session, row, Ledger()).found.ignored == ("Shoe size",)


def test_languages_are_known_by_code_by_their_own_name_and_in_the_pages_languages(
    desk: Any, session: Session
) -> None:
    desk.take(
        "participants",
        ("Email", "Last name", "Spoken languages"),
        ("a@x.example", "Benali", "Deutsch; italien; العربية; tr"),
        ("b@x.example", "Tazi", "عربي، فرنسية، انجليزي"),
    )
    assert [row.spoken for row in people(session)] == [
        ["de", "it", "ar", "tr"],
        ["ar", "fr", "en"],
    ]


def test_a_person_without_a_name_is_called_as_the_file_calls_them(desk: Any) -> None:
    desk.take("participants", ("Email", "Job"), ("amal@x.example", "Buyer"))
    plan = desk.plan("participants", ("Email", "Job"), ("AMAL@x.example", "Seller"))
    [row] = plan.rows
    assert row.title == "AMAL@x.example"
    assert row.said["email"] == "amal@x.example"  # no other address
