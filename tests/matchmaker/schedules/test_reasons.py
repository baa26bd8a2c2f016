"""Why a meeting is not placed: everything for organisers, only one's own for participants."""

from __future__ import annotations

import re
from datetime import timedelta

import cast
import pytest
import schedule_cast
from flask import Flask, g
from schedule_cast import Forum
from sqlalchemy import update
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.schedules.bridge import Broken
from matchmaker.schedules.names import Names
from matchmaker.schedules.obstacles import _phrase
from matchmaker.schedules.reasons import OWN, SENTENCES, not_arranged, sentence, sentence_for
from matchmaker.schedules.unplaced import unplaced_for, unplaced_of
from matchmaker.wishes.models import Wish
from matchmaker.wishes.obstacles import not_available
from solver.validation import RULES

# Rules that cannot keep a meeting out: it is placed at most once, and a must is must.
NEVER_A_REASON = {"once", "must"}
# Reasons of the forum that the engine does not know: taken out by hand, wished for too late.
OF_THE_FORUM = {"by_hand", "late", "other_part"}
NEXT_DAY = cast.DAY + timedelta(days=1)
OF_A_GOAL = {"moves"}  # that comes before the wishes


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


def test_every_rule_has_its_sentence() -> None:
    assert set(SENTENCES) - OF_THE_FORUM - OF_A_GOAL == set(RULES) - NEVER_A_REASON


@pytest.mark.parametrize("rule", sorted(SENTENCES))
def test_sentences_hold_with_and_without_details(session: Session, forum: Forum, rule: str) -> None:
    names = Names(session, forum.event.id)
    full = {
        "participants": ["bilal"],
        "slots": ["d1-0900"],
        "places": ["T01"],
        "meetings": ["bilal~chen"],
    }
    with speak("en"):
        said = {
            (rule, bool(reason)): sentence(rule, reason, names)
            for rule in SENTENCES
            for reason in (full, {})
        }
    assert {key for key, text in said.items() if not text.endswith(".") or "%(" in text} == set()


@pytest.mark.parametrize(
    ("language", "people", "said"),
    [
        ("en", 1, "Amal Test is absent at 09:00."),
        ("en", 2, "Amal Test, Bilal Test are absent at 09:00."),
        ("fr", 1, "Absence de Amal Test\xa0: 09:00."),
        ("fr", 2, "Absences de Amal Test, Bilal Test\xa0: 09:00."),
        ("ar", 1, "غياب Amal Test في 09:00."),
        ("ar", 2, "غياب كل من Amal Test، Bilal Test في 09:00."),
    ],
)
def test_the_verb_agrees_with_how_many_are_named(
    session: Session, forum: Forum, language: str, people: int, said: str
) -> None:
    reason = {"participants": ["amal", "bilal"][:people], "slots": [forum.slots[0].id]}
    g.language = language  # of the page, which chooses the comma
    with speak(language):
        shown = sentence("absent", reason, Names(session, forum.event.id))
    assert re.sub("</?bdi>", "", shown) == said


def test_times_are_told_day_by_day_and_a_long_list_says_how_many_more_there_are(
    session: Session, forum: Forum
) -> None:
    later = cast.make_slots(session, forum.event, 12, "next", 11, NEXT_DAY)
    session.commit()
    names = Names(session, forum.event.id)
    every = [slot.id for slot in (*forum.slots, *later)]
    with speak("en"):
        few, many = (
            re.sub("</?bdi>", "", sentence("interpreter", {"slots": slots}, names))
            for slots in ([every[4], every[1], every[0]], every)
        )
    said = "No interpreter of these languages is free at "
    assert few == f"{said}Wed 14 Oct 09:00, 09:25; Thu 15 Oct 11:00."
    assert many.startswith(f"{said}Wed 14 Oct 09:00, 09:25, 09:50, 10:15; Thu 15 Oct 11:00, 11:25")
    assert many.endswith("13:55 and 4 more.")


@pytest.mark.parametrize(
    ("rule", "one", "two"),
    [
        ("busy", " is in other meetings", " are in other meetings"),
        ("absent", " is absent whenever", " are absent whenever"),
        ("max_meetings", " already has as many", " already have as many"),
    ],
)
def test_every_sentence_about_people_has_both_forms(
    session: Session, forum: Forum, rule: str, one: str, two: str
) -> None:
    names = Names(session, forum.event.id)
    with speak("en"):
        assert f"Amal Test</bdi>{one}" in sentence(rule, {"participants": ["amal"]}, names)
        both = sentence(rule, {"participants": ["amal", "bilal"]}, names)
    assert f"Bilal Test</bdi>{two}" in both


def test_an_obstacle_names_one_or_several_who_are_absent(session: Session, forum: Forum) -> None:
    names, slots = Names(session, forum.event.id), (forum.slots[0].id,)
    with speak("en"):
        said = [
            _phrase(Broken("absent", ("m",), people, slots), names)
            for people in (("amal",), ("amal", "bilal"))
        ]
    assert said == ["Amal Test is absent at 09:00", "Amal Test – Bilal Test are absent at 09:00"]


def test_names_cannot_break_out_of_a_sentence(session: Session, forum: Forum) -> None:
    forum.bilal.first_name = "<b>%(who)s"
    session.commit()
    names = Names(session, forum.event.id)
    with speak("en"):
        said = sentence("absent", {"participants": ["bilal"]}, names)
    assert said == ("<bdi>&lt;b&gt;%(who)s Test</bdi> is absent whenever the other side is there.")


def test_an_organiser_reads_who_is_absent(app: Flask, session: Session, forum: Forum) -> None:
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    version = schedule_cast.make_version(app, forum.event)
    with speak("en"):
        missing = unplaced_of(session, version, Names(session, forum.event.id))
    assert [row.id for row in missing] == ["amal~bilal", "bilal~chen"]
    assert all("Bilal Test</bdi> is absent" in row.sentence for row in missing)


def test_a_participant_reads_the_same_of_an_absence_and_of_a_never(
    app: Flask, session: Session, forum: Forum
) -> None:
    """Chen learns neither that Bilal is away nor that Amal does not want to meet."""
    session.execute(update(Wish).where(Wish.to_id == "chen").values(grade="never"))
    cast.make_wish(session, forum.chen, forum.amal, "top")
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    version = schedule_cast.make_version(app, forum.event)
    with speak("en"):
        missing = unplaced_for(session, version, forum.chen)
        assert {(row.name, row.sentence) for row in missing} == {
            ("Amal Test", not_available()),
            ("Bilal Test", not_available()),
        }


def test_a_participant_never_reads_of_others(app: Flask) -> None:
    groups: list[list[str]] = [["bilal"], ["amal", "bilal"], []]
    with app.app_context(), speak("en"):
        said = {
            sentence_for("amal", rule, {"participants": people})
            for rule in SENTENCES
            for people in groups
        }
        assert said == {not_arranged(), not_available()}


def test_a_participant_reads_of_the_own_day(app: Flask) -> None:
    with app.app_context(), speak("en"):
        said = {rule: sentence_for("amal", rule, {"participants": ["amal"]}) for rule in OWN}
    assert said["busy"].startswith("You are in other meetings")
    assert set(said) == {"busy", "absent", "max_meetings"}
