"""The meetings that a version does not hold, for those who may know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.participants.models import Participant
from matchmaker.schedules.models import UnplacedMeeting, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import meetings_of
from matchmaker.schedules.reasons import not_arranged, sentence, sentence_for
from matchmaker.wishes.models import Wish


@dataclass(frozen=True)
class Missing:
    """For organisers: everything."""

    id: str
    sides: list[list[str]]
    people: frozenset[str]
    weight: int
    rule: str
    sentence: Markup


@dataclass(frozen=True)
class MyMissing:
    """For a participant: the own wish, and what may be said of it."""

    name: str
    grade: str
    sentence: str


def unplaced_of(session: Session, version: Version, names: Names) -> list[Missing]:
    """Heaviest first."""
    rows = session.scalars(
        select(UnplacedMeeting)
        .where(
            UnplacedMeeting.event_id == version.event_id, UnplacedMeeting.version_id == version.id
        )
        .order_by(UnplacedMeeting.weight.desc(), UnplacedMeeting.meeting_id)
    ).all()
    return [
        Missing(
            id=row.meeting_id,
            sides=row.sides["sides"],
            people=frozenset(person for side in row.sides["sides"] for person in side),
            weight=row.weight,
            rule=row.rule,
            sentence=sentence(row.rule, row.reason, names),
        )
        for row in rows
    ]


def unplaced_for(session: Session, version: Version, me: Participant) -> list[MyMissing]:
    """Own wishes without a meeting. A wish that was refused, or that a `never` of the other
    side removed, reads exactly as one for which there was no room.
    """
    met = {person for row in meetings_of(session, version, me.id) for person in row.people}
    names = Names(session, version.event_id)
    reasons = _reasons(session, version, me)
    return [
        MyMissing(_target(wish, names), wish.grade, reasons.get(_key(wish), not_arranged()))
        for wish in _own_wishes(session, me)
        if not _is_met(wish, met, names)
    ]


def _own_wishes(session: Session, me: Participant) -> list[Wish]:
    return list(
        session.scalars(
            select(Wish)
            .where(Wish.event_id == me.event_id, Wish.from_id == me.id, Wish.grade != "never")
            .order_by(Wish.grade.desc(), Wish.position)
        )
    )


def _reasons(session: Session, version: Version, me: Participant) -> dict[str, str]:
    """What may be told, by the meeting's id."""
    rows = session.scalars(
        select(UnplacedMeeting).where(
            UnplacedMeeting.event_id == version.event_id,
            UnplacedMeeting.version_id == version.id,
            UnplacedMeeting.meeting_id.contains(me.id, autoescape=True),
        )
    )
    return {row.meeting_id: sentence_for(me.id, row.rule, row.reason) for row in rows}


def _key(wish: Wish) -> str:
    if wish.to_id is None:
        return f"{wish.from_id}~o:{wish.to_organisation_id}"
    return "~".join(sorted((wish.from_id, wish.to_id)))


def _target(wish: Wish, names: Names) -> str:
    if wish.to_id is None:
        return names.person(f"o:{wish.to_organisation_id}")
    return names.person(wish.to_id)


def _is_met(wish: Wish, met: set[str], names: Names) -> bool:
    if wish.to_id is not None:
        return wish.to_id in met
    organisation = names.person(f"o:{wish.to_organisation_id}")
    return any(names.organisation(person) == organisation for person in met - {wish.from_id})
