"""A forum with three people whose data differ, and its organiser signed in."""

from __future__ import annotations

import cast
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participation.services import add_type


@pytest.fixture
def forum(client: FlaskClient, session: Session) -> Event:
    """Amal of Bahr (Morocco) buys and wishes for Bilal of Énergie Verte (France); Chen is alone,
    waits, and has no address.
    """
    event = cast.make_event(session)
    slots = cast.make_slots(session, event, 2)
    cast.make_slots(session, event, 2, "pm", 14)
    add_type(session, event, {"en": "Buyer"})
    bahr = cast.make_organisation(session, event, "Bahr")
    verte = cast.make_organisation(session, event, "energie verte")
    bahr.country, verte.country, verte.name = "MA", "FR", "Énergie Verte"
    place = cast.make_place(session, event)
    amal = cast.make_participant(
        session, event, "Amal", organisation_id=bahr.id, type_code="buyer", spoken=["ar", "fr"],
        consent_version="1", consent_at=event.created_at,
    )  # fmt: skip
    bilal = cast.make_participant(
        session, event, "Bilal", organisation_id=verte.id, attends_all=False, max_meetings=3
    )
    cast.make_participant(
        session, event, "Chen", state="registered", email="", email_key=None, reference="R-1",
        remote=True,
    )  # fmt: skip
    cast.make_wish(session, amal, bilal, "top")
    cast.make_version(
        session, event, [{"people": [amal.id, bilal.id], "slot": slots[0].id, "place": place.id}]
    )
    cast.sign_in(client, cast.make_organiser(session, event))
    return event
