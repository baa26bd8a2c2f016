"""Lists that are extended and renamed, and nothing that somebody chose is lost."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.services import create_event
from matchmaker.folding import fold
from matchmaker.languages import LANGUAGES
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.organisations.services import find_or_add_organisation
from matchmaker.organisations.terms import chosen_by, set_terms
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.queries import choices_of, labels_of, terms_of, uses_of
from matchmaker.vocabularies.services import add_term, change_term, move_term, remove_term
from matchmaker.vocabularies.starting import KINDS, LISTS
from matchmaker.vocabularies.words import code_for, codes_by_word


@pytest.fixture
def event(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def atlas(session: Session, event: Event) -> Organisation:
    terms = {"type": ["sme"], "sector": ["water"]}
    return find_or_add_organisation(session, event, "Atlas", terms=terms)


def term(session: Session, event: Event, kind: str, code: str) -> Term:
    return session.scalars(select(Term).filter_by(event_id=event.id, kind=kind, code=code)).one()


def codes(session: Session, event: Event, kind: str) -> list[str]:
    return [row.code for row in terms_of(session, event.id, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_nobody_ordered_is_in_the_alphabet_of_the_reader(
    session: Session, event: Event, language: str
) -> None:
    add_term(session, event, "sector", {"fr": "Anses", "ar": "أحواض", "en": "Bays"})
    names = [fold(label) for _code, label in choices_of(session, event.id, "sector", language)]
    assert names == sorted(names)
    sizes = [code for code, _label in choices_of(session, event.id, "size", language)]
    assert sizes == codes(session, event, "size")


def test_a_list_that_the_organiser_ordered_keeps_that_order(session: Session, event: Event) -> None:
    move_term(session, term(session, event, "sector", "water"), 1)
    chosen = [code for code, _label in choices_of(session, event.id, "sector", "fr")]
    assert chosen == codes(session, event, "sector")
    assert chosen[0] == "water"


def test_every_event_begins_with_full_lists_in_three_languages(session: Session) -> None:
    account = cast.make_account(session, "Dounia")
    event = create_event(session, account, names={"fr": "Forum"})
    lists = labels_of(session, event.id)
    assert set(lists) == set(KINDS)
    assert list(lists["type"]) == [
        "sme", "startup", "large", "research", "university", "technology-centre", "association",
        "cluster", "public", "investor",
    ]  # fmt: skip
    assert {"ecei-bronze", "ecei-silver", "ecei-gold"} <= set(lists["label"])
    assert all(
        set(labels) == set(LANGUAGES) and all(labels.values())
        for terms in lists.values()
        for labels in terms.values()
    )


def test_no_starting_label_means_two_things() -> None:
    for kind, lines in LISTS.items():
        terms = {c: {"fr": f, "ar": a, "en": e} for c, f, a, e in lines}
        by_word = codes_by_word(kind, terms)
        for code, *labels in lines:
            assert {by_word[word] for word in map(fold, (code, *labels))} == {code}, code


def test_a_list_grows_and_another_event_does_not_see_it(session: Session, event: Event) -> None:
    other = cast.make_event(session, "other")
    added = add_term(session, event, "sector", {"fr": "Énergie marine", "en": ""})
    assert (added.code, added.labels) == ("energie-marine", {"fr": "Énergie marine"})
    assert codes(session, event, "sector")[-1] == "energie-marine"
    assert "energie-marine" not in codes(session, other, "sector")


@pytest.mark.parametrize(
    "labels",
    [{}, {"fr": " "}, {"fr": "…"}, {"fr": "EAU"}, {"en": "water "}, {"ar": "الماء"},
     {"fr": "x" * 201}, {"xx": "Eau douce"}],
)  # fmt: skip
def test_a_term_without_a_name_of_its_own_is_refused(
    session: Session, event: Event, labels: dict[str, str]
) -> None:
    before = codes(session, event, "sector")
    with pytest.raises(Refusal):
        add_term(session, event, "sector", labels)
    assert codes(session, event, "sector") == before


def test_renaming_loses_nothing(session: Session, event: Event, atlas: Organisation) -> None:
    change_term(session, term(session, event, "sector", "water"), {"fr": "Or bleu"}, is_active=True)
    assert chosen_by(session, atlas)["sector"] == ["water"]
    assert ("water", "Or bleu") in choices_of(session, event.id, "sector", "ar")
    words = codes_by_word("sector", labels_of(session, event.id)["sector"])
    assert [words[word] for word in ("or bleu", "water", "eau")] == ["water"] * 3
    free = add_term(session, event, "sector", {"en": "Water"})  # the old name is free again
    assert free.code != "water"
    words = codes_by_word("sector", labels_of(session, event.id)["sector"])
    assert words["water"] == free.code


def test_hidden_it_is_kept_where_it_was_chosen_and_offered_to_nobody_else(
    session: Session, event: Event, atlas: Organisation
) -> None:
    water = term(session, event, "sector", "water")
    change_term(session, water, dict(water.labels), is_active=False)
    assert "water" not in dict(choices_of(session, event.id, "sector", "en"))
    assert "water" in dict(choices_of(session, event.id, "sector", "en", ["water"]))
    assert chosen_by(session, atlas)["sector"] == ["water"]


def test_what_is_used_stays_and_what_is_not_goes(
    session: Session, event: Event, atlas: Organisation
) -> None:
    with speak("en"), pytest.raises(Refusal, match="in use"):
        remove_term(session, term(session, event, "sector", "water"))
    assert uses_of(session, event.id, "sector") == {"water": 1}
    remove_term(session, term(session, event, "sector", "mining"))
    assert "mining" not in codes(session, event, "sector")
    assert "water" in codes(session, event, "sector")


def test_the_database_itself_keeps_a_used_term(
    session: Session, event: Event, atlas: Organisation
) -> None:
    with pytest.raises(IntegrityError):
        session.execute(delete(Term).where(Term.event_id == event.id, Term.code == "water"))


def test_the_database_takes_no_term_of_another_list_or_event_and_no_second_type(
    session: Session, event: Event, atlas: Organisation
) -> None:
    other = cast.make_event(session, "other")
    foreign = add_term(session, other, "sector", {"en": "Foreign"})
    for kind, code in (("label", "water"), ("sector", foreign.code), ("type", "large")):
        row = {"event_id": event.id, "organisation_id": atlas.id, "kind": kind, "code": code}
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(OrganisationTerm).values(row))


def test_choosing_what_is_not_in_the_list_is_refused_in_words(
    session: Session, event: Event, atlas: Organisation
) -> None:
    for chosen in ({"sector": ["nothing"]}, {"label": ["water"]}, {"type": ["sme", "large"]}):
        with pytest.raises(Refusal):
            set_terms(session, atlas, chosen)
    set_terms(session, atlas, {"type": ["large"]})
    assert chosen_by(session, atlas)["type"] == ["large"]
    assert chosen_by(session, atlas)["sector"] == ["water"]


def test_a_line_moves_and_the_others_close_up(session: Session, event: Event) -> None:
    move_term(session, term(session, event, "type", "investor"), 1)
    assert codes(session, event, "type")[:3] == ["investor", "sme", "startup"]
    move_term(session, term(session, event, "type", "sme"), 99)
    assert codes(session, event, "type")[-1] == "sme"
    assert [row.position for row in terms_of(session, event.id, "type")] == list(range(1, 11))


def test_the_same_label_gets_the_same_code_and_long_ones_stay_apart() -> None:
    assert code_for("Énergie  VERTE") == code_for("energie verte") == "energie-verte"
    long = [code_for("x" * 150 + end) for end in ("a", "b", "a")]
    assert long[0] == long[2] != long[1]
    assert max(map(len, long)) <= 60
    assert code_for("شركة") == code_for("شركه")
