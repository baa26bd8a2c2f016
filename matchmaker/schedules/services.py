"""What an organiser does with runs: start one, stop it."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, MeetingSession, Place, Slot
from matchmaker.participants.models import Participant
from matchmaker.schedules.aims import MOST_GIVEN, PRESETS, Aim, is_order
from matchmaker.schedules.models import Run
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.models import Wish
from matchmaker.wishes.queries import count_unanswered

SHORTEST_SECONDS, LONGEST_SECONDS = 5, 600


def start_run(
    session: Session,
    event: Event,
    *,
    wanted: str,
    seconds: int,
    aim: Aim | None = None,
    account: Account | None = None,
) -> Run:
    """A run that waits for a worker, committed: the caller enqueues it. One per event. ``aim``:
    in place of the usual one of that name.
    """
    aim = aim or PRESETS[wanted]
    refuse_seconds(seconds)
    refuse_what_cannot_be(session, event)
    _refuse_aim(session, event, aim)
    run = Run(
        event_id=event.id,
        wanted=wanted,
        settings=aim.as_row(),
        seconds=seconds,
        created_by=account.id if account else None,
    )
    return add_run(session, run)


def _refuse_aim(session: Session, event: Event, aim: Aim) -> None:
    if not is_order(aim.order):
        raise Refusal(_("Each goal has to be in the order once. Load the page again."))
    if not 0 <= aim.given <= MOST_GIVEN:
        raise Refusal(_("At most 10% of the points may be given up."))
    if aim.stays != "nothing" and published_version(session, event.id) is None:
        raise Refusal(_("Nothing is published yet that could stay. Choose another aim."))
    here = MeetingSession.event_id == event.id, MeetingSession.id.in_(aim.sessions)
    if aim.stays == "sessions" and not _count(session, MeetingSession, *here):
        raise Refusal(_("Choose the sessions that may change."))


def refuse_seconds(seconds: int) -> None:
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise Refusal(
            _(
                "The time limit must be between %(least)s and %(most)s seconds.",
                least=SHORTEST_SECONDS,
                most=LONGEST_SECONDS,
            )
        )


def add_run(session: Session, run: Run) -> Run:
    """Commits; refused where another one of the event is open."""
    session.add(run)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Refusal(
            _("A run of this event is under way. Wait for it, or stop it first.")
        ) from None
    return run


def stop_run(session: Session, run: Run) -> None:
    """A waiting run ends at once; a running one is asked to end and to keep what it has."""
    this = (Run.event_id == run.event_id, Run.id == run.id)
    session.execute(
        update(Run)
        .where(*this, Run.state == "waiting")
        .values(state="cancelled", finished_at=now(), progress={"stopped": "organiser"})
    )
    session.execute(
        update(Run)
        .where(*this, Run.state == "running", Run.cancel_at.is_(None))
        .values(cancel_at=now())
    )
    session.commit()


def open_run(session: Session, event_id: str) -> Run | None:
    """The run that waits or runs."""
    return session.scalar(
        select(Run).where(Run.event_id == event_id, Run.state.in_(("waiting", "running")))
    )


def _refuse_unanswered(session: Session, event: Event) -> None:
    hopes = Wish.event_id == event.id, Wish.grade != "never", Wish.state != "declined"
    waiting = count_unanswered(session, event)
    if waiting and waiting == _count(session, Wish, *hopes):
        raise Refusal(
            _(
                "No wish counts yet: each waits until the other side accepts it. Wait for the "
                "answers, import the wishes with the status “accepted”, or let a wish of one "
                "side count, in the set-up."
            )
        )


def refuse_what_cannot_be(session: Session, event: Event) -> None:
    """Say at once, and with the cure, what the engine could only answer with nothing."""
    if not _count(session, Slot, Slot.event_id == event.id):
        raise Refusal(_("There is no slot yet. Plan days and sessions first, in the set-up."))
    if not _count(session, Wish, Wish.event_id == event.id):
        raise Refusal(_("There is no wish yet. Import wishes, or wait until people make some."))
    _refuse_unanswered(session, event)
    people = (Participant.event_id == event.id, Participant.state == "validated")
    if _count(session, Participant, *people) < 2:
        raise Refusal(_("Fewer than two participants are validated. Validate them first."))
    on_site = (Place.event_id == event.id, Place.kind.in_(("table", "stand")))
    remote = _count(session, Participant, *people, Participant.remote)
    if not _count(session, Place, *on_site) and not remote:
        raise Refusal(_("There is no table and no stand yet. Add tables first, under Places."))


def _count(session: Session, table: type, *conditions: object) -> int:
    query = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
    return session.scalar(query) or 0
