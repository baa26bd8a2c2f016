"""Whom somebody could meet: because one has what the other seeks, and only who can be met."""

from __future__ import annotations

import re
from typing import Any

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.marketplace.services import add_entry
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import change_organisation
from matchmaker.participants.models import Absence, Attendance, Participant
from matchmaker.participants.services import change_states
from matchmaker.suggestions.services import suggestions_for
from matchmaker.wishes.models import Wish

ME = "/events/forum/me"


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 2, "am")
    cast.make_slots(session, event, 2, "pm", 14)
    return event


@pytest.fixture
def amal(session: Session, forum: Event) -> Participant:
    """Looks for sensors, in French."""
    return join(session, forum, "Amal", need=("Capteurs", "sensors"))


def join(
    session: Session,
    event: Event,
    name: str,
    *,
    need: tuple[str, str] | None = None,
    offer: tuple[str, str] | None = None,
    about: dict[str, Any] | None = None,
    **values: Any,
) -> Participant:
    """Somebody of an organisation of their own, with a need and an offer: title and technology."""
    house = cast.make_organisation(session, event, f"House of {name}")
    change_organisation(session, house, name=house.name, **about or {})
    person = cast.make_participant(
        session, event, name, cast.make_account(session, name), consent_version="1",
        **{"organisation_id": house.id, **values},
    )  # fmt: skip
    for kind, entry in (("need", need), ("offer", offer)):
        if entry:
            write(session, person, kind, *entry)
    return person


def write(session: Session, author: Participant, kind: str, title: str, code: str = "") -> None:
    terms = {"technology": [code] if code else []}
    add_entry(session, author, {"kind": kind, "title": title, "text": "", "language": "fr",
                                "is_active": True, "terms": terms})  # fmt: skip


def suggested(session: Session, me: Participant, most: int = 9) -> list[str]:
    session.commit()
    event = session.get_one(Event, me.event_id)
    return [found.card.id for found in suggestions_for(session, event, me, most) or []]


def test_who_gives_what_one_seeks_comes_first_to_both(
    session: Session, forum: Event, amal: Participant
) -> None:
    bilal = join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    join(session, forum, "Rival", need=("Capteurs", "sensors"))
    join(session, forum, "Other", offer=("Batteries", "energy-storage"))
    assert suggested(session, amal) == ["bilal"]
    assert suggested(session, bilal) == ["amal", "rival"]


def test_who_also_seeks_what_one_gives_comes_before_who_only_gives(
    session: Session, forum: Event, amal: Participant
) -> None:
    write(session, amal, "offer", "Robots", "robotics")
    join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    join(session, forum, "Both", offer=("Mesure", "sensors"), need=("Automates", "robotics"))
    assert suggested(session, amal) == ["both", "bilal"]


def test_codes_come_before_texts_and_texts_find_what_is_not_coded(
    session: Session, forum: Event, amal: Participant
) -> None:
    join(session, forum, "Coded", offer=("Something else", "sensors"))
    join(session, forum, "Worded", offer=("Des capteurs", ""))
    join(session, forum, "Neither", offer=("Pompes", "robotics"))
    assert suggested(session, amal) == ["coded", "worded"]


def test_a_language_in_common_and_a_country_aimed_at_count(
    session: Session, forum: Event, amal: Participant
) -> None:
    house = session.get_one(Organisation, (forum.id, amal.organisation_id))
    change_organisation(session, house, name="Amal & Co", country="MA", target_countries=["SN"])
    join(session, forum, "Silent", offer=("Mesure", "sensors"), spoken=["ja"])
    join(session, forum, "Near", offer=("Mesure", "sensors"))
    join(session, forum, "Aimed", offer=("Mesure", "sensors"), about={"country": "SN"})
    assert suggested(session, amal) == ["aimed", "near", "silent"]


def test_a_project_finds_partners_and_money_finds_projects(
    session: Session, forum: Event, amal: Participant
) -> None:
    project = join(session, forum, "Project")
    write(session, project, "project", "Usine pilote", "hydrogen")
    money = join(session, forum, "Money")
    write(session, money, "funding", "Levée de fonds")
    join(session, forum, "Maker", about={"terms": {"technology": ["hydrogen"]}})
    join(session, forum, "Bank", about={"terms": {"type": ["investor"]}})
    assert suggested(session, project) == ["maker"]
    assert suggested(session, money) == ["bank"]


def test_colleagues_oneself_and_whom_one_graded_are_not_suggested(
    session: Session, forum: Event, amal: Participant
) -> None:
    offer = ("Mesure", "sensors")
    join(session, forum, "Colleague", offer=offer, organisation_id=amal.organisation_id)
    for name, grade in (("Liked", "like"), ("Refused", "never")):
        cast.make_wish(session, amal, join(session, forum, name, offer=offer), grade)
    house = join(session, forum, "Housed", offer=offer).organisation_id
    session.add(Wish(event_id=forum.id, from_id=amal.id, to_organisation_id=house, grade="never"))
    join(session, forum, "Bilal", offer=offer)
    assert suggested(session, amal) == ["bilal"]


@pytest.mark.parametrize("why", ["never", "never of the house", "absent", "other session"])
def test_who_cannot_be_met_is_left_out_whatever_the_reason(
    session: Session, forum: Event, amal: Participant, why: str
) -> None:
    bilal = join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    assert suggested(session, amal) == ["bilal"]
    key = {"event_id": forum.id}
    if why == "never":
        cast.make_wish(session, bilal, amal, "never")
    elif why == "never of the house":
        house = amal.organisation_id
        session.add(Wish(**key, from_id="bilal", to_organisation_id=house, grade="never"))
    elif why == "absent":
        for slot in ("d1-0900", "d1-0925", "d1-1400", "d1-1425"):
            session.add(Absence(**key, participant_id="bilal", slot_id=slot))
    else:
        amal.attends_all = bilal.attends_all = False
        session.add(Attendance(**key, participant_id="amal", session_id="am"))
        session.add(Attendance(**key, participant_id="bilal", session_id="pm"))
    assert suggested(session, amal) == []


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_who_is_not_shown_any_more_is_gone_at_once(
    session: Session, forum: Event, amal: Participant, state: str
) -> None:
    bilal = join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    assert suggested(session, amal) == ["bilal"]
    if state == "hidden":
        bilal.consent_version = None
    else:
        change_states(session, forum, ["bilal"], state)
    assert suggested(session, amal) == []


def test_before_there_are_times_a_never_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    """Nobody can be absent yet: whoever was left out would be known to have said never."""
    forum = cast.make_event(session)
    amal = join(session, forum, "Amal", need=("Capteurs", "sensors"))
    bilal = join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    assert suggested(session, amal) == ["bilal"]
    cast.make_wish(session, bilal, amal, "never")
    assert suggested(session, amal) == ["bilal"]


def test_a_full_person_comes_last_and_is_marked(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    forum.needs_acceptance = True
    star = join(session, forum, "Adel", offer=("Mesure", "sensors"), max_meetings=1)
    join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    assert suggested(session, amal) == ["adel", "bilal"]
    cast.make_wish(session, join(session, forum, "Fan"), star, state="accepted")
    assert suggested(session, amal) == ["bilal", "adel"]
    marks = [("Has as many requests" in card) for card in cards_for(client, session, amal)]
    assert marks == [False, True]


def test_who_has_no_time_for_all_who_wish_comes_last_and_is_marked(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    """There are four times."""
    star = join(session, forum, "Adel", offer=("Mesure", "sensors"))
    join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    for number in range(4):
        assert suggested(session, amal) == ["adel", "bilal"]
        cast.make_wish(session, join(session, forum, f"Fan{number}"), star)
    assert suggested(session, amal) == ["bilal", "adel"]
    marks = [("than there is time for" in card) for card in cards_for(client, session, amal)]
    assert marks == [False, True]


def cards_for(client: FlaskClient, session: Session, person: Participant) -> list[str]:
    cast.sign_in(client, session.get_one(Account, person.account_id))
    page = client.get(f"{ME}/people/suggestions").text
    return page.split('<li class="card person"')[1:]


def test_who_agreed_to_nothing_gets_no_suggestions(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    """Nobody could find them in return."""
    join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    amal.consent_version = None
    session.commit()
    assert suggestions_for(session, forum, amal, 9) is None
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    page = client.get(f"{ME}/people/suggestions").text
    assert "Bilal" not in page
    assert "Until you agree" in page


SENTENCES = {
    "en": ("You look for “⁨Capteurs⁩”, and they offer “⁨Mesure en ligne⁩”.",
           "You both speak: French.", "You are both there: Morning."),
    "fr": ("Vous cherchez «\u00a0⁨Capteurs⁩\u00a0» et cette personne propose «\u00a0⁨Mesure en",
           "Langue commune\u00a0: français.", "Présence commune\u00a0: Morning."),
    "ar": ("تبحثون عن «⁨Capteurs⁩»، وهذا الشخص يعرض «⁨Mesure en ligne⁩».",
           "لغة مشتركة: الفرنسية.", "حضور مشترك: Morning."),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_the_page_says_why_in_the_language_of_the_reader(
    client: FlaskClient, session: Session, forum: Event, amal: Participant, language: str
) -> None:
    amal.spoken, amal.attends_all = ["fr", "ar"], False
    session.add(Attendance(event_id=forum.id, participant_id="amal", session_id="am"))
    join(session, forum, "Bilal", offer=("Mesure en ligne", "sensors"))
    session.commit()
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    client.set_cookie("language", language)
    page = client.get(f"{ME}/people/suggestions").text
    for sentence in SENTENCES[language]:
        assert sentence in page, sentence


def test_what_stands_against_a_meeting_has_no_tick(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    join(session, forum, "Bilal", offer=("Mesure", "sensors"), spoken=["de"])
    session.commit()
    (card,) = cards_for(client, session, amal)
    signs = re.findall(r"#(check|close)\W.*?<span>(You look for|You have no language)", card, re.S)
    assert signs == [("check", "You look for"), ("close", "You have no language")]


def test_the_start_page_shows_the_best_three(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    for number in range(4):
        join(session, forum, f"Maker{number}", offer=("Mesure", "sensors"))
    session.commit()
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    page = client.get(f"{ME}/").text
    assert page.count("and they offer") == 3
    assert f"{ME}/people/suggestions" in page


def test_a_grade_comes_back_to_the_suggestions_without_the_one_graded(
    client: FlaskClient, session: Session, forum: Event, amal: Participant
) -> None:
    join(session, forum, "Bilal", offer=("Mesure", "sensors"))
    join(session, forum, "Farah", offer=("Mesure", "sensors"))
    session.commit()
    cast.sign_in(client, session.get_one(Account, amal.account_id))
    answer = client.post(f"{ME}/people/bilal?on=suggestions", data={"grade": "like"})
    assert answer.location == f"{ME}/people/suggestions"
    page = client.get(answer.location).text
    assert ("Bilal" in page, "Farah" in page) == (False, True)
