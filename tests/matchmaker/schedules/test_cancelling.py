"""Who cannot come says so once: meetings out, places free, partners told once, or never."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import schedule_cast
from flask import Flask, g
from schedule_cast import Forum
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker.database import db, now
from matchmaker.errors import Refusal
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.models import Notice
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge, cancelling
from matchmaker.schedules.amending import amend, hold_published
from matchmaker.schedules.cancelling import cancel_meeting, cannot_come, undo, undoable
from matchmaker.schedules.models import Cancellation, Version
from matchmaker.schedules.publishing import publish, revision_of
from matchmaker.schedules.queries import meetings_of, published_version


@pytest.fixture
def forum(session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Forum:
    """Published, told of, and early in the morning of its day."""
    found = schedule_cast.make_forum(session)
    version = schedule_cast.make_version(app, found.event)
    publish(session, found.event, version, seen=0)
    morning = found.slots[0].starts_at - timedelta(hours=2)
    monkeypatch.setattr(cancelling, "wall_now", lambda zone: morning)
    session.commit()
    told(session)
    return found


def told(session: Session) -> list[str]:
    """Who has been written to since the last question, once everything is due."""
    before = set(session.scalars(select(Mail.id)))
    session.execute(update(Notice).where(Notice.state == "waiting").values(due_at=now()))
    session.commit()
    compose_due(session)
    fresh = session.scalars(select(Mail.address).where(Mail.id.not_in(before)))
    return sorted(address.partition("@")[0] for address in fresh)


def agenda(session: Session, forum: Forum, person: str) -> dict[str, str]:
    version = published_version(session, forum.event.id)
    assert version
    return {row.id: row.slot_id for row in meetings_of(session, version, person)}


def leave(session: Session, forum: Forum) -> Cancellation:
    act = cannot_come(session, forum.event, forum.bilal, "My train")
    session.commit()
    return act


def test_one_act_cancels_everything_and_tells_exactly_the_partners(
    session: Session, forum: Forum
) -> None:
    assert len(agenda(session, forum, "bilal")) == 2
    leave(session, forum)
    assert forum.bilal.state == "withdrawn"
    assert agenda(session, forum, "bilal") == {}
    assert agenda(session, forum, "amal").keys() == {"amal~chen"}
    assert told(session) == ["amal", "chen"]
    assert told(session) == []


def test_nobody_is_told_before_it_can_no_longer_be_taken_back(
    session: Session, forum: Forum
) -> None:
    leave(session, forum)
    assert compose_due(session) == 0
    early = session.scalars(select(Notice.due_at).where(Notice.state == "waiting")).all()
    assert min(early) > now() + timedelta(minutes=9)


def test_an_undo_restores_everything_and_nobody_hears_of_it(session: Session, forum: Forum) -> None:
    before = {name: agenda(session, forum, name) for name in ("amal", "bilal", "chen")}
    act = leave(session, forum)
    undone = undo(session, forum.event, forum.bilal, act)
    session.commit()
    assert set(undone.restored) == {"amal~bilal", "bilal~chen"}
    assert undone.lost == ()
    assert forum.bilal.state == "validated"
    assert {name: agenda(session, forum, name) for name in before} == before
    assert told(session) == []
    assert undoable(session, forum.bilal) == []


def test_an_undo_brings_back_only_what_is_still_free(session: Session, forum: Forum) -> None:
    slot = agenda(session, forum, "amal")["amal~bilal"]
    act = leave(session, forum)
    take_time(session, forum, slot)
    undone = undo(session, forum.event, forum.bilal, act)
    session.commit()
    assert (undone.restored, undone.lost) == (("bilal~chen",), ("amal~bilal",))
    assert agenda(session, forum, "amal") == {"amal~chen": slot}
    assert told(session) == ["amal", "chen"]


def take_time(session: Session, forum: Forum, slot: str) -> None:
    """Amal's and Chen's meeting moves into the time that has become free."""
    version = hold_published(session, forum.event)
    [way] = bridge.taken_out(version.problem, version.schedule, ["amal~chen"])
    way["placed"]["slot"] = slot
    if slot in agenda(session, forum, "chen").values():
        pytest.fail("Chen is not free then")
    amend(session, forum.event, version, back=[way])
    session.commit()


def test_after_ten_minutes_it_stands(session: Session, forum: Forum) -> None:
    act = leave(session, forum)
    act.created_at = now() - timedelta(minutes=11)
    session.commit()
    with pytest.raises(Refusal, match="ten minutes"):
        undo(session, forum.event, forum.bilal, act)


def test_one_meeting_alone_can_be_cancelled(session: Session, forum: Forum) -> None:
    cancel_meeting(session, forum.event, forum.amal, "amal~chen", "Sorry")
    session.commit()
    assert agenda(session, forum, "amal").keys() == {"amal~bilal"}
    assert forum.amal.state == "validated"
    assert told(session) == ["chen"]


def test_the_partner_reads_what_fell_and_why(session: Session, forum: Forum) -> None:
    forum.chen.language = "en"
    cancel_meeting(session, forum.event, forum.amal, "amal~chen", "Sorry, my flight")
    session.commit()
    told(session)
    mail = session.scalars(select(Mail).order_by(Mail.created_at.desc()).limit(1)).one()
    assert mail.subject == "Your agenda for Forum has changed"
    assert "Cancelled: " in mail.body
    assert "Sorry, my flight" in mail.body
    assert "Bilal" not in mail.body


def test_what_is_over_is_not_cancelled(
    session: Session, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = forum.slots[-1].ends_at + timedelta(hours=1)
    monkeypatch.setattr(cancelling, "wall_now", lambda zone: evening)
    with pytest.raises(Refusal, match="over"):
        cancel_meeting(session, forum.event, forum.amal, "amal~chen")
    leave(session, forum)
    assert len(agenda(session, forum, "bilal")) == 2


def test_somebody_elses_meeting_is_nobodys_to_cancel(session: Session, forum: Forum) -> None:
    with pytest.raises(Refusal):
        cancel_meeting(session, forum.event, forum.amal, "bilal~chen")


def test_no_later_schedule_brings_a_cancelled_meeting_back(
    app: Flask, session: Session, forum: Forum
) -> None:
    draft = schedule_cast.make_version(app, forum.event)
    cancel_meeting(session, forum.event, forum.amal, "amal~chen")
    session.commit()
    again = schedule_cast.make_version(app, forum.event)
    assert "amal~chen" not in {row.id for row in meetings_of(session, again)}
    with pytest.raises(Refusal, match="have cancelled their meeting"):
        publish(session, forum.event, draft, seen=revision_of(session, forum.event.id))


def test_who_agrees_on_a_cancelled_meeting_again_means_it(
    app: Flask, session: Session, forum: Forum
) -> None:
    version = published_version(session, forum.event.id)
    assert version
    [way] = bridge.taken_out(version.problem, version.schedule, ["amal~chen"])
    cancel_meeting(session, forum.event, forum.amal, "amal~chen")
    amend(session, forum.event, hold_published(session, forum.event), back=[way])
    session.commit()
    again = schedule_cast.make_version(app, forum.event)
    publish(session, forum.event, again, seen=revision_of(session, forum.event.id))
    assert "amal~chen" in agenda(session, forum, "amal")


def test_an_amended_version_holds_before_the_independent_check(
    session: Session, forum: Forum
) -> None:
    cancel_meeting(session, forum.event, forum.amal, "amal~chen")
    session.commit()
    version = published_version(session, forum.event.id)
    assert version
    assert bridge.objections(version.problem, version.schedule) == []
    assert (version.number, version.status) == (2, "amended")
    older = session.scalars(select(Version).where(Version.number == 1)).one()
    assert len(meetings_of(session, older)) == 3  # a number names a content for ever


def test_who_withdrew_before_anything_is_published_is_simply_out(
    session: Session, forum: Forum
) -> None:
    forum.chen.state = "registered"
    other = session.get_one(Participant, (forum.event.id, "chen"))
    act = cannot_come(session, forum.event, other)
    session.commit()
    assert other.state == "withdrawn"
    undo(session, forum.event, other, act)
    assert other.state == "registered"


def cancel_at_once(app: Flask, forum: Forum, deeds: list[tuple[str, str]]) -> None:
    """Several people press their buttons at the same moment."""
    start = threading.Barrier(len(deeds))

    def press(person: str, meeting: str) -> None:
        with app.app_context():
            g.language = "en"
            event = db.session.merge(forum.event, load=False)
            me = db.session.get_one(Participant, (event.id, person))
            db.session.rollback()
            start.wait()
            cancel_meeting(db.session, event, me, meeting)
            db.session.commit()

    threads = [threading.Thread(target=press, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


DEEDS = [("amal", "amal~bilal"), ("chen", "amal~chen"), ("bilal", "bilal~chen")]


def test_what_several_cancel_at_once_is_all_cancelled(
    app: Flask, session: Session, forum: Forum
) -> None:
    session.commit()
    cancel_at_once(app, forum, DEEDS)
    session.expire_all()
    assert [agenda(session, forum, name) for name in ("amal", "bilal", "chen")] == [{}, {}, {}]
    numbers = session.scalars(select(Version.number).where(Version.number.is_not(None)))
    assert sorted(filter(None, numbers)) == [1, 2, 3, 4]


def test_without_the_hold_one_undoes_what_another_did(
    app: Flask, session: Session, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: whoever builds on a version that has gone brings its meetings back."""
    published = published_version(session, forum.event.id)
    assert published
    first = published.id
    monkeypatch.setattr(
        cancelling,
        "hold_published",
        lambda session, event: session.get_one(Version, (event.id, first)),
    )
    session.commit()
    for person, meeting in DEEDS[:2]:
        cancel_at_once(app, forum, [(person, meeting)])
    session.expire_all()
    assert agenda(session, forum, "amal").keys() == {"amal~bilal"}  # was cancelled
