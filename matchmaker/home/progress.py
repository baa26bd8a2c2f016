"""How far an event has come, and the next step to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.agendas.models import PrintPack
from matchmaker.database import OfEvent
from matchmaker.events.models import Place, Slot
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.models import Wish


@dataclass(frozen=True)
class Counts:
    """What an event holds today."""

    slots: int
    places: int
    organisations: int
    validated: int
    waiting: int  # registered, to be validated
    wishes: int
    versions: int
    published: int | None  # number of the published version
    prints: int
    is_preliminary: bool = False  # what is published may change, and nobody was written to


@dataclass(frozen=True)
class Step:
    """``link`` is an endpoint; ``state`` is done, next or later."""

    name: str
    text: str
    link: str
    state: str


def count(session: Session, event_id: str) -> Counts:
    people = _by_state(session, event_id)
    published = published_version(session, event_id)
    return Counts(
        slots=_rows(session, Slot, event_id),
        places=_rows(session, Place, event_id),
        organisations=_rows(session, Organisation, event_id),
        validated=people.get("validated", 0),
        waiting=people.get("registered", 0),
        wishes=_rows(session, Wish, event_id),
        versions=_rows(session, Version, event_id),
        published=published.number if published else None,
        prints=_rows(session, PrintPack, event_id),
        is_preliminary=published is not None and published.is_preliminary,
    )


def _rows(session: Session, model: type[OfEvent], event_id: str) -> int:
    statement = select(func.count()).select_from(model).where(model.event_id == event_id)
    return session.scalar(statement) or 0


def _by_state(session: Session, event_id: str) -> dict[str, int]:
    rows = session.execute(
        select(Participant.state, func.count())
        .where(Participant.event_id == event_id)
        .group_by(Participant.state)
    )
    return dict(rows.all())


def steps_of(counts: Counts) -> list[Step]:
    """The way to printed agendas; the first step that is not done is the next."""
    entries = [
        (_("Days and sessions"), _slots_text(counts), "events.sessions", counts.slots),
        (_("Tables and stands"), _("Where people meet."), "events.places", counts.places),
        (_("Participants"), _people_text(counts), "segments.index", counts.validated),
        (_("Wishes"), _("Who wants to meet whom."), "wishes.index", counts.wishes),
        (_("Schedule"), _("Let the schedule be made."), "schedules.index", counts.versions),
        (_("Publish"), _publish_text(counts), "schedules.index", _is_final(counts)),
        (_("Print"), _("Agendas and table cards as PDF."), "agendas.index", counts.prints),
    ]
    steps, state = [], "next"
    for name, text, link, done in entries:
        steps.append(Step(name, text, link, "done" if done else state))
        state = state if done else "later"
    return steps


def _is_final(counts: Counts) -> bool:
    return counts.published is not None and not counts.is_preliminary


def _publish_text(counts: Counts) -> str:
    if counts.is_preliminary:
        return str(_("Publish it as final: then people are written to."))
    return str(_("Show everybody the agenda."))


def _slots_text(counts: Counts) -> str:
    if not counts.slots:
        return str(_("When people meet."))
    return str(_("%(count)s slots for meetings.", count=counts.slots))


def _people_text(counts: Counts) -> str:
    if counts.waiting:
        return str(_("%(count)s wait to be validated.", count=counts.waiting))
    return str(_("Import a spreadsheet or let people register."))
