"""What stands for the ids of a schedule where somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import short_day_text, time_text
from matchmaker.events.models import Interpreter, Place, Slot
from matchmaker.languages import comma
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant


@dataclass(frozen=True)
class Who:
    id: str
    name: str
    organisation: str
    state: str


class Names:
    """People, slots, places and interpreters of an event, each read in one statement."""

    def __init__(self, session: Session, event_id: str) -> None:
        people = session.execute(
            select(
                Participant.id,
                Participant.first_name,
                Participant.last_name,
                Participant.state,
                Organisation.name,
            )
            .outerjoin(
                Organisation,
                (Organisation.event_id == Participant.event_id)
                & (Organisation.id == Participant.organisation_id),
            )
            .where(Participant.event_id == event_id)
        )
        self.organisations: dict[str, str] = {
            f"o:{row.id}": row.name for row in session.scalars(_all(Organisation, event_id))
        }
        self.people = {
            row[0]: Who(row[0], f"{row[1]} {row[2]}".strip() or row[0], row[4] or "", row[3])
            for row in people
        }
        slots = session.scalars(
            select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at)
        ).all()
        self.slots: dict[str, Slot] = {slot.id: slot for slot in slots}
        self.days = sorted({slot.starts_at.date() for slot in slots})
        self.places: dict[str, str] = {
            row.id: row.code for row in session.scalars(_all(Place, event_id))
        }
        self.interpreters: dict[str, str] = {
            row.id: row.name for row in session.scalars(_all(Interpreter, event_id))
        }

    def person(self, participant_id: str) -> str:
        who = self.people.get(participant_id)
        return who.name if who else self.organisations.get(participant_id, participant_id)

    def organisation(self, participant_id: str) -> str:
        who = self.people.get(participant_id)
        return who.organisation if who else ""

    def place(self, place_id: str) -> str:
        return self.places.get(place_id, place_id)

    def when(self, starts_at: datetime) -> str:
        """The time, with the day where the event has several."""
        language = current_language()
        if len(self.days) < 2:
            return time_text(starts_at, language)
        return f"{short_day_text(starts_at.date(), language)} {time_text(starts_at, language)}"

    def slot(self, slot_id: str) -> str:
        slot = self.slots.get(slot_id)
        return self.when(slot.starts_at) if slot else slot_id

    def meeting(self, meeting_id: str) -> Markup:
        """The two of a pair, as its id names them: an organisation's id follows ``o:``."""
        shown = [isolated(self.person(part)) for part in meeting_id.split("~")]
        return Markup(" – ").join(shown)


def isolated(text: str) -> Markup:
    """A name inside a sentence of any direction."""
    return Markup("<bdi>{}</bdi>").format(text)


def listed(items: list[Markup]) -> Markup:
    """``a, b, c`` in every language's own comma."""
    return Markup(comma(current_language())).join(items)


def _all(table: type[Any], event_id: str) -> Select[Any]:
    return select(table).where(table.event_id == event_id)
