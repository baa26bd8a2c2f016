"""What each code of each field of a filter means in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Exists, String, and_, cast, exists, func, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from matchmaker.events.models import Slot
from matchmaker.folding import fold
from matchmaker.mails.models import Mail
from matchmaker.marketplace.models import Entry
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Attendance, Participant
from matchmaker.participants.returned import CAME_BACK
from matchmaker.schedules.models import PersonBooking, Publication
from matchmaker.wishes.models import Wish

Condition = ColumnElement[bool]
NONE = "none"  # the code of those who have nothing there


def has(column: InstrumentedAttribute[Any], code: str) -> Condition:
    return column.is_(None) if code == NONE else column == code


def some(*conditions: Condition) -> Exists:
    """Whether there is a row of the participant's for which all of this is true."""
    return exists().where(*conditions).correlate(Participant)


def whether(condition: Condition, code: str) -> Condition:
    return condition if code == "yes" else ~condition


def _organisation() -> Exists:
    return some(
        Organisation.event_id == Participant.event_id,
        Organisation.id == Participant.organisation_id,
    )


def of_organisation(words: str) -> Condition:
    """Whose organisation's name has these words in it."""
    if words == NONE:
        return Participant.organisation_id.is_(None)
    folded = fold(words).split()
    parts = [Organisation.name_key.contains(word, autoescape=True) for word in folded]
    found: Condition = _organisation().where(and_(true(), *parts))
    return found


def of_country(code: str) -> Condition:
    known: Condition = _organisation().where(Organisation.country != "")
    if code == NONE:
        return ~known
    found: Condition = _organisation().where(Organisation.country == code)
    return found


def of_term(kind: str, code: str) -> Condition:
    """Whose organisation has chosen this from a list of the event; or nothing from it."""
    chosen = some(
        OrganisationTerm.event_id == Participant.event_id,
        OrganisationTerm.organisation_id == Participant.organisation_id,
        OrganisationTerm.kind == kind,
    )
    return ~chosen if code == NONE else chosen.where(OrganisationTerm.code == code)


def speaks(code: str) -> Condition:
    return cast(Participant.spoken, String).contains(f'"{code}"', autoescape=True)


def attends(session_id: str) -> Condition:
    row = some(
        Attendance.event_id == Participant.event_id, Attendance.participant_id == Participant.id
    )
    if session_id == NONE:
        has_slots = exists().where(Slot.event_id == Participant.event_id)
        return Participant.attends_all.is_(False) & ~row & has_slots
    return or_(Participant.attends_all, row.where(Attendance.session_id == session_id))


def has_wished() -> Condition:
    """A ``never`` is no wish to meet anybody."""
    return some(
        Wish.event_id == Participant.event_id,
        Wish.from_id == Participant.id,
        Wish.grade != "never",
    )


def is_wished() -> Condition:
    """By name, or with the organisation."""
    return _asked_for()


def has_to_answer() -> Condition:
    return _asked_for(Wish.state == "open")


def _asked_for(*more: Condition) -> Condition:
    return some(
        Wish.event_id == Participant.event_id,
        Wish.grade != "never",
        or_(
            Wish.to_id == Participant.id,
            Wish.to_organisation_id == Participant.organisation_id,
        ),
        Wish.from_id != Participant.id,
        *more,
    )


def has_meetings() -> Condition:
    """In the published schedule."""
    return some(
        PersonBooking.event_id == Participant.event_id,
        PersonBooking.participant_id == Participant.id,
        Publication.event_id == Participant.event_id,
        PersonBooking.version_id == Publication.version_id,
    )


def has_entries() -> Condition:
    return some(Entry.event_id == Participant.event_id, Entry.author_id == Participant.id)


def mails_came_back() -> Condition:
    return some(
        func.lower(Mail.address) == func.lower(Participant.email),
        Participant.email != "",
        Mail.state.in_(CAME_BACK),
    )
