"""Organisations come as a list of their own, found by name, with every field of their profile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.vocabularies.models import Term

HEADER = ("Organization name", "Country", "Organization size", "Technologies", "Countries aimed at",
          "Languages of the organization", "Collaborative projects")  # fmt: skip
ATLAS = ("Atlas Eau", "MA", "10-49", "Sensors; Fusion", "France; TN", "fr; Arabic", "One\ntwo")


def test_a_list_of_organisations_adds_and_updates(desk: Any, session: Session) -> None:
    assert desk.take("organisations", HEADER, ATLAS)["new"] == 1
    [atlas] = session.scalars(select(Organisation)).all()
    assert (atlas.country, atlas.target_countries) == ("MA", ["FR", "TN"])
    assert atlas.spoken == ["fr", "ar"]
    assert atlas.projects == "One\ntwo"
    chosen = session.execute(select(OrganisationTerm.kind, OrganisationTerm.code)).all()
    assert set(map(tuple, chosen)) == {
        ("size", "10-49"), ("technology", "sensors"), ("technology", "fusion"),
    }  # fmt: skip
    new = session.scalars(select(Term.kind).where(Term.code == "fusion")).all()
    assert new == ["technology"]
    again = desk.plan("organisations", HEADER, ATLAS)
    assert again.counts["unchanged"] == 1
    changed = desk.take("organisations", HEADER, ("ATLAS eau", "FR"))
    session.refresh(atlas)
    assert (changed["changed"], atlas.country, atlas.name) == (1, "FR", "Atlas Eau")


def test_what_was_edited_here_is_asked_about(desk: Any, session: Session) -> None:
    desk.take("organisations", HEADER, ATLAS)
    [atlas] = session.scalars(select(Organisation)).all()
    atlas.country = "TN"
    session.commit()
    assert desk.plan("organisations", HEADER, ATLAS).counts["clashing"] == 1
    desk.take("organisations", HEADER, ATLAS)
    session.refresh(atlas)
    assert atlas.country == "TN"
    desk.take("organisations", HEADER, ATLAS, choice="file")
    session.refresh(atlas)
    assert atlas.country == "MA"


def test_faulty_rows_are_named(desk: Any) -> None:
    found = desk.sentences(
        "organisations", HEADER, ("", "MA"), ("One", "Atlantis"), ("Two", "MA"), ("two", "FR"),
        ("Three", "MA"), ("Three", "MA"),
    )  # fmt: skip
    assert [(row, column) for row, column, _sentence in found] == [
        (2, "Organization name"), (3, "Country"), (4, "Organization name"),
        (5, "Organization name"),
    ]  # fmt: skip
    assert found[2][2].startswith("Rows 4, 5 are the same organisation")


def test_nobody_is_added_with_an_organisation(desk: Any, session: Session) -> None:
    desk.take("organisations", ("Organization name", "Email"), ("Atlas", "amal@x.example"))
    assert session.scalars(select(Participant)).all() == []
