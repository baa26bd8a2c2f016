"""What would help a meeting that is not placed: tried before it is shown, done by one click, and
its effect is what was said.
"""

from __future__ import annotations

import re

import cast
import pytest
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from schedule_cast import Forum
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.curing import Healer, explain
from matchmaker.drafts.models import Change
from matchmaker.drafts.opening import open_draft
from matchmaker.drafts.services import Hand, lock
from matchmaker.errors import Refusal
from matchmaker.events.models import Place, PlaceClosure
from matchmaker.events.places import close_place
from matchmaker.participants.models import Absence
from matchmaker.schedules.bridge import Cure, Explained
from matchmaker.schedules.models import Version
from matchmaker.schedules.publishing import publish
from matchmaker.schedules.queries import find_version, meetings_of

AB, AC, BC = "amal~bilal", "amal~chen", "bilal~chen"


@pytest.fixture
def forum(session: Session) -> Forum:
    """Four slots, two tables."""
    return schedule_cast.make_forum(session)


def found(session: Session, forum: Forum, version: Version, meeting: str) -> Explained:
    explained = explain(session, forum.event, version, meeting)
    assert explained is not None
    return explained


def cure_of(explained: Explained, *kinds: str) -> Cure:
    """The one that takes these steps."""
    return next(c for c in explained.cures if [step.kind for step in c.steps] == [*kinds])


def heal(session: Session, forum: Forum, version: Version, meeting: str, cure: Cure) -> Version:
    change = Healer(session, forum.event, forum.dounia.id).heal(version, meeting, cure.key)
    draft = find_version(session, forum.event.id, change.version_id)
    assert draft is not None
    return draft


def placed(session: Session, version: Version) -> dict[str, str]:
    return {row.id: row.slot_id for row in meetings_of(session, version)}


@pytest.fixture
def apart(app: Flask, session: Session, forum: Forum) -> Version:
    """Bilal is there only at nine, for one of two; Chen never when Amal is."""
    schedule_cast.make_absent(session, forum.bilal, *forum.slots[1:])
    return schedule_cast.make_version(app, forum.event)


def test_somebody_there_at_another_time(session: Session, forum: Forum, apart: Version) -> None:
    assert set(placed(session, apart)) == {AB, AC}
    explained = found(session, forum, apart, BC)
    assert explained.blockers
    cure = cure_of(explained, "present")
    (step,) = cure.steps
    assert step.subject == ("bilal",)
    assert cure.cost["wishes"] == -4
    draft = heal(session, forum, apart, BC, cure)
    assert placed(session, draft)[BC] == step.slots[0]
    assert set(placed(session, draft)) == {AB, AC, BC}
    left = session.scalars(select(Absence.slot_id).where(Absence.participant_id == "bilal")).all()
    assert step.slots[0] not in left
    assert len(left) == 2
    assert set(placed(session, apart)) == {AB, AC}  # the version itself stays


def test_what_was_done_can_be_published(session: Session, forum: Forum, apart: Version) -> None:
    cure = cure_of(found(session, forum, apart, BC), "present")
    draft = heal(session, forum, apart, BC, cure)
    assert publish(session, forum.event, draft, seen=0).number == 1


def test_an_exchange_says_what_falls_for_it(session: Session, forum: Forum, apart: Version) -> None:
    cure = cure_of(found(session, forum, apart, BC))
    assert cure.moves[AB] is None
    assert cure.cost["wishes"] > 0
    draft = heal(session, forum, apart, BC, cure)
    assert set(placed(session, draft)) == {AC, BC}


def test_a_locked_meeting_is_not_moved_for_it(
    session: Session, forum: Forum, apart: Version
) -> None:
    draft = open_draft(session, forum.event, apart)
    lock(session, Hand(forum.event, draft, 0, forum.dounia.id), AB)
    explained = found(session, forum, draft, BC)
    assert all(AB not in cure.moves for cure in explained.cures)


def only_at_nine(session: Session, forum: Forum) -> None:
    """Everybody, and two more pairs: three meetings at once are wanted."""
    names = ("Farah", "Ghita", "Hind", "Idris")
    farah, ghita, hind, idris = (cast.make_participant(session, forum.event, n) for n in names)
    for person in (forum.amal, forum.bilal, forum.chen, farah, ghita, hind, idris):
        schedule_cast.make_absent(session, person, *forum.slots[1:])
    cast.make_wish(session, farah, ghita, "top", position=7)
    cast.make_wish(session, hind, idris, "like", position=8)
    session.commit()


def test_a_table_is_opened(app: Flask, session: Session, forum: Forum) -> None:
    only_at_nine(session, forum)
    second = session.scalars(select(Place).where(Place.code == "T02")).one()
    close_place(session, second, [slot.id for slot in forum.slots])
    session.commit()
    version = schedule_cast.make_version(app, forum.event)
    assert "hind~idris" not in placed(session, version)
    cure = cure_of(found(session, forum, version, "hind~idris"), "open")
    draft = heal(session, forum, version, "hind~idris", cure)
    row = next(row for row in meetings_of(session, draft) if row.id == "hind~idris")
    assert row.place_code == "T02"
    closed = session.scalars(select(PlaceClosure.slot_id)).all()
    assert sorted(closed) == [slot.id for slot in forum.slots[1:]]
    publish(session, forum.event, draft, seen=0)


def test_one_more_table_is_made_as_it_was_tried(app: Flask, session: Session, forum: Forum) -> None:
    only_at_nine(session, forum)
    version = schedule_cast.make_version(app, forum.event)
    assert "hind~idris" not in placed(session, version)
    cure = cure_of(found(session, forum, version, "hind~idris"), "new_place")
    draft = heal(session, forum, version, "hind~idris", cure)
    row = next(row for row in meetings_of(session, draft) if row.id == "hind~idris")
    assert row.place_code == "T03"
    publish(session, forum.event, draft, seen=0)


def test_a_cure_of_yesterday_is_refused_and_changes_nothing(
    session: Session, forum: Forum, apart: Version
) -> None:
    cure = cure_of(found(session, forum, apart, BC), "present")
    draft = heal(session, forum, apart, BC, cure)
    absences = len(session.scalars(select(Absence)).all())
    changes = len(session.scalars(select(Change)).all())
    with pytest.raises(Refusal, match="has changed in the meantime"):
        Healer(session, forum.event).heal(draft, BC, cure.key)
    assert len(session.scalars(select(Absence)).all()) == absences
    assert len(session.scalars(select(Change)).all()) == changes


def test_the_set_up_is_not_changed_by_who_may_not(
    session: Session, forum: Forum, apart: Version
) -> None:
    explained = found(session, forum, apart, BC)
    healer = Healer(session, forum.event, forum.dounia.id, may_set_up=False)
    with pytest.raises(Refusal, match="role"):
        healer.heal(apart, BC, cure_of(explained, "present").key)
    assert len(session.scalars(select(Absence)).all()) == 3
    healer.heal(apart, BC, cure_of(explained).key)


def test_from_the_page(session: Session, client: FlaskClient, forum: Forum, apart: Version) -> None:
    cast.sign_in(client, forum.dounia)
    client.set_cookie("language", "en")
    home = f"/organise/{forum.event.id}/schedule/versions/{apart.id}/not-placed"
    assert f"{home}/{BC}" in client.get(home).text
    waiting = client.get(f"{home}/{BC}").text.split(f'data-waits-for="{home}/{BC}?found=part"')
    assert len(waiting) == 2
    assert "The engine tries what would help." in waiting[1]
    assert "+4" in client.get(f"{home}/{BC}?found=part").json["html"]
    page = client.get(f"{home}/{BC}?found=page").text
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "without any one of these there would be one" in said
    assert re.search(r"Bilal Test is there at \d\d:\d\d", said.replace("  ", " "))
    assert "Wishes, in points: +4" in said
    key = re.search(r'name="cure" value="(\w+)"', page)
    assert key
    done = client.post(f"{home}/{BC}", data={"cure": key[1]}, follow_redirects=True)
    assert "Done in the draft; nothing is published yet." in done.text
    refused = client.post(f"{home}/{BC}", data={"cure": "nonsense"}, follow_redirects=True)
    assert "has changed in the meantime" in refused.text
    assert client.get(f"{home}/{AB}").status_code == 404
