"""The seat rows of a participant, in step with ``seats``."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.participants.models import Participant, ParticipantSeat

MOST_SEATS = 50


def set_seats(session: Session, participant: Participant, seats: int) -> None:
    """How many meetings a participant can take at once. A seat that a kept schedule uses
    stays as a row; new schedules see only the number.
    """
    if not 1 <= seats <= MOST_SEATS:
        raise Refusal(_("Seats: give a whole number from 1 to %(most)s.", most=MOST_SEATS))
    participant.seats = seats
    session.flush()
    rows = {row.seat: row for row in _rows(session, participant)}
    for seat in range(1, seats + 1):
        if seat not in rows:
            session.add(
                ParticipantSeat(
                    event_id=participant.event_id, participant_id=participant.id, seat=seat
                )
            )
    session.flush()
    for seat in sorted(set(rows) - set(range(1, seats + 1))):
        _remove(session, rows[seat])


def _rows(session: Session, participant: Participant) -> list[ParticipantSeat]:
    return list(
        session.scalars(
            select(ParticipantSeat).where(
                ParticipantSeat.event_id == participant.event_id,
                ParticipantSeat.participant_id == participant.id,
            )
        )
    )


def _remove(session: Session, row: ParticipantSeat) -> None:
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        pass  # a booking of a kept schedule refers to it
