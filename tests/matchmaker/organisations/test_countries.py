"""Countries as spreadsheets write them."""

from __future__ import annotations

import pytest

from matchmaker.organisations.countries import country_choices, country_code, country_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MA", "MA"),
        (" ma ", "MA"),
        ("Morocco", "MA"),
        ("MAROC", "MA"),
        ("المغرب", "MA"),
        ("Côte d’Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("Etats-Unis", "US"),
        ("U.K.", "GB"),
        ("الجزائر", "DZ"),
        ("", ""),
        ("Utopia", None),
        ("European Union", None),
    ],
)
def test_a_country_is_known_by_code_and_by_its_three_names(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_every_country_that_can_be_chosen_is_read_back_in_every_language() -> None:
    for language in ("fr", "ar", "en"):
        for code, name in country_choices(language):
            assert country_code(name) == code, (language, name)


def test_a_country_is_called_as_the_page_speaks() -> None:
    assert [country_name("MA", code) for code in ("fr", "ar", "en")] == [
        "Maroc",
        "المغرب",
        "Morocco",
    ]
