"""To whom a mailing goes: the filters, and the people whom they leave now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _g
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_people
from matchmaker.schedules.models import PersonBooking, Publication
from matchmaker.segments.queries import find_segment, matching
from matchmaker.wishes.silence import without_wish

DOINGS: dict[str, Any] = {
    "": _("whatever they have done"),
    "no_wish": _("who have wished for nobody yet"),
    "meeting": _("who have a published meeting"),
    "no_meeting": _("who have no published meeting"),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Empty fields leave everybody."""

    segment_id: str = ""
    state: str = "validated"
    type_code: str = ""
    delegation_id: str = ""
    language: str = ""
    doing: str = ""

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Audience:
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def keep(self) -> dict[str, Any]:
        return asdict(self)

    def conditions(self) -> list[ColumnElement[bool]]:
        columns = (
            (Participant.state, self.state),
            (Participant.type_code, self.type_code),
            (Participant.delegation_id, self.delegation_id),
            (Participant.language, self.language),
        )
        found = [column == wanted for column, wanted in columns if wanted]
        if self.doing == "no_wish":
            found += without_wish()
        elif self.doing:
            found.append(_meets() if self.doing == "meeting" else ~_meets())
        return found


def _meets() -> ColumnElement[bool]:
    return exists().where(
        Publication.event_id == Participant.event_id,
        PersonBooking.event_id == Participant.event_id,
        PersonBooking.version_id == Publication.version_id,
        PersonBooking.participant_id == Participant.id,
    )


def _in_segment(session: Session, event: Event, segment_id: str) -> ColumnElement[bool]:
    segment = find_segment(session, event.id, segment_id)
    if segment is None:
        raise Refusal(_g("The segment of this mailing is gone. Choose again to whom it goes."))
    return Participant.id.in_(matching(session, event, segment))


@dataclass(frozen=True, slots=True)
class Reached:
    """Ids by name: who gets the mail, who has no address, who wants no such mails."""

    people: tuple[str, ...]
    without_address: int
    stopped: int


def people_of(
    session: Session, event: Event, audience: Audience, stopped: Collection[str]
) -> Reached:
    """The people whom the filters leave; nobody who has left is written to."""
    conditions = [*audience.conditions(), Participant.state != "withdrawn"]
    if audience.segment_id:
        conditions.append(_in_segment(session, event, audience.segment_id))
    event_id = event.id
    found = find_people(session, event_id, *conditions, within=())
    addressed = set(
        session.scalars(
            select(Participant.id).where(Participant.event_id == event_id, Participant.email != "")
        )
    )
    reached = [person for person in found if person in addressed]
    willing = tuple(person for person in reached if person not in stopped)
    return Reached(willing, len(found) - len(reached), len(reached) - len(willing))
