"""People and entries are found by their words, however these are written."""

from __future__ import annotations

from typing import Any

import cast
import pytest
from sqlalchemy.orm import Session

from matchmaker.catalogue.queries import Asked, search_entries, search_people
from matchmaker.events.models import Event
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.services import add_entry
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import change_organisation
from matchmaker.participants.models import Participant


@pytest.fixture
def event(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def amal(session: Session, event: Event) -> Participant:
    return shown(session, event, "Amal")


def shown(session: Session, event: Event, name: str, **values: Any) -> Participant:
    return cast.make_participant(session, event, name, **{"consent_version": "1", **values})


def house(session: Session, event: Event, name: str, **details: Any) -> Organisation:
    organisation = cast.make_organisation(session, event, name)
    change_organisation(session, organisation, name=name, **details)
    return organisation


def offer(session: Session, author: Participant, title: str, **said: Any) -> None:
    values = {"kind": "offer", "title": title, "text": "", "language": "fr", "is_active": True,
              "terms": {}}  # fmt: skip
    add_entry(session, author, values | said)  # type: ignore[arg-type]


def found(session: Session, me: Participant, q: str = "", **asked: Any) -> list[str]:
    session.commit()
    search = search_people(session, me, Asked(q=q, **asked))
    rows = [row.participant_id for row in search.rows(0, 50)]
    assert search.count() == len(rows)
    return rows


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Électricité", "electricite"),
        ("Traitement des boues", "traitement de boue"),
        ("L’œuvre d’art", "oeuvre"),
        ("Eaux usées", "l'eau usée"),
        ("Gestion de l'énergie", "energie"),
        ("معالجة المياه", "معالجه مياه"),
        ("معالجة مياه", "معالجة المياه"),
        ("أحمد الطاقة", "احمد"),
        ("الطَّاقَة الشمسيّة", "الطاقة الشمسية"),
        ("مصطفى", "مصطفي"),
        ("مـــدرسة", "مدرسة"),
        ("ISO ١٤٠٠١", "14001"),
        ("Łódź Ørsted", "lodz orsted"),
        ("R&D / co-design", "r d co design"),
    ],
)
def test_what_is_written_one_way_is_found_typed_another(
    session: Session, event: Event, amal: Participant, written: str, typed: str
) -> None:
    shown(session, event, "Bilal", job=written)
    shown(session, event, "Farah", job="Something else")
    assert found(session, amal, typed) == ["bilal"]


def test_the_beginning_of_a_word_is_enough_and_every_word_counts(
    session: Session, event: Event, amal: Participant
) -> None:
    shown(session, event, "Bilal", job="Water treatment")
    shown(session, event, "Farah", job="Water sales")
    for typed, names in {
        "w": ["bilal", "farah"], "wat": ["bilal", "farah"], "water tr": ["bilal"],
        "ater": [], "water nothing": [], "": ["bilal", "farah"], "  ,;!  ": ["bilal", "farah"],
    }.items():  # fmt: skip
        assert found(session, amal, typed) == names, typed


@pytest.mark.parametrize(
    "typed",
    ['"', "' OR 1=1 --", "NEAR(a b)", "bilal*", "names:bilal", "a:*", "!bilal", "(", "\x00"],
)
def test_whatever_is_typed_is_only_words(
    session: Session, event: Event, amal: Participant, typed: str
) -> None:
    shown(session, event, "Farah")
    assert set(found(session, amal, typed)) <= {"farah"}


def test_names_come_before_entries_and_entries_before_descriptions(
    session: Session, event: Event, amal: Participant
) -> None:
    words = "atlas " * 30
    shown(session, event, "Described",
          organisation_id=house(session, event, "Bahr", description=words).id)  # fmt: skip
    offer(session, shown(session, event, "Offering"), "Pumps of the Atlas")
    shown(session, event, "Named", organisation_id=house(session, event, "Atlas Eau").id)
    assert found(session, amal, "atlas") == ["named", "offering", "described"]


def test_a_code_is_found_by_its_label_in_any_language(
    session: Session, event: Event, amal: Participant
) -> None:
    eau = house(session, event, "Bahr", terms={"sector": ["energy"]}, country="MA")
    shown(session, event, "Bilal", organisation_id=eau.id)
    for typed in ("énergie", "الطاقة", "energy", "maroc", "المغرب"):
        assert found(session, amal, typed) == ["bilal"], typed


def test_people_are_sorted_by_name_organisation_or_age(
    session: Session, event: Event, amal: Participant
) -> None:
    zed = house(session, event, "Zed")
    people = {
        "Zoe": {"organisation_id": house(session, event, "Élan").id},
        "Émile": {"organisation_id": zed.id},
        "أحمد": {"organisation_id": zed.id},
        "Farah": {},
    }
    for name, values in people.items():
        shown(session, event, name, last_name="", **values)
    french = ["émile", "farah", "zoe", "أحمد"]
    assert found(session, amal, order="name", language="fr") == french
    assert found(session, amal, order="name", language="ar") == ["أحمد", *french[:3]]
    assert found(session, amal, order="organisation") == ["zoe", "émile", "أحمد", "farah"]
    assert found(session, amal, order="newest") == ["farah", "أحمد", "émile", "zoe"]
    assert found(session, amal, order="nonsense") == french


def test_facets_count_what_the_others_leave(
    session: Session, event: Event, amal: Participant
) -> None:
    maroc = house(session, event, "Bahr", terms={"sector": ["water", "energy"]}, country="MA")
    france = house(session, event, "Loire", terms={"sector": ["water"]}, country="FR")
    shown(session, event, "Bilal", organisation_id=maroc.id, spoken=["ar", "fr"])
    shown(session, event, "Farah", organisation_id=france.id, spoken=["fr"])
    shown(session, event, "Chen", organisation_id=france.id, spoken=["en"])
    session.commit()

    def counts(**chosen: list[str]) -> dict[str, dict[str, int]]:
        asked = search_people(session, amal, Asked(chosen=chosen))
        return {
            facet: dict(counted)
            for facet, counted in asked.counts(["country", "sector", "spoken"]).items()
        }

    assert counts() == {
        "country": {"MA": 1, "FR": 2}, "sector": {"water": 3, "energy": 1},
        "spoken": {"ar": 1, "fr": 2, "en": 1},
    }  # fmt: skip
    assert counts(country=["FR"]) == {
        "country": {"MA": 1, "FR": 2}, "sector": {"water": 2}, "spoken": {"fr": 1, "en": 1},
    }  # fmt: skip
    assert counts(country=["FR"], spoken=["fr"])["country"] == {"MA": 1, "FR": 1}
    assert found(session, amal, chosen={"country": ["FR", "MA"], "spoken": ["ar", "en"]}) == [
        "bilal", "chen",
    ]  # fmt: skip


def test_entries_are_found_by_title_before_author_before_text(
    session: Session, event: Event, amal: Participant
) -> None:
    bilal = shown(session, event, "Bilal")
    offer(session, bilal, "Something", text="With a pump")
    offer(session, shown(session, event, "Pumpernick"), "Else")
    offer(session, bilal, "Pumps", terms={"sector": ["energy"]})
    offer(session, bilal, "Pumps, hidden", is_active=False)
    session.commit()

    def titles(q: str, **chosen: list[str]) -> list[str]:
        search = search_entries(session, event.id, Asked(q=q, chosen=chosen))
        found = [session.get_one(Entry, (event.id, row.entry_id)) for row in search.rows(0, 50)]
        return [entry.title for entry in found]

    assert titles("pump") == ["Pumps", "Else", "Something"]
    assert titles("énergie") == ["Pumps"]
    assert titles("", sector=["energy"]) == ["Pumps"]
    assert len(titles("")) == 3
