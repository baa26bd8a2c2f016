"""An event is made in one go, or not at all."""

from __future__ import annotations

from datetime import time

import cast
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.events.queries import slots_of
from matchmaker.events.services import PlannedSession, change_event, create_event, suggest_slug

MORNING = PlannedSession(day=cast.DAY, starts=time(9), ends=time(12))


def test_dounia_makes_an_event_with_its_slots_and_organises_it(session: Session) -> None:
    dounia = cast.make_account(session, "Dounia")
    event = create_event(
        session, dounia, names={"fr": "Pollutec Casablanca", "ar": ""}, sessions=[MORNING]
    )
    session.commit()
    assert (event.slug, event.names) == ("pollutec-casablanca", {"fr": "Pollutec Casablanca"})
    assert len(slots_of(session, event.id)) == 7
    assert session.get(Membership, (dounia.id, event.id, "owner")) is not None


def test_a_suggested_address_is_free_and_latin(session: Session) -> None:
    cast.make_event(session, "foret-verte")
    assert suggest_slug(session, {"fr": "Forêt Verte"}) == "foret-verte-2"
    assert suggest_slug(session, {"ar": "منتدى"}) == "forum"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"names": {"en": " "}}, "name"),
        ({"names": {"en": "x" * 10_000}}, "10000"),
        ({"names": {"de": "Forum"}}, "French"),
        ({"slug": "Über uns"}, "Address"),
        ({"slug": "taken"}, "taken"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"language": "de"}, "language"),
        ({"slot_minutes": 0}, "Minutes of a meeting"),
        ({"changeover_minutes": -1}, "Minutes to change places"),
        ({"top_weight": 10_000}, "Weight"),
        ({"sessions": [MORNING, MORNING]}, "overlap"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name_and_leaves_no_event(
    session: Session, settings: dict, named: str
) -> None:
    dounia = cast.make_account(session, "Dounia")
    cast.make_event(session, "taken")
    session.commit()
    with pytest.raises(Refusal, match=named):
        create_event(session, dounia, **{"names": {"en": "Forum A"}, **settings})
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Event)) == 1


def test_an_event_keeps_its_own_address_and_takes_no_other(session: Session) -> None:
    cast.make_event(session, "first")
    second = cast.make_event(session, "second")
    change_event(session, second, names={"en": "Second"}, slug="second")
    with pytest.raises(Refusal, match="first"):
        change_event(session, second, names={"en": "Second"}, slug="first")
