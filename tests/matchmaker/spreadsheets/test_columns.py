"""A column is known by any of its names, however they are written."""

from __future__ import annotations

from matchmaker.spreadsheets.columns import Column, fold, recognise

COLUMNS = (
    Column(field="email", names=("Email", "E-mail address", "البريد الإلكتروني")),
    Column(field="first", names=("First name", "Prénom", "الاسم الأول")),
    Column(field="state", names=("Validated", "Activation status")),
)


def test_case_accents_spaces_and_signs_do_not_matter() -> None:
    assert fold("  PRÉNOM * ") == fold("prenom")
    assert fold("البريد الالكتروني") == fold("البَريد الإلكتروني")
    found = recognise(["e-mail  ADDRESS:", "prenom", "Validated?"], COLUMNS)
    assert found.places == {"email": 0, "first": 1, "state": 2}


def test_unknown_columns_are_named() -> None:
    found = recognise(["Email", "Shoe size", "", " Badge "], COLUMNS)
    assert (found.places, found.ignored) == ({"email": 0}, ("Shoe size", "Badge"))


def test_of_two_columns_with_one_meaning_the_more_usual_name_counts_in_any_order() -> None:
    found = recognise(["Activation status", "Validated", "Email"], COLUMNS)
    assert found.places == {"state": 1, "email": 2}
    assert found.second == (("Activation status", "Validated"),)
    assert recognise(["Validated", "Activation status"], COLUMNS).places == {"state": 0}
