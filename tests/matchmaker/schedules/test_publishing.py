"""Publishing is one step: the pointer, the number and the notices, or nothing."""

from __future__ import annotations

import threading
import time

import cast
import pytest
import schedule_cast
from flask import Flask
from schedule_cast import Forum
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matchmaker.database import db, now
from matchmaker.errors import Refusal
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Participant
from matchmaker.schedules import publishing
from matchmaker.schedules.models import Publication, ScheduledMeeting, Version
from matchmaker.schedules.publishing import publish, revision_of, unpublish
from matchmaker.schedules.queries import find_version, meetings_of, published_version
from matchmaker.wishes.models import Wish


@pytest.fixture
def forum(session: Session) -> Forum:
    return schedule_cast.make_forum(session)


@pytest.fixture
def version(app: Flask, forum: Forum) -> Version:
    return schedule_cast.make_version(app, forum.event)


def notices(session: Session) -> list[str]:
    """Whom the worker writes to."""
    session.execute(update(Notice).where(Notice.state == "waiting").values(due_at=now()))
    session.commit()
    compose_due(session)
    return sorted(session.scalars(select(Mail.address)))


def test_publishing_shows_the_version_and_writes_to_everybody_in_it(
    session: Session, forum: Forum, version: Version
) -> None:
    publish(session, forum.event, version, seen=0)
    shown = published_version(session, forum.event.id)
    assert shown is not None
    assert (shown.id, shown.number) == (version.id, 1)
    assert notices(session) == [
        "amal@people.example",
        "bilal@people.example",
        "chen@people.example",
    ]


def test_a_notice_carries_the_own_link_and_speaks_the_persons_language(
    session: Session, forum: Forum, version: Version
) -> None:
    forum.amal.language, forum.bilal.language = "ar", "en"
    session.commit()
    publish(session, forum.event, version, seen=0)
    compose_due(session)
    mails = {mail.address: mail for mail in session.scalars(select(Mail))}
    to_amal, to_bilal = mails[forum.amal.email], mails[forum.bilal.email]
    assert (to_amal.language, to_bilal.language) == ("ar", "en")
    assert "منتدى" in to_amal.subject
    assert to_bilal.subject == "Your agenda for Forum"
    assert f"http://forum.example/a/{forum.amal.agenda_secret}\n" in to_amal.body
    assert forum.bilal.agenda_secret not in to_amal.body


def test_only_changed_agendas_are_written_about(
    app: Flask, session: Session, forum: Forum, version: Version
) -> None:
    publish(session, forum.event, version, seen=0)
    notices(session)
    session.execute(update(Mail).values(address="earlier@people.example"))
    lost = session.scalars(select(Wish).where(Wish.from_id == "chen")).one()
    session.delete(lost)
    session.commit()
    keep_times(session, forum, version)
    second = schedule_cast.make_version(app, forum.event)
    before = {row.id: row for row in meetings_of(session, version)}
    after = {row.id: row for row in meetings_of(session, second)}
    touched = {
        person
        for name in {*before, *after}
        if before.get(name) != after.get(name)
        for person in (before.get(name) or after[name]).people
    }
    publish(session, forum.event, second, seen=1)
    written = [address for address in notices(session) if address != "earlier@people.example"]
    assert written == sorted(f"{person}@people.example" for person in touched)
    assert {"bilal", "chen"} <= touched


def keep_times(session: Session, forum: Forum, version: Version) -> None:
    """Amal is absent wherever she has no meeting, so that hers stay where they are."""
    busy = {row.slot_id for row in meetings_of(session, version, "amal")}
    free = [slot for slot in forum.slots if slot.id not in busy]
    schedule_cast.make_absent(session, forum.amal, *free)


def test_going_back_gives_the_same_meetings_a_new_number(
    app: Flask, session: Session, forum: Forum, version: Version
) -> None:
    publish(session, forum.event, version, seen=0)
    second = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, second, seen=1)
    again = publish(session, forum.event, version, seen=2)
    assert (again.number, again.base_id) == (3, version.id)
    assert [row.people for row in meetings_of(session, again)] == [
        row.people for row in meetings_of(session, version)
    ]
    assert version.number == 1


def test_taking_back_leaves_nothing_to_see(
    session: Session, forum: Forum, version: Version
) -> None:
    publish(session, forum.event, version, seen=0)
    unpublish(session, forum.event, seen=1)
    assert published_version(session, forum.event.id) is None
    assert revision_of(session, forum.event.id) == 2
    again = publish(session, forum.event, version, seen=2)
    assert again.number == 2


def test_whoever_withdrew_is_named_and_nothing_is_published(
    session: Session, forum: Forum, version: Version
) -> None:
    forum.chen.state = "withdrawn"
    session.commit()
    with pytest.raises(Refusal, match="Chen Test takes part no longer"):
        publish(session, forum.event, version, seen=0)
    assert nothing_is_published(session, forum)


def test_an_absence_since_the_run_is_named(
    session: Session, forum: Forum, version: Version
) -> None:
    schedule_cast.make_absent(session, forum.bilal, *forum.slots)
    with pytest.raises(Refusal, match="Bilal Test is absent at"):
        publish(session, forum.event, version, seen=0)
    assert nothing_is_published(session, forum)


def test_a_limit_since_the_run_is_named_in_words(
    session: Session, forum: Forum, version: Version
) -> None:
    forum.amal.max_meetings = 1
    session.commit()
    with pytest.raises(Refusal, match="more meetings than agreed: Amal Test"):
        publish(session, forum.event, version, seen=0)


def test_a_never_since_the_run_is_kept(session: Session, forum: Forum, version: Version) -> None:
    cast.make_wish(session, forum.bilal, forum.amal, "never")
    session.commit()
    with pytest.raises(Refusal, match="must not meet any more"):
        publish(session, forum.event, version, seen=0)
    assert nothing_is_published(session, forum)


def test_a_wish_that_was_taken_back_stops_nothing(
    session: Session, forum: Forum, version: Version
) -> None:
    session.delete(session.scalars(select(Wish).where(Wish.from_id == "chen")).one())
    session.commit()
    assert publish(session, forum.event, version, seen=0).number == 1


def test_rows_that_were_tampered_with_are_not_published(
    session: Session, forum: Forum, version: Version
) -> None:
    """The check looks at the rows, since they are what people see."""
    session.execute(update(ScheduledMeeting).values(place_id=None))
    session.commit()
    with pytest.raises(Refusal, match="place_kind"):
        publish(session, forum.event, version, seen=0)
    assert nothing_is_published(session, forum)


def nothing_is_published(session: Session, forum: Forum) -> bool:
    mails = session.scalar(select(func.count()).select_from(Notice))
    numbered = session.scalars(select(Version).where(Version.number.is_not(None))).all()
    return published_version(session, forum.event.id) is None and not mails and not numbered


def publish_at_once(app: Flask, forum: Forum, version_ids: list[str]) -> list[str]:
    """Several organisers press the button on pages that show the same publication."""
    start = threading.Barrier(len(version_ids))
    outcomes: list[str] = []

    def press(version_id: str) -> None:
        with app.app_context():
            event = db.session.merge(forum.event, load=False)
            found = find_version(db.session, event.id, version_id)
            assert found is not None
            db.session.commit()
            start.wait()
            try:
                outcomes.append(str(publish(db.session, event, found, seen=0).number))
            except Refusal:
                outcomes.append("refused")

    threads = [threading.Thread(target=press, args=(name,)) for name in version_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_publishers_one_is_told_of_the_other(
    app: Flask, session: Session, forum: Forum, version: Version
) -> None:
    second = schedule_cast.make_version(app, forum.event)
    assert publish_at_once(app, forum, [version.id, second.id]) == ["1", "refused"]
    assert session.scalars(select(Publication.revision)).all() == [1]
    assert len(notices(session)) == 3


def test_without_the_comparison_both_publish(
    app: Flask, session: Session, forum: Forum, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the second overwrites what the first has just published."""

    def move(session: Session, event_id: str, version_id: str | None, seen: int) -> None:
        publishing._add_pointer(session, event_id)
        session.execute(
            update(Publication)
            .where(Publication.event_id == event_id)
            .values(version_id=version_id, zone=forum.event.zone, revision=seen + 1)
        )

    monkeypatch.setattr(publishing, "move_pointer", move)
    second = schedule_cast.make_version(app, forum.event)
    assert publish_at_once(app, forum, [version.id, second.id]) == ["1", "2"]


def test_nobody_withdraws_between_the_check_and_the_publication(
    app: Flask, session: Session, forum: Forum, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chen's withdrawal waits until the publication is through; it is never half in it."""
    checked, asked = threading.Event(), threading.Event()
    order: list[str] = []
    real = publishing.obstacles_to

    def obstacles(*arguments):  # type: ignore[no-untyped-def]
        found = real(*arguments)
        checked.set()
        asked.wait()
        time.sleep(0.5)  # long enough for a withdrawal that nothing holds back
        order.append("checked")
        return found

    def withdraw() -> None:
        checked.wait()
        with app.app_context():
            asked.set()
            statement = update(Participant).where(Participant.id == "chen")
            db.session.execute(statement.values(state="withdrawn"))
            db.session.commit()
            order.append("withdrawn")

    monkeypatch.setattr(publishing, "obstacles_to", obstacles)
    thread = threading.Thread(target=withdraw)
    thread.start()
    publish(session, forum.event, version, seen=0)
    thread.join()
    assert order == ["checked", "withdrawn"]
