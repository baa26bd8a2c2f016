"""To whom a mailing goes: those ticked, or the filters and the people whom they leave now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask_babel import gettext as _g
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.mailings.models import MailingRecipient
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
    """Empty fields leave everybody. ``ticked`` is the mailing whose recipients were ticked: it goes
    to exactly these, whatever the other fields say.
    """

    ticked: str = ""
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
        if self.ticked:
            return [Participant.id.in_(_ticked(self.ticked))]
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


def _ticked(mailing_id: str) -> Select[str]:
    return select(MailingRecipient.participant_id).where(
        MailingRecipient.event_id == Participant.event_id,
        MailingRecipient.mailing_id == mailing_id,
    )


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
    """Ids by name: who gets the mail, who has no address, who wants no such mails; and of those
    ticked, how many have withdrawn.
    """

    people: tuple[str, ...]
    without_address: int
    stopped: int
    left: int = 0


def people_of(
    session: Session, event: Event, audience: Audience, stopped: Collection[str]
) -> Reached:
    """The people whom the filters leave; nobody who has left is written to."""
    conditions = audience.conditions()
    if audience.segment_id and not audience.ticked:
        conditions.append(_in_segment(session, event, audience.segment_id))
    reached = reach(session, event.id, conditions, stopped)
    return reached if audience.ticked else replace(reached, left=0)


def reach(
    session: Session,
    event_id: str,
    conditions: Sequence[ColumnElement[bool]],
    stopped: Collection[str],
) -> Reached:
    meant = find_people(session, event_id, *conditions, within=())
    states = session.execute(
        select(Participant.id, Participant.state, Participant.email).where(
            Participant.event_id == event_id
        )
    )
    rows = states.all()
    left = {row.id for row in rows if row.state == "withdrawn"}
    addressed = {row.id for row in rows if row.email}
    found = [person for person in meant if person not in left]
    reached = [person for person in found if person in addressed]
    willing = tuple(person for person in reached if person not in stopped)
    return Reached(
        people=willing,
        without_address=len(found) - len(reached),
        stopped=len(reached) - len(willing),
        left=len(meant) - len(found),
    )
