"""Who lets requests wait is reminded, every few days, and not oftener."""

from __future__ import annotations

from datetime import timedelta

import cast
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.models import Notice
from matchmaker.notices.services import change_settings
from matchmaker.wishes.models import Wish
from matchmaker.wishes.reminding import remind


@pytest.fixture
def wish(session: Session) -> Wish:
    """Bilal's, which Amal has let wait for four days."""
    event = cast.make_event(session, needs_acceptance=True)
    amal, bilal = (
        cast.make_participant(session, event, name, language="en", consent_version="1")
        for name in ("Amal", "Bilal")
    )
    made = cast.make_wish(session, bilal, amal, asked_at=now() - timedelta(days=4))
    session.commit()
    return made


def event_of(session: Session, wish: Wish) -> Event:
    return session.get_one(Event, wish.event_id)


def test_a_request_that_waits_is_recalled_once_per_turn(session: Session, wish: Wish) -> None:
    assert remind(session, now()) == 1
    assert remind(session, now()) == 0
    assert remind(session, now() + timedelta(days=3)) == 1


def test_the_mail_says_who_waits(session: Session, wish: Wish) -> None:
    remind(session, now())
    session.scalars(select(Notice)).one().due_at = now()
    session.commit()
    compose_due(session)
    mail = session.scalars(select(Mail)).one()
    assert mail.subject == "1 person waits for your answer"
    assert "Bilal Test" in mail.body


@pytest.mark.parametrize("change", ["answered", "young", "no reminders", "no answers needed"])
def test_nobody_else_is_reminded(session: Session, wish: Wish, change: str) -> None:
    event = event_of(session, wish)
    if change == "answered":
        wish.state = "accepted"
    elif change == "young":
        wish.asked_at = now() - timedelta(days=2)
    elif change == "no reminders":
        change_settings(session, event, reminder_days=0)
    else:
        event.needs_acceptance = False
    session.commit()
    assert remind(session, now()) == 0
