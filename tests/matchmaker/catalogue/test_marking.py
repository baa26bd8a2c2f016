"""The words that are marked are the words by which something is found."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.catalogue.asking import asked_words
from matchmaker.catalogue.marking import pieces_of, snippet_of
from matchmaker.events.models import Event
from matchmaker.marketplace.services import add_entry
from matchmaker.organisations.services import change_organisation
from matchmaker.participants.models import Participant

PAGE = "/events/forum/me/people"
MARKET = "/events/forum/me/marketplace/"


@pytest.mark.parametrize(
    ("written", "typed", "marked"),
    [
        ("Électricité verte", "electr", ["Électricité"]),
        ("L’œuvre d’art", "oeuvre art", ["œuvre", "art"]),
        ("Eaux usées", "l'eau usée", ["Eaux", "usées"]),
        ("مجال معالجة المياه", "معالجه مياه", ["معالجة", "المياه"]),
        ("الطَّاقَة الشمسيّة", "طاقة الشمسية", ["الطَّاقَة", "الشمسيّة"]),
        ("مـــدرسة", "مدرسه", ["مـــدرسة"]),
        ("ISO ١٤٠٠١", "14001", ["١٤٠٠١"]),
        ("R&D / co-design", "r design", ["R", "design"]),
        ("Łódź", "lodz", ["Łódź"]),
        ("Nothing of it", "pump", []),
        ("", "pump", []),
    ],
)
def test_folded_as_the_search_folds(written: str, typed: str, marked: list[str]) -> None:
    pieces = pieces_of(written, asked_words(typed))
    assert [piece.text for piece in pieces if piece.is_found] == marked
    assert "".join(piece.text for piece in pieces) == written


def test_of_a_long_text_only_what_stands_around_it_is_shown() -> None:
    text = "word " * 100 + "pumps for salt water " + "word " * 100
    pieces = snippet_of(text, asked_words("pump"))
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert len(shown) < 140
    assert [piece.text for piece in pieces if piece.is_found] == ["pumps"]
    assert snippet_of("word", asked_words("pump")) == []
    assert len("".join(piece.text for piece in snippet_of("x" * 5000, [("x",)]))) == 5000


@pytest.fixture
def forum(client: FlaskClient, session: Session) -> Event:
    """Amal looks; Bilal of Bahr works on water, and says more of it in an entry's text."""
    event = cast.make_event(session)
    house = cast.make_organisation(session, event, "Bahr")
    about = {"description": "Desalination <b>plants</b>", "terms": {"sector": ["water"]}}
    change_organisation(session, house, name="Bahr", country="MA", **about)
    for name, house_id in (("Amal", None), ("Bilal", house.id)):
        account = cast.make_account(session, name)
        cast.make_participant(
            session, event, name, account, consent_version="1", organisation_id=house_id
        )
    session.flush()
    bilal = session.get_one(Participant, (event.id, "bilal"))
    add_entry(session, bilal, {"kind": "offer", "title": "Filters", "text": "With membranes",
                               "language": "en", "is_active": True, "terms": {}})  # fmt: skip
    session.commit()
    amal = session.get_one(Participant, (event.id, "amal"))
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    return event


def test_entries_of_the_marketplace_show_what_was_typed(client: FlaskClient, forum: Event) -> None:
    page = client.get(f"{MARKET}?q=membrane filt bahr").text
    for marked in ("<mark>Filters</mark>", "With <mark>membranes</mark>", "<mark>Bahr</mark>"):
        assert marked in page
    assert "<mark>" not in client.get(MARKET).text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("wat", ["Sector: <mark>Water</mark>"]),
        ("maroc", ["Country: <mark>Maroc</mark>"]),
        ("membrane", ["Offer: With <mark>membranes</mark>"]),
        ("plant", ["Description: Desalination &lt;b&gt;<mark>plants</mark>&lt;/b&gt;"]),
        ("wat plant", [
            "Sector: <mark>Water</mark>",
            "Description: Desalination &lt;b&gt;<mark>plants</mark>&lt;/b&gt;",
        ]),
        ("bilal", []),
        ("bahr filter", []),
        ("", []),
    ],
)  # fmt: skip
def test_the_list_says_why_somebody_is_found_where_the_card_does_not(
    client: FlaskClient, forum: Event, typed: str, why: list[str]
) -> None:
    page = client.get(PAGE, query_string={"q": typed, "part": "found"}).text
    assert 'id="bilal"' in page
    lines = re.findall(r'<p class="small why">(.*?)</p>', page, re.S)
    assert [re.sub(r"</?(?:span|bdi)[^>]*>", "", line).strip() for line in lines] == why
