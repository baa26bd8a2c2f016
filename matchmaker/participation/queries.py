"""Participation types as forms, pages and other features ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.folding import fold
from matchmaker.languages import pick
from matchmaker.participation.models import ParticipationType


def types_of(session: Session, event_id: str) -> Sequence[ParticipationType]:
    """In the organiser's order."""
    return session.scalars(
        select(ParticipationType)
        .where(ParticipationType.event_id == event_id)
        .order_by(ParticipationType.position, ParticipationType.code)
    ).all()


def type_of(session: Session, event_id: str, code: str | None) -> ParticipationType | None:
    if code is None:
        return None
    return session.scalar(
        select(ParticipationType).where(
            ParticipationType.event_id == event_id, ParticipationType.code == code
        )
    )


def type_names(session: Session, event_id: str) -> dict[str, Texts]:
    """Code → names, in the organiser's order."""
    return {row.code: row.names for row in types_of(session, event_id)}


def type_choices(
    session: Session, event_id: str, language: str, *, at_registration: bool = False
) -> list[tuple[str, str]]:
    """Codes and names to choose from: all of them, or those that people may choose."""
    return [
        (row.code, pick(row.names, language) or row.code)
        for row in types_of(session, event_id)
        if row.at_registration or not at_registration
    ]


def codes_by_word(names: Mapping[str, Texts]) -> dict[str, str]:
    """Folded name in any language, or code → code; what a type is called comes first."""
    found: dict[str, str] = {}
    for code, texts in names.items():
        for name in texts.values():
            found.setdefault(fold(name), code)
    for code in names:
        found.setdefault(fold(code), code)
    return found
