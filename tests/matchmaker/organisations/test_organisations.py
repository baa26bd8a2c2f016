"""One row per name and per code, whatever the spelling."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import delegations_of, organisations_of
from matchmaker.organisations.resembling import find_alike
from matchmaker.organisations.services import (
    change_organisation,
    find_or_add_delegation,
    find_or_add_organisation,
    name_key,
    remove_delegation,
)


def test_an_organisation_is_found_by_its_name_however_it_is_written(session: Session) -> None:
    event = cast.make_event(session)
    first = find_or_add_organisation(session, event, "Énergie  Verte S.A.", city="Rabat")
    again = find_or_add_organisation(session, event, "energie verte s a", city="Fès")
    assert (again.id, again.city, again.name) == (first.id, "Rabat", "Énergie Verte S.A.")
    assert len(organisations_of(session, event.id)) == 1


def test_arabic_letters_that_are_written_for_one_another_are_the_same_name() -> None:
    assert name_key("شركة البيئة") == name_key("شركه البيئه")
    assert name_key("أطلس") == name_key("اطلس")
    assert name_key("أطلس") != name_key("أطلسي")


def test_the_same_name_at_another_event_is_another_organisation(session: Session) -> None:
    here, there = cast.make_event(session, "here"), cast.make_event(session, "there")
    one = find_or_add_organisation(session, here, "Atlas")
    other = find_or_add_organisation(session, there, "Atlas")
    assert one.id != other.id


def test_the_database_holds_each_name_once(session: Session) -> None:
    event = cast.make_event(session)
    find_or_add_organisation(session, event, "Atlas")
    session.add(Organisation(event_id=event.id, name="ATLAS", name_key="atlas"))
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    ("name", "details"),
    [
        ("", {}),
        (" . ", {}),
        ("x" * 10_000, {}),
        ("Atlas", {"description": "x" * 10_000}),
        ("Atlas", {"country": "XQ"}),
        ("Atlas", {"website": "javascript:alert(1)"}),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(
    session: Session, name: str, details: dict
) -> None:
    event = cast.make_event(session)
    with pytest.raises(Refusal):
        find_or_add_organisation(session, event, name, **details)
    assert session.scalars(select(Organisation)).all() == []


def test_renaming_to_another_organisations_name_is_refused(session: Session) -> None:
    event = cast.make_event(session)
    atlas = find_or_add_organisation(session, event, "Atlas")
    find_or_add_organisation(session, event, "Rif")
    with pytest.raises(Refusal, match="rif"):
        change_organisation(session, atlas, name="rif")
    change_organisation(session, atlas, name="ATLAS", country="MA")
    assert (atlas.name, atlas.country) == ("ATLAS", "MA")


def test_searching_looks_at_name_and_city_and_takes_signs_literally(session: Session) -> None:
    event = cast.make_event(session)
    find_or_add_organisation(session, event, "Énergie 100%", city="Rabat")
    find_or_add_organisation(session, event, "Atlas", city="Fès")
    found = {words: len(organisations_of(session, event.id, words)) for words in
             ("energie", "RABAT", "100%", "%", "nobody")}  # fmt: skip
    assert found == {"energie": 1, "RABAT": 1, "100%": 1, "%": 1, "nobody": 0}


def test_a_delegation_with_people_stays(session: Session) -> None:
    event = cast.make_event(session)
    cise = find_or_add_delegation(session, event, "CISE", {"fr": "Cluster CISE"})
    assert find_or_add_delegation(session, event, " cise ") is cise
    empty = find_or_add_delegation(session, event, "CE3M")
    cast.make_participant(session, event, "Amal", delegation_id=cise.id)
    with pytest.raises(Refusal, match="cise"):
        remove_delegation(session, cise)
    remove_delegation(session, empty)
    assert [row.code for row in delegations_of(session, event.id)] == ["cise"]


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("blue wave environnement", []),
        ("sebou environement", ["sebou environnement sarl"]),
        ("environnement sebou", ["sebou environnement sarl"]),
    ],
)
def test_one_long_word_in_common_makes_no_near_duplicate(typed: str, alike: list[str]) -> None:
    assert find_alike(typed, ["sebou environnement sarl", "atlas eau"]) == alike
