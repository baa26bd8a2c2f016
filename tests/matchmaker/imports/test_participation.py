"""Participation types of a file find the event's in any language; what is new is said and added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participation.queries import types_of
from matchmaker.participation.services import add_type

BUYER = {"fr": "Acheteur", "ar": "مشترٍ", "en": "Buyer"}


def test_an_import_knows_types_in_every_language_and_adds_new_ones(
    desk: Any, session: Session, event: Event
) -> None:
    add_type(session, event, BUYER)
    session.commit()
    header = ("Email", "Participation type")
    rows = [("amal@x.example", "acheteur"), ("bilal@x.example", "Sponsor"),
            ("chen@x.example", "sponsor"), ("not an address", "Ghost")]  # fmt: skip
    plan = desk.plan("participants", header, *rows)
    assert [
        (remark.row, "new participation type" in remark.sentence) for remark in plan.remarks
    ] == [(3, True)]
    desk.take("participants", header, *rows)
    people = session.scalars(select(Participant).order_by(Participant.email))
    assert [person.type_code for person in people] == ["acheteur", "sponsor", "sponsor"]
    added = types_of(session, event.id)[1]
    assert (added.names, added.at_registration) == ({"fr": "Sponsor"}, False)
    again = desk.plan("participants", header, *rows[:3])
    assert (again.counts["unchanged"], list(again.remarks)) == (3, [])
    desk.take("participants", header, ("amal@x.example", "-"))
    session.expire_all()
    assert session.scalars(
        select(Participant.type_code).where(Participant.email_key == "amal@x.example")
    ).all() == [None]
