"""What people offer and look for: written, found, wished for."""

from __future__ import annotations

import re
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.marketplace.models import KINDS, Entry, EntryTerm, WishEntry
from matchmaker.marketplace.queries import shown_entries, terms_of_entry
from matchmaker.marketplace.services import MOST_ENTRIES, Said, add_entry, remove_entry
from matchmaker.participants.models import Participant
from matchmaker.privacy.collecting import collect
from matchmaker.privacy.erasure import erase
from matchmaker.vocabularies.models import Term
from matchmaker.wishes.models import Wish
from matchmaker.wishes.services import grade

BASE = "/events/forum/me/marketplace"
FORM: dict[str, Any] = {
    "kind": "offer", "title": "Sludge  treatment", "text": "Plants of every size", "language": "en",
    "sector": ["water"], "industry": ["circular-economy"], "technology": ["water-treatment"],
    "is_active": "y",
}  # fmt: skip


def said(**changed: Any) -> Said:
    terms = {"sector": ["water"], "technology": ["sensors"]}
    return {"kind": "offer", "title": "Sensors", "text": "", "language": "fr",
            "is_active": True, "terms": terms} | changed  # type: ignore[return-value]  # fmt: skip


@pytest.fixture
def event(session: Session) -> Event:
    return cast.make_event(session)


def join(session: Session, event: Event, name: str, **values: Any) -> Participant:
    consent = {"consent_version": "1", "consent_at": event.created_at}
    account = cast.make_account(session, name)
    return cast.make_participant(session, event, name, account, **consent | values)


def account_of(session: Session, person: Participant) -> Account:
    return session.get_one(Account, person.account_id)


@pytest.fixture
def amal(session: Session, event: Event) -> Participant:
    atlas = cast.make_organisation(session, event, "Atlas")
    return join(session, event, "Amal", organisation_id=atlas.id)


@pytest.fixture
def chen(session: Session, event: Event) -> Participant:
    return join(session, event, "Chen")


def enter(client: FlaskClient, session: Session, person: Participant) -> None:
    session.commit()
    cast.sign_in(client, account_of(session, person))


def titles(session: Session, event: Event) -> list[str]:
    return [entry.title for entry in shown_entries(session, event.id)]


def test_an_entry_is_written_changed_hidden_and_removed(
    client: FlaskClient, session: Session, event: Event, amal: Participant
) -> None:
    enter(client, session, amal)
    assert client.post(f"{BASE}/new", data=FORM).status_code == 302
    entry = session.scalars(select(Entry)).one()
    assert (entry.title, entry.language, entry.author_id) == ("Sludge treatment", "en", "amal")
    assert terms_of_entry(session, entry) == {
        "sector": ["water"], "industry": ["circular-economy"], "technology": ["water-treatment"],
    }  # fmt: skip
    page = client.get(f"{BASE}/{entry.id}").text
    assert "Plants of every size" in page
    changed = {key: value for key, value in FORM.items() if key != "is_active"}
    assert client.post(f"{BASE}/{entry.id}", data=changed | {"sector": []}).status_code == 302
    session.expire_all()
    assert "sector" not in terms_of_entry(session, entry)
    assert titles(session, event) == []
    assert "Hidden" in client.get(f"{BASE}/mine").text
    assert client.post(f"{BASE}/{entry.id}/remove").status_code == 302
    assert session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_entry_has_its_word(
    client: FlaskClient, session: Session, amal: Participant, chen: Participant, kind: str
) -> None:
    words = {"offer": "Offre", "need": "Besoin", "project": "Projet cherchant des partenaires",
             "technology": "Technologie", "funding": "Financement"}  # fmt: skip
    add_entry(session, amal, said(kind=kind))
    enter(client, session, chen)
    client.set_cookie("language", "fr")
    assert f">{words[kind]} · français<" in client.get(f"{BASE}/").text


def test_it_is_found_by_words_and_narrowed_by_kind_and_code(
    client: FlaskClient, session: Session, amal: Participant, chen: Participant
) -> None:
    add_entry(session, amal, said(title="Électricité solaire", terms={"sector": ["energy"]}))
    add_entry(session, amal, said(title="معالجة المياه", kind="need"))
    enter(client, session, chen)
    for question, found in {
        "": (True, True), "q=electricite": (True, False), "q=معالجه المياة": (False, True),
        "q=ATLAS": (True, True), "kind=need": (False, True), "sector=energy": (True, False),
        "technology=sensors": (False, True), "sector=energy&kind=need": (False, False),
        "sector=nothing": (False, False),
    }.items():  # fmt: skip
        page = re.sub("</?mark>", "", client.get(f"{BASE}/?{question}").text)
        assert ("Électricité solaire" in page, "معالجة المياه" in page) == found, question
    page = client.get(f"{BASE}/").text
    assert '<span dir="auto">Energy</span><span class="count">1</span>' in page
    assert "Mining" not in page


def test_who_is_not_shown_offers_nothing_and_who_is_not_confirmed_sees_nothing(
    client: FlaskClient, session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    add_entry(session, amal, said())
    assert titles(session, event) == ["Sensors"]
    amal.consent_version = None
    assert titles(session, event) == []
    amal.consent_version, amal.state = "1", "withdrawn"
    assert titles(session, event) == []
    chen.state = "registered"
    enter(client, session, chen)
    for path in ("/", "/mine", "/new"):
        assert client.get(BASE + path).status_code == 302
    assert client.post(f"{BASE}/new", data=FORM).status_code == 302
    assert len(session.scalars(select(Entry)).all()) == 1


def test_nobody_touches_anothers_entry(
    client: FlaskClient, session: Session, amal: Participant, chen: Participant
) -> None:
    entry = add_entry(session, amal, said())
    enter(client, session, chen)
    assert client.get(f"{BASE}/{entry.id}").status_code == 404
    assert client.post(f"{BASE}/{entry.id}", data=FORM).status_code == 404
    assert client.post(f"{BASE}/{entry.id}/remove").status_code == 404
    assert session.scalars(select(Entry.title)).all() == ["Sensors"]


def test_a_wish_points_at_an_entry_and_both_sides_and_the_organiser_see_it(
    client: FlaskClient, session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    entry = add_entry(session, amal, said())
    dounia = cast.make_organiser(session, event)
    enter(client, session, chen)
    assert client.post(f"{BASE}/{entry.id}/wish").status_code == 302
    wish = session.scalars(select(Wish)).one()
    assert (wish.from_id, wish.to_id, wish.grade) == ("chen", "amal", "like")
    assert "You wish to meet about this" in client.get("/events/forum/me/people/amal/profile").text
    assert "Sensors" in client.get("/events/forum/me/wishes").text
    cast.sign_in(client, account_of(session, amal))
    assert "Sensors" in client.get("/events/forum/me/wishes").text
    cast.sign_in(client, dounia)
    assert "Sensors" in client.get(f"/organise/{event.id}/wishes").text


def test_a_wish_keeps_its_grade_and_points_at_one_entry(
    client: FlaskClient, session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    first, second = add_entry(session, amal, said()), add_entry(session, amal, said(title="Two"))
    grade(session, event, chen, amal, "top", "Hello")
    enter(client, session, chen)
    client.post(f"{BASE}/{first.id}/wish")
    client.post(f"{BASE}/{second.id}/wish")
    client.post(f"{BASE}/{second.id}/wish")
    wish = session.scalars(select(Wish)).one()
    assert (wish.grade, wish.message) == ("top", "Hello")
    assert session.scalars(select(WishEntry.entry_id)).all() == [second.id]
    client.post(f"{BASE}/{second.id}/wish", data={"point": "no"})
    assert session.scalars(select(WishEntry)).all() == []
    assert session.scalars(select(Wish)).all() == [wish]


def test_never_points_at_nothing(
    client: FlaskClient, session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    entry = add_entry(session, amal, said())
    enter(client, session, chen)
    client.post(f"{BASE}/{entry.id}/wish")
    grade(session, event, chen, amal, "never")
    assert session.scalars(select(WishEntry)).all() == []
    answer = client.post(f"{BASE}/{entry.id}/wish", follow_redirects=True)
    assert "You never want to meet this person" in answer.text
    assert session.scalars(select(Wish.grade)).all() == ["never"]


def test_without_the_entry_the_wish_stays(
    session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    entry = add_entry(session, amal, said())
    wish = grade(session, event, chen, amal, "like")
    assert wish is not None
    session.add(WishEntry(event_id=event.id, wish_id=wish.id, entry_id=entry.id))
    session.flush()
    remove_entry(session, entry)
    assert session.scalars(select(Wish.id)).all() == [wish.id]
    assert session.scalars(select(WishEntry)).all() == []


def test_the_database_takes_no_entry_of_another_event_and_keeps_used_terms(
    session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    other = cast.make_event(session, "other")
    stranger = join(session, other, "Zora")
    foreign = add_entry(session, stranger, said())
    add_entry(session, amal, said())
    wish = grade(session, event, chen, amal, "like")
    assert wish is not None
    row = WishEntry(event_id=event.id, wish_id=wish.id, entry_id=foreign.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(row)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(delete(Term).where(Term.event_id == event.id, Term.code == "sensors"))


def test_personal_data_hold_the_entries_and_erasing_takes_them_away(
    session: Session, event: Event, amal: Participant, chen: Participant
) -> None:
    add_entry(session, amal, said())
    add_entry(session, chen, said(title="Not hers"))
    found = collect(session, account_of(session, amal))
    assert [row["title"] for row in found["entry"]] == ["Sensors"]
    assert {row["code"] for row in found["entry_term"]} == {"water", "sensors"}
    assert len(found["entry_term"]) == 2
    erase(session, account_of(session, amal))
    assert session.scalars(select(Entry.title)).all() == ["Not hers"]
    assert len(session.scalars(select(EntryTerm)).all()) == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Please fill this in"),
        ({"title": "…"}, "a title"),
        ({"title": "x" * 201}, "At most 200 characters"),
        ({"text": "x" * 1_000_000}, "At most 5000 characters"),
        ({"kind": "nothing"}, "valid choice"),
        ({"language": "xx"}, "valid choice"),
        ({"sector": ["nothing"]}, "valid choice"),
    ],
)
def test_what_cannot_be_comes_back_as_typed(
    client: FlaskClient, session: Session, amal: Participant, changed: dict[str, Any], sentence: str
) -> None:
    enter(client, session, amal)
    typed = FORM | {"text": "Typed with care"} | changed
    answer = client.post(f"{BASE}/new", data=typed)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Typed with care" in answer.text or "text" in changed
    assert session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202eabc", "x\x00y", "{{ 7*7 }}"])
def test_hostile_texts_are_only_text(
    client: FlaskClient, session: Session, event: Event, amal: Participant, text: str
) -> None:
    dounia = cast.make_organiser(session, event)
    enter(client, session, amal)
    answer = client.post(f"{BASE}/new", data=FORM | {"title": f"a {text}", "text": text})
    assert answer.status_code == 302
    for path in ("/", "/mine"):
        assert "<script>alert" not in client.get(BASE + path).text
    cast.sign_in(client, dounia)
    page = client.get(f"/organise/{event.id}/marketplace")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_one_person_cannot_fill_the_marketplace(
    client: FlaskClient, session: Session, event: Event, amal: Participant
) -> None:
    for number in range(MOST_ENTRIES):
        session.add(Entry(event_id=event.id, author_id="amal", kind="offer",
                          title=f"T{number}", language="fr"))  # fmt: skip
    enter(client, session, amal)
    answer = client.post(f"{BASE}/new", data=FORM)
    assert "remove one first" in answer.text
    assert "Plants of every size" in answer.text


def test_the_organiser_takes_an_entry_out(
    client: FlaskClient, session: Session, event: Event, amal: Participant
) -> None:
    entry = add_entry(session, amal, said())
    dounia = cast.make_organiser(session, event)
    session.commit()
    cast.sign_in(client, dounia)
    base = f"/organise/{event.id}/marketplace"
    assert "Sensors" in client.get(f"{base}?q=atlas").text
    assert "Sensors" not in client.get(f"{base}?q=nobody").text
    assert client.post(f"{base}/{entry.id}/remove").status_code == 302
    assert session.scalars(select(Entry)).all() == []
