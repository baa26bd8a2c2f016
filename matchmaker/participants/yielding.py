"""What participants have of the set-up goes with it, and is said before."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.foresight import Outcome, gives_way, watches
from matchmaker.events.models import Event, Place
from matchmaker.events.uses import InUse
from matchmaker.participants.models import Attendance, Participant
from matchmaker.participants.services import OWN_PLACES


@gives_way
def let_go(session: Session, event: Event, used: InUse) -> None:
    """Who chose a session that goes attends the others that they chose; who stayed at a place that
    goes meets where there is room.
    """
    session.execute(
        delete(Attendance).where(
            Attendance.event_id == event.id, Attendance.session_id.in_(used.sessions)
        )
    )
    session.execute(
        update(Participant)
        .where(Participant.event_id == event.id, Participant.place_id.in_(used.places))
        .values(place_id=None)
    )
    session.expire_all()


@watches
def owners_without_place(session: Session, event: Event) -> Outcome:
    owners = select(Participant.id).where(
        Participant.event_id == event.id, Participant.place_id.is_not(None)
    )
    before = set(session.scalars(owners))

    def outcome() -> Sequence[str]:
        gone = len(before - set(session.scalars(owners)))
        if not gone:
            return []
        return [
            ngettext(
                "%(num)s participant stays at this place and has no place of their own then.",
                "%(num)s participants stay at this place and have no place of their own then.",
                gone,
            )
        ]

    return outcome


@watches
def owners_elsewhere(session: Session, event: Event) -> Outcome:
    """Only tables and stands are somebody's own: no other kind while somebody stays there."""
    kept = (
        select(Place.code)
        .join(
            Participant,
            (Participant.event_id == Place.event_id) & (Participant.place_id == Place.id),
        )
        .where(Place.event_id == event.id, Place.kind.not_in(OWN_PLACES))
    )

    def outcome() -> Sequence[str]:
        if code := session.scalar(kept.limit(1)):
            raise Refusal(
                _(
                    "%(code)s belongs to somebody, and only a table or a stand can. Take it from "
                    "them first.",
                    code=code,
                )
            )
        return []

    return outcome


@watches
def left_sessions(session: Session, event: Event) -> Outcome:
    choices, without = _choices(session, event), _without(session, event)

    def outcome() -> Sequence[str]:
        lines = []
        if lost := len(choices - _choices(session, event)):
            lines.append(
                ngettext(
                    "%(num)s participant has chosen this session.",
                    "%(num)s participants have chosen this session.",
                    lost,
                )
            )
        if stranded := len(_without(session, event) - without):
            lines.append(
                ngettext(
                    "%(num)s participant attends no session then and can have no meeting.",
                    "%(num)s participants attend no session then and can have no meeting.",
                    stranded,
                )
            )
        return lines

    return outcome


def _choices(session: Session, event: Event) -> set[tuple[str, str]]:
    rows = session.execute(
        select(Attendance.participant_id, Attendance.session_id).where(
            Attendance.event_id == event.id
        )
    )
    return {(row.participant_id, row.session_id) for row in rows}


def _without(session: Session, event: Event) -> set[str]:
    """Those who choose their sessions, and have chosen none."""
    chosen = (
        select(func.count())
        .where(Attendance.event_id == event.id, Attendance.participant_id == Participant.id)
        .scalar_subquery()
    )
    return set(
        session.scalars(
            select(Participant.id).where(
                Participant.event_id == event.id, Participant.attends_all.is_(False), chosen == 0
            )
        )
    )
