"""One session is published: a new version of the published rest and the new part."""

from __future__ import annotations

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.schedules.joining import join
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.schedules.unplaced import unplaced_of


@pytest.fixture
def forum(session: Session) -> Forum:
    """The morning has two slots, so that the afternoon has to be used too."""
    forum = schedule_cast.make_forum(session)
    for slot in forum.slots[2:]:
        session.delete(slot)
    forum.slots = [*forum.slots[:2], *cast.make_slots(session, forum.event, 2, "pm", 14)]
    session.commit()
    return forum


@pytest.fixture
def before(app: Flask, session: Session, forum: Forum) -> Version:
    """Published."""
    version = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, version, seen=0)
    return version


def day_of(session: Session, version: Version) -> dict[str, str]:
    return {row.id: row.slot_id for row in meetings_of(session, version)}


def is_morning(slot: str) -> bool:
    return slot < "d1-12"


def other_day(app: Flask, session: Session, forum: Forum, before: Version) -> Version:
    """A version of another day: Amal cannot be where she has been so far, nor Bilal and Chen."""
    slots = {slot.id: slot for slot in forum.slots}
    name = min(day_of(session, before), key=lambda row: day_of(session, before)[row])
    taken = day_of(session, before)[name]
    person = {"amal": forum.amal, "bilal": forum.bilal}[name.split("~")[0]]
    schedule_cast.make_absent(session, person, slots[taken])
    return schedule_cast.make_version(app, forum.event)


def test_the_chosen_session_is_new_and_the_rest_as_published(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    after = other_day(app, session, forum, before)
    new = join(session, forum.event, after, ["am"])
    then, now, joined = (day_of(session, version) for version in (before, after, new))
    rest = {name: slot for name, slot in then.items() if not is_morning(slot)}
    part = {name: slot for name, slot in now.items() if is_morning(slot) and name not in rest}
    assert joined == {**part, **rest}
    assert joined not in (then, now)
    assert (new.number, new.base_id, new.status) == (None, after.id, "joined")


def test_what_is_left_out_is_listed_with_a_reason(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    after = other_day(app, session, forum, before)
    new = join(session, forum.event, after, ["am"])
    missing = {row.id: row.rule for row in unplaced_of(session, new, Names(session, "forum"))}
    assert missing.keys() | day_of(session, new).keys() == day_of(session, after).keys()
    assert missing
    assert set(missing.values()) == {"other_part"}


def test_it_is_checked_and_published_like_any_other(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    new = join(session, forum.event, other_day(app, session, forum, before), ["am"])
    publish(session, forum.event, new, seen=1)
    assert published_version(session, forum.event.id) is new
    assert new.number == 2


def test_a_limit_that_it_does_not_keep_is_named_in_words(
    app: Flask, session: Session, forum: Forum, before: Version
) -> None:
    after = other_day(app, session, forum, before)
    for person in (forum.amal, forum.bilal, forum.chen):
        person.max_meetings = 1
    session.commit()
    new = join(session, forum.event, after, ["am"])
    with pytest.raises(Refusal) as refused:
        publish(session, forum.event, new, seen=1)
    assert "more meetings than agreed: " in str(refused.value)
    assert "max_meetings" not in str(refused.value)


def test_nobody_who_has_left_is_in_it(session: Session, forum: Forum, before: Version) -> None:
    forum.chen.state = "withdrawn"
    session.commit()
    with pytest.raises(Refusal, match="Chen Test takes part no longer"):
        publish(session, forum.event, before, seen=1)
    new = join(session, forum.event, before, ["am", "pm"])
    assert set(day_of(session, new)) == {"amal~bilal"}
    publish(session, forum.event, new, seen=1)
    assert published_version(session, forum.event.id) is new


def test_before_anything_is_published_only_the_part_is_in_it(
    app: Flask, session: Session, forum: Forum
) -> None:
    version = schedule_cast.make_version(app, forum.event)
    new = join(session, forum.event, version, ["am"])
    assert day_of(session, new) == {
        name: slot for name, slot in day_of(session, version).items() if is_morning(slot)
    }


def test_no_session_is_no_part(session: Session, forum: Forum, before: Version) -> None:
    with pytest.raises(Refusal, match="Choose the sessions"):
        join(session, forum.event, before, ["no such session"])


def test_from_the_page(
    app: Flask, session: Session, client: FlaskClient, forum: Forum, before: Version
) -> None:
    after = other_day(app, session, forum, before)
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    home = f"/organise/{forum.event.id}/schedule/versions/{after.id}/"
    assert "Publish only some sessions of it" in client.get(home + "publish").text
    made = client.post(home + "part", data={"sessions": ["am"]}, follow_redirects=True)
    assert "Nothing is published yet" in made.text
    refused = client.post(home + "part", data={}, follow_redirects=True)
    assert "Choose the sessions" in refused.text
