"""Participation types made, changed, ordered, removed. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.names import checked_names
from matchmaker.folding import fold
from matchmaker.languages import LANGUAGES
from matchmaker.participation.models import ParticipationType
from matchmaker.participation.queries import types_of
from matchmaker.vocabularies.queries import limits_to_codes
from matchmaker.vocabularies.words import free_code

MOST_TYPES = 100


class TypeDetails(TypedDict, total=False):
    """What may be said of a type beside its names."""

    at_registration: bool
    by_hand: bool
    max_meetings: int | None
    request_limit: int | None
    incoming_limit: int | None


def add_type(
    session: Session, event: Event, names: Texts, **details: Unpack[TypeDetails]
) -> ParticipationType:
    """A new last one, flushed."""
    types = types_of(session, event.id)
    if len(types) >= MOST_TYPES:
        raise Refusal(_("There are %(most)s types already. Remove one first.", most=MOST_TYPES))
    kept = _checked(names, types)
    code = free_code(_first(kept), {row.code for row in types})
    position = max((row.position for row in types), default=0) + 1
    row = ParticipationType(event_id=event.id, code=code, names=kept, position=position, **details)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else added it at the same moment
        raise _already(_first(kept)) from None
    return row


def change_type(
    session: Session, row: ParticipationType, names: Texts, **details: Unpack[TypeDetails]
) -> None:
    """Other names or rules; whoever has it keeps it, as its code stays."""
    others = [other for other in types_of(session, row.event_id) if other is not row]
    row.names = _checked(names, others)
    for name, value in details.items():
        setattr(row, name, value)
    session.flush()


def move_type(session: Session, row: ParticipationType, place: int) -> None:
    """To this place in the order, counted from 1; the others close up."""
    types = [other for other in types_of(session, row.event_id) if other is not row]
    types.insert(min(max(place, 1), len(types) + 1) - 1, row)
    for number, other in enumerate(types, 1):
        other.position = number
    session.flush()


def remove_type(session: Session, row: ParticipationType) -> None:
    """Only what nobody has (the database holds that), and to which nothing is limited."""
    if limits_to_codes(session, row.event_id, ParticipationType)[row.code]:
        raise Refusal(
            _(
                "“%(name)s” stays: a question or an item of the programme is for some types only, "
                "and this is one of them. Change that first.",
                name=_first(row.names),
            )
        )
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        raise Refusal(
            _(
                "“%(name)s” stays: participants have this type. Give them another first, or do "
                "not offer it at registration any more.",
                name=_first(row.names),
            )
        ) from None


def _checked(names: Texts, others: Iterable[ParticipationType]) -> Texts:
    """At least one name with letters or digits, and none that another type has."""
    kept = checked_names({code: " ".join(text.split()) for code, text in names.items()})
    words = {fold(name) for row in others for name in row.names.values()}
    for name in kept.values():
        if not fold(name):
            raise Refusal(_("Write a name with letters or digits."))
        if fold(name) in words:
            raise _already(name)
    return kept


def _first(names: Texts) -> str:
    return next(names[code] for code in LANGUAGES if code in names)


def _already(name: str) -> Refusal:
    return Refusal(_("There is a type “%(name)s” already.", name=name))
