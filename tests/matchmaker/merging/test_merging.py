"""Two become one: nothing is lost, what differs is shown, and what was seen is what is done."""

from __future__ import annotations

import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.catalogue.models import Bookmark
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.journal.models import JournalEntry
from matchmaker.marketplace.models import Entry
from matchmaker.merging.queries import alike_organisations, alike_people
from matchmaker.merging.services import Merge, merge, plan_merge
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Absence, Participant, ParticipantSeat
from matchmaker.schedules.models import PersonBooking, Publication
from matchmaker.vocabularies.models import Term
from matchmaker.wishes.models import Remark, Wish


@pytest.fixture
def forum(session: Session) -> Event:
    """Amal is there twice: as ``amal`` and, with an account and more wishes, as ``amel``."""
    event = cast.make_event(session)
    cast.make_slots(session, event, 2)
    cast.make_place(session, event)
    amal = cast.make_participant(session, event, "Amal", last_name="Benali", phone="")
    amel = cast.make_participant(
        session, event, "Amel", cast.make_account(session, "Amel"), last_name="Benali",
        phone="+212 600 11 22 33", reference="R-7", seats=2,
        consent_version="1", consent_at=event.created_at,
    )  # fmt: skip
    bilal, chen, dina = (
        cast.make_participant(session, event, name) for name in ("Bilal", "Chen", "Dina")
    )
    cast.make_wish(session, amal, bilal, "like", message="From Amal")
    asked = cast.make_wish(session, amel, bilal, "top", message="From Amel")
    cast.make_wish(session, amel, chen, "top")
    cast.make_wish(session, dina, amel, "like")
    cast.make_wish(session, amal, amel, "like")
    session.add_all(
        [
            Remark(event_id=event.id, wish_id=asked.id, author_id="bilal", text="Which pumps?"),
            Remark(event_id=event.id, wish_id=asked.id, author_id="amel", text="Small ones."),
            Absence(event_id=event.id, participant_id="amal", slot_id="d1-0900"),
            Absence(event_id=event.id, participant_id="amel", slot_id="d1-0900"),
            Absence(event_id=event.id, participant_id="amel", slot_id="d1-0925"),
            Bookmark(event_id=event.id, from_id="amel", to_id="dina"),
            Bookmark(event_id=event.id, from_id="chen", to_id="amel"),
            Entry(event_id=event.id, author_id="amel", kind="offer", title="Pumps", language="fr"),
        ]
    )
    session.commit()
    return event


def compared(session: Session, forum: Event, stays: str = "amal", goes: str = "amel") -> Merge:
    return plan_merge(session, forum, "participant", stays, goes)


def made_one(session: Session, forum: Event, **chosen: str) -> Participant:
    found = compared(session, forum)
    named = {name.replace("__", "/"): side for name, side in chosen.items()}
    merge(session, forum, found, named, found.fingerprint)
    session.expire_all()
    assert session.get(Participant, (forum.id, "amel")) is None
    return session.get_one(Participant, (forum.id, "amal"))


def test_everything_goes_over_and_nothing_is_there_twice(session: Session, forum: Event) -> None:
    amal = made_one(session, forum)
    wishes = {(w.from_id, w.to_id): w.grade for w in session.scalars(select(Wish))}
    assert wishes == {("amal", "bilal"): "like", ("amal", "chen"): "top", ("dina", "amal"): "like"}
    kept = session.scalars(select(Wish.id).where(Wish.to_id == "bilal")).one()
    remarks = session.scalars(select(Remark).order_by(Remark.text)).all()
    assert [(row.text, row.author_id, row.wish_id) for row in remarks] == [
        ("Small ones.", "amal", kept), ("Which pumps?", "bilal", kept),
    ]  # fmt: skip
    absent = session.scalars(select(Absence.slot_id).where(Absence.participant_id == "amal"))
    assert set(absent) == {"d1-0900", "d1-0925"}
    marks = session.execute(select(Bookmark.from_id, Bookmark.to_id)).all()
    assert set(map(tuple, marks)) == {("amal", "dina"), ("chen", "amal")}
    assert session.scalars(select(Entry.author_id)).all() == ["amal"]
    assert (amal.phone, amal.reference, amal.consent_version) == ("+212 600 11 22 33", "R-7", "1")
    assert (amal.first_name, amal.email, amal.account_id) == ("Amal", "amal@people.example", None)
    seats = select(ParticipantSeat.seat).where(ParticipantSeat.participant_id == "amal")
    assert (amal.seats, sorted(session.scalars(seats))) == (2, [1, 2])
    merged = session.scalars(select(JournalEntry).where(JournalEntry.action == "merged")).one()
    assert merged.row_id == "amal"


def test_a_conflict_is_shown_and_the_chosen_side_is_taken(session: Session, forum: Event) -> None:
    [conflict] = compared(session, forum).conflicts
    assert (conflict.table, set(conflict.columns)) == ("wish", {"grade", "message"})
    amal = made_one(session, forum, **{conflict.name: "goes", "field__email": "goes"})
    wish = session.scalars(select(Wish).where(Wish.to_id == "bilal")).one()
    assert (wish.from_id, wish.grade, wish.message) == ("amal", "top", "From Amel")
    assert (amal.email, amal.email_key) == ("amel@people.example", "amel@people.example")
    assert amal.account_id is not None
    assert len(session.scalars(select(Remark)).all()) == 2


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    session: Session, forum: Event
) -> None:
    seen = compared(session, forum).fingerprint
    amel, dina = (session.get_one(Participant, (forum.id, name)) for name in ("amel", "dina"))
    cast.make_wish(session, amel, dina)
    session.commit()
    with pytest.raises(Refusal, match="Something was changed"):
        merge(session, forum, compared(session, forum), {}, seen)
    session.rollback()
    assert session.get(Participant, (forum.id, "amel")) is not None


def schedule(session: Session, forum: Event, *pairs: tuple[str, str]) -> None:
    slots = ("d1-0900", "d1-0925")
    cast.make_version(session, forum, [
        {"people": list(pair), "slot": slot, "place": "T01"}
        for pair, slot in zip(pairs, slots, strict=False)
    ])  # fmt: skip
    session.commit()


def test_who_has_published_meetings_must_stay(session: Session, forum: Event) -> None:
    schedule(session, forum, ("amel", "bilal"))
    with pytest.raises(Refusal, match="must be the one that stays"):
        compared(session, forum)
    found = compared(session, forum, "amel", "amal")
    merge(session, forum, found, {}, found.fingerprint)
    assert session.get(Participant, (forum.id, "amal")) is None


def test_two_with_published_meetings_are_not_merged(session: Session, forum: Event) -> None:
    schedule(session, forum, ("amel", "bilal"), ("amal", "chen"))
    for pair in (("amal", "amel"), ("amel", "amal")):
        with pytest.raises(Refusal, match="Both have meetings"):
            compared(session, forum, *pair)


def test_an_old_schedule_keeps_an_empty_row(session: Session, forum: Event) -> None:
    schedule(session, forum, ("amel", "bilal"))
    session.delete(session.get_one(Publication, forum.id))
    session.commit()
    found = compared(session, forum)
    assert found.leaves_row
    merge(session, forum, found, {}, found.fingerprint)
    session.expire_all()
    left = session.get_one(Participant, (forum.id, "amel"))
    assert (left.state, left.email_key, left.account_id, left.reference) == (
        "withdrawn", None, None, "merged-amel",
    )  # fmt: skip
    assert len(session.scalars(select(PersonBooking)).all()) == 2
    assert "amel" not in {w.from_id for w in session.scalars(select(Wish))}
    assert session.get_one(Participant, (forum.id, "amal")).reference == "R-7"


@pytest.fixture
def houses(session: Session, forum: Event) -> tuple[Organisation, Organisation]:
    """Atlas Eau and Atlas Eau SARL, each with a person, a sector and a type."""
    one, other = (
        cast.make_organisation(session, forum, name) for name in ("atlas eau", "atlas eau sarl")
    )
    codes = session.scalars(select(Term.code).where(Term.kind == "sector").limit(3)).all()
    types = session.scalars(select(Term.code).where(Term.kind == "type").limit(2)).all()
    other.city = "Fès"
    for row, kind, code in (
        (one, "sector", codes[0]), (one, "sector", codes[1]), (other, "sector", codes[1]),
        (other, "sector", codes[2]), (one, "type", types[0]), (other, "type", types[1]),
    ):  # fmt: skip
        session.add(
            OrganisationTerm(event_id=forum.id, organisation_id=row.id, kind=kind, code=code)
        )
    session.get_one(Participant, (forum.id, "bilal")).organisation_id = one.id
    session.get_one(Participant, (forum.id, "chen")).organisation_id = other.id
    for wisher, target in (("dina", one), ("dina", other), ("amal", other)):
        session.add(
            Wish(event_id=forum.id, from_id=wisher, to_organisation_id=target.id, grade="like")
        )
    session.commit()
    return one, other


def test_organisations_are_merged_with_people_terms_and_wishes(
    session: Session, forum: Event, houses: tuple[Organisation, Organisation]
) -> None:
    one, other = (house.id for house in houses)
    found = plan_merge(session, forum, "organisation", one, other)
    assert [conflict.table for conflict in found.conflicts] == ["organisation_term"]
    type_of_other = found.conflicts[0].other["code"]
    merge(session, forum, found, {found.conflicts[0].name: "goes"}, found.fingerprint)
    session.expire_all()
    assert session.get(Organisation, (forum.id, other)) is None
    assert session.get_one(Organisation, (forum.id, one)).city == "Fès"
    people = session.scalars(select(Participant.id).where(Participant.organisation_id == one))
    assert set(people) == {"bilal", "chen"}
    terms = session.execute(select(OrganisationTerm.kind, OrganisationTerm.code)).all()
    assert len([kind for kind, _code in terms if kind == "sector"]) == 3
    assert [code for kind, code in terms if kind == "type"] == [type_of_other]
    asked = select(Wish.from_id).where(Wish.to_organisation_id == one)
    assert sorted(session.scalars(asked)) == ["amal", "dina"]


def test_who_looks_alike_is_found(
    session: Session, forum: Event, houses: tuple[Organisation, Organisation]
) -> None:
    pairs = {(pair.one.id, pair.other.id): pair.why for pair in alike_people(session, forum.id)}
    assert pairs[("amal", "amel")] == ("name",)
    session.get_one(Participant, (forum.id, "dina")).phone = "00212600112233"
    session.commit()
    again = {(pair.one.id, pair.other.id): pair.why for pair in alike_people(session, forum.id)}
    assert again[("amel", "dina")] == ("phone",)
    [pair] = alike_organisations(session, forum.id)
    assert {pair.one.id, pair.other.id} == {house.id for house in houses}


def test_looked_at_and_done_on_the_page(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    base = f"/organise/{forum.id}/participants/duplicates/"
    assert f"{base}participant?stays=amal&amp;goes=amel" in client.get(base).text
    led = client.get(f"{base}?kind=participant&one=amal@people.example&other=R-7")
    assert led.location == f"{base}participant?stays=amal&goes=amel"
    shown = client.get(led.location).text
    for words in ("From Amal", "From Amel", "Wishes: 2 go over", "about the two themselves",
                  "+212 600 11 22 33"):  # fmt: skip
        assert words in shown
    seen = re.findall(r'name="seen" value="(\w+)"', shown)[0]
    done = client.post(led.location, data={"seen": seen, "field/phone": "stays"})
    assert done.location == f"/organise/{forum.id}/participants/amal"
    session.expire_all()
    assert session.get_one(Participant, (forum.id, "amal")).phone == ""
    session.rollback()
    assert "different and still there" in client.get(led.location).text


def test_organisations_are_compared_in_words(
    client: FlaskClient, session: Session, forum: Event, houses: tuple[Organisation, Organisation]
) -> None:
    cast.sign_in(client, cast.make_organiser(session, forum))
    one, other = (house.id for house in houses)
    base = f"/organise/{forum.id}/participants/duplicates/"
    shown = client.get(f"{base}organisation?stays={one}&goes={other}").text
    kind = session.scalars(
        select(Term).join(OrganisationTerm, OrganisationTerm.code == Term.code)
        .where(Term.kind == "type", OrganisationTerm.kind == "type")
    ).all()  # fmt: skip
    assert "Type of organisation" in shown
    for term in kind:
        assert term.labels["en"] in shown


def test_who_is_alike_is_named_with_the_organisation(
    client: FlaskClient, session: Session, forum: Event, houses: tuple[Organisation, Organisation]
) -> None:
    """Two of one name are often two people: what tells them apart is where they work."""
    cast.sign_in(client, cast.make_organiser(session, forum))
    session.get_one(Participant, (forum.id, "amel")).organisation_id = houses[0].id
    session.commit()
    shown = client.get(f"/organise/{forum.id}/participants/duplicates/").text
    assert "(<bdi>atlas eau</bdi>)" in shown


def test_another_events_people_are_not_merged(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    cast.make_participant(session, cast.make_event(session, "other"), "Eve")
    session.commit()
    for pair in (("amal", "eve"), ("amal", "amal"), ("amal", "nobody")):
        with pytest.raises(Refusal):
            compared(session, forum, *pair)
