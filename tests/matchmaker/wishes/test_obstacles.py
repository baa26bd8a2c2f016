"""Who asks whom, how many, and why not: said before the click and kept where wishes are made."""

from __future__ import annotations

import json
import re

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Slot
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Absence, Participant
from matchmaker.participants.services import set_absences, set_sessions
from matchmaker.participation.services import add_type
from matchmaker.schedules.models import UnplacedMeeting
from matchmaker.wishes import answering, services
from matchmaker.wishes.models import Barred, Wish
from matchmaker.wishes.obstacles import obstacle_to_house, obstacles_to
from matchmaker.wishes.permission import requests_left
from matchmaker.wishes.rules import set_allowed, set_rules

ME = "/events/forum/me"
NAMES = ("Amal", "Bilal", "Chen", "Farah")


@pytest.fixture
def forum(session: Session) -> Event:
    return cast.make_event(session, needs_acceptance=True)


@pytest.fixture
def slots(session: Session, forum: Event) -> list[Slot]:
    return [*cast.make_slots(session, forum, 2), *cast.make_slots(session, forum, 1, "pm", 14)]


@pytest.fixture
def people(session: Session, forum: Event, slots: list[Slot]) -> dict[str, Participant]:
    shown = {"consent_version": "1", "consent_at": forum.created_at}
    made = {}
    for name in NAMES:
        account = cast.make_account(session, name)
        made[name.lower()] = cast.make_participant(session, forum, name, account, **shown)
    session.commit()
    return made


def codes(session: Session, forum: Event, me: Participant) -> dict[str, str]:
    return obstacles_to(session, forum, me, [name.lower() for name in NAMES])


def test_types_that_may_not_ask_each_other_are_told_and_refused(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    buyer, seller = (add_type(session, forum, {"en": name}) for name in ("Buyer", "Seller"))
    people["amal"].type_code, people["bilal"].type_code = buyer.code, seller.code
    set_allowed(session, forum, {(seller.code, buyer.code), (seller.code, seller.code)})
    assert codes(session, forum, people["amal"]) == {"bilal": "type"}
    assert codes(session, forum, people["bilal"]) == {}
    with pytest.raises(Refusal, match="Your type of participation"):
        services.grade(session, forum, people["amal"], people["bilal"], "like")
    services.grade(session, forum, people["amal"], people["bilal"], "never")
    services.grade(session, forum, people["amal"], people["bilal"], None)
    services.grade(session, forum, people["bilal"], people["amal"], "like")
    services.grade(session, forum, people["amal"], people["bilal"], "like")  # who was asked


def test_the_database_bars_no_types_that_are_not_there(session: Session, forum: Event) -> None:
    session.add(Barred(event_id=forum.id, from_code="nobody", to_code="nobody"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_who_has_enough_requests_is_full(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    set_rules(session, forum, incoming=1)
    wish = services.grade(session, forum, people["bilal"], people["chen"], "like")
    assert codes(session, forum, people["amal"]) == {"chen": "full"}
    with pytest.raises(Refusal, match="as many requests"):
        services.grade(session, forum, people["amal"], people["chen"], "top")
    assert wish
    answering.answer(session, forum, people["chen"], wish.id, accepts=False)
    assert codes(session, forum, people["amal"]) == {}


def test_a_type_has_numbers_of_its_own(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    set_rules(session, forum, incoming=1, outgoing=1)
    kind = add_type(session, forum, {"en": "Star"}, incoming_limit=2, request_limit=2)
    people["chen"].type_code = people["amal"].type_code = kind.code
    services.grade(session, forum, people["bilal"], people["chen"], "like")
    assert codes(session, forum, people["amal"]) == {}
    services.grade(session, forum, people["amal"], people["chen"], "like")
    assert codes(session, forum, people["farah"]) == {"chen": "full"}
    assert requests_left(session, forum, people["amal"]) == 1
    assert requests_left(session, forum, people["bilal"]) == 0


def test_who_has_agreed_to_as_many_meetings_as_wanted_is_full(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    people["chen"].max_meetings = 1
    wish = services.grade(session, forum, people["bilal"], people["chen"], "like")
    assert codes(session, forum, people["amal"]) == {}
    assert wish
    answering.answer(session, forum, people["chen"], wish.id, accepts=True)
    assert codes(session, forum, people["amal"]) == {"chen": "full"}


def test_nobody_sends_more_than_allowed(
    session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    set_rules(session, forum, outgoing=1)
    amal = people["amal"]
    assert requests_left(session, forum, amal) == 1
    services.grade(session, forum, amal, people["bilal"], "like")
    services.grade(session, forum, amal, people["bilal"], "top")  # the same wish
    with pytest.raises(Refusal, match="1 wish at most"):
        services.grade(session, forum, amal, people["chen"], "like")
    services.grade(session, forum, people["chen"], amal, "like")
    services.grade(session, forum, amal, people["chen"], "like")  # an answer is no request
    services.grade(session, forum, amal, people["bilal"], None)


def test_sessions_that_do_not_meet_are_told(
    session: Session, forum: Event, people: dict[str, Participant], slots: list[Slot]
) -> None:
    set_sessions(session, people["bilal"], ["pm"])
    assert codes(session, forum, people["amal"]) == {}
    set_absences(session, people["amal"], [slots[2].id])
    assert codes(session, forum, people["amal"]) == {"bilal": "apart"}
    with pytest.raises(Refusal, match="no common time"):
        services.grade(session, forum, people["amal"], people["bilal"], "like")


def test_an_organisation_can_be_asked_while_one_of_its_people_can(
    session: Session, forum: Event, people: dict[str, Participant], slots: list[Slot]
) -> None:
    bahr = cast.make_organisation(session, forum, "Bahr")
    for name in ("bilal", "chen"):
        people[name].organisation_id = bahr.id
    set_absences(session, people["bilal"], [slot.id for slot in slots])
    session.flush()
    assert obstacle_to_house(session, forum, people["amal"], bahr.id) is None
    cast.make_wish(session, people["chen"], people["amal"], "never")
    assert obstacle_to_house(session, forum, people["amal"], bahr.id) == "unavailable"
    with pytest.raises(Refusal, match="Not available for a meeting"):
        services.wish_organisation(session, forum, people["amal"], bahr, "like")


def test_the_page_says_why_and_offers_no_click(
    client: FlaskClient, session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    set_rules(session, forum, incoming=0)
    session.commit()
    cast.sign_in(client, session.get_one(cast.Account, people["amal"].account_id))
    for path in (f"{ME}/people", f"{ME}/people/bilal/profile"):
        page = client.get(path).text
        assert "Has as many requests or meetings as possible already." in page
        card = page[page.index("/people/bilal") :]
        buttons = re.findall(r'data-grade="(\w+)" aria-pressed="false"( disabled)?>', card)[:3]
        assert buttons == [("top", " disabled"), ("like", " disabled"), ("never", "")]
    client.post(f"{ME}/people/bilal", data={"grade": "top"})
    assert "Has as many requests" in client.get(f"{ME}/people").text
    session.rollback()
    assert session.scalars(select(Wish)).all() == []


def test_organisers_set_the_rules_in_a_plain_form(
    client: FlaskClient, session: Session, forum: Event, people: dict[str, Participant]
) -> None:
    buyer, seller = (add_type(session, forum, {"en": name}) for name in ("Buyer", "Seller"))
    browser = client
    cast.sign_in(browser, cast.make_organiser(session, forum))
    session.commit()
    path = f"/organise/{forum.id}/set-up/requests"
    assert browser.get(path).text.count(" checked") == 4
    form = {"pairs": "1", "may": [f"{buyer.code}~{seller.code}", "odd"], "incoming": "3"}
    assert browser.post(path, data=form).status_code == 302
    page = browser.get(path).text
    assert page.count(" checked") == 1
    assert 'name="incoming" type="number" value="3"' in page


def bytes_seen(browser: FlaskClient, session: Session, me: Participant) -> dict[str, str]:
    """Everything that Amal gets to see, hear and download."""
    session.commit()
    paths = [
        f"{ME}/", f"{ME}/people", f"{ME}/people?organisation=bahr", f"{ME}/people/bilal/profile",
        f"{ME}/organisations/bahr/profile", f"{ME}/wishes", f"{ME}/agenda", f"{ME}/not-placed",
        f"{ME}/profile", f"{ME}/people/suggestions", f"{ME}/marketplace/", f"{ME}/agenda.ics",
    ]  # fmt: skip
    seen = {path: browser.get(path).text for path in paths}
    for path in ("/account/data", "/account/data/readable"):
        seen[path] = browser.get(path).text
        assert "w1" in seen["/account/data"]
    for target in ("people/bilal", "organisations/bahr"):
        browser.post(f"{ME}/{target}", data={"grade": ""})
        browser.post(f"{ME}/{target}", data={"grade": "top"})
        seen[target] = browser.get(f"{ME}/wishes").text
    session.rollback()
    notices = session.execute(
        select(Notice.kind, Notice.participant_id).where(Notice.participant_id == me.id)
    )
    seen["mails"] = json.dumps([tuple(row) for row in notices])
    # Only moments differ: of tokens, of wishes made anew, of a download.
    timeless = re.compile(
        r'(?<=name="csrf_token" value=")[^"]+|\d\d:\d\d:\d\d\.\d+|DTSTAMP:\S+'
        r"|(?<=your agenda as it was on )[^<]+"  # for a phone without network
    )
    seen = {name: timeless.sub("…", text) for name, text in seen.items()}
    readable = "/account/data/readable"  # moments to the minute
    return seen | {readable: re.sub(r"\d\d:\d\d", "…", seen[readable])}


def test_never_and_absence_are_the_same_bytes_everywhere(
    client: FlaskClient,
    session: Session,
    forum: Event,
    people: dict[str, Participant],
    slots: list[Slot],
) -> None:
    amal, bilal = people["amal"], people["bilal"]
    bahr = cast.make_organisation(session, forum, "Bahr")
    bahr.id = bilal.organisation_id = "bahr"
    version = cast.make_version(session, forum, [])
    cast.sign_in(client, session.get_one(cast.Account, amal.account_id))
    wishes = (
        Wish(event_id=forum.id, id="w1", from_id="amal", to_id="bilal", grade="like"),
        Wish(event_id=forum.id, id="w2", from_id="amal", to_organisation_id="bahr", grade="like"),
    )

    def begin() -> None:
        session.query(Wish).delete()
        for wish in wishes:
            session.merge(wish)

    begin()
    free = bytes_seen(client, session, amal)

    begin()
    session.add(Wish(event_id=forum.id, from_id="bilal", to_id="amal", grade="never"))
    refused = bytes_seen(client, session, amal)

    begin()
    for slot in slots:
        session.add(Absence(event_id=forum.id, participant_id="bilal", slot_id=slot.id))
    for name in ("amal~bilal", "amal~o:bahr"):
        reason = {"participants": ["bilal"], "slots": [slot.id for slot in slots]}
        session.add(
            UnplacedMeeting(
                event_id=forum.id, version_id=version.id, meeting_id=name, rule="absent",
                sides={"sides": [["bilal"], ["amal"]]}, reason=reason,
            )
        )  # fmt: skip
    absent = bytes_seen(client, session, amal)

    assert {name for name in refused if refused[name] != absent[name]} == set()
    for name in (f"{ME}/people", f"{ME}/people/bilal/profile", f"{ME}/wishes", f"{ME}/not-placed"):
        assert "Not available for a meeting." in refused[name], name
    assert "Not available for a meeting." in refused["people/bilal"]

    assert free[f"{ME}/people"] != refused[f"{ME}/people"]  # the comparison sees a difference
