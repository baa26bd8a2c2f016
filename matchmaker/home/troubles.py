"""What is wrong at an event or waits for an organiser, each with the page that helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.agendas.printed import last_print
from matchmaker.database import now
from matchmaker.events.models import Event
from matchmaker.home.ground import Ground
from matchmaker.mails.models import Mail
from matchmaker.participants.returned import returned_mails
from matchmaker.schedules.models import Run
from matchmaker.wishes.models import Wish

LATE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Trouble:
    """``url`` is empty where nothing on our pages helps."""

    text: str
    url: str = ""


def troubles_of(session: Session, event: Event, ground: Ground) -> list[Trouble]:
    """The most urgent first."""
    found = [
        _failed_run(session, event),
        _withdrawn_in_schedule(event, ground),
        _mails_late(session, event),
        _returned(session, event),
        _waiting(event, ground),
        _late_wishes(session, event, ground),
        _alone(event, ground),
        _old_sheets(session, event, ground),
        _silent(event, ground),
    ]
    return [trouble for trouble in found if trouble]


def _failed_run(session: Session, event: Event) -> Trouble | None:
    newest = session.scalars(
        select(Run).where(Run.event_id == event.id).order_by(Run.created_at.desc()).limit(1)
    ).first()
    if newest is None or newest.state != "failed":
        return None
    return Trouble(
        _("The last run failed."), url_for("schedules.run", event_id=event.id, run_id=newest.id)
    )


def _withdrawn_in_schedule(event: Event, ground: Ground) -> Trouble | None:
    gone = [who for who in ground.meetings if ground.people[who].state != "validated"]
    if not gone:
        return None
    return Trouble(
        ngettext(
            "%(num)s person has published meetings and takes no part any more.",
            "%(num)s people have published meetings and take no part any more.",
            len(gone),
        ),
        url_for("schedules.index", event_id=event.id),
    )


def _mails_late(session: Session, event: Event) -> Trouble | None:
    late = session.scalar(
        select(func.count()).where(
            Mail.event_id == event.id,
            Mail.state == "waiting",
            Mail.created_at < now() - LATE_AFTER,
        )
    )
    if not late:
        return None
    return Trouble(
        ngettext(
            "%(num)s mail waits to be sent for more than ten minutes: tell whoever runs this "
            "installation.",
            "%(num)s mails wait to be sent for more than ten minutes: tell whoever runs this "
            "installation.",
            late,
        )
    )


def _returned(session: Session, event: Event) -> Trouble | None:
    people = len(returned_mails(session, event.id))
    if not people:
        return None
    return Trouble(
        ngettext(
            "Mails to %(num)s person came back.", "Mails to %(num)s people came back.", people
        ),
        url_for("participants.returned", event_id=event.id),
    )


def _waiting(event: Event, ground: Ground) -> Trouble | None:
    waiting = sum(person.state == "registered" for person in ground.people.values())
    if not waiting:
        return None
    return Trouble(
        ngettext(
            "%(num)s registration waits to be validated.",
            "%(num)s registrations wait to be validated.",
            waiting,
        ),
        url_for("segments.index", event_id=event.id, state="registered"),
    )


def _late_wishes(session: Session, event: Event, ground: Ground) -> Trouble | None:
    """Wishes that the published schedule does not know."""
    if ground.version is None:
        return None
    younger = session.scalar(
        select(func.count()).where(
            Wish.event_id == event.id,
            Wish.grade != "never",
            Wish.created_at > ground.version.created_at,
        )
    )
    if not younger:
        return None
    return Trouble(
        ngettext(
            "%(num)s wish is younger than the published schedule.",
            "%(num)s wishes are younger than the published schedule.",
            younger,
        ),
        url_for("schedules.index", event_id=event.id),
    )


def _alone(event: Event, ground: Ground) -> Trouble | None:
    alone = sum(person.id not in ground.meetings for person in ground.confirmed)
    if ground.version is None or not alone:
        return None
    return Trouble(
        ngettext(
            "%(num)s confirmed person meets nobody.",
            "%(num)s confirmed people meet nobody.",
            alone,
        ),
        url_for("home.numbers", event_id=event.id, _anchor="nobody"),
    )


def _old_sheets(session: Session, event: Event, ground: Ground) -> Trouble | None:
    """Agendas on paper that a later version has overtaken."""
    printed = last_print(session, event.id, "agendas")
    number = ground.version.number if ground.version else None
    if printed is None or number is None or printed.version >= number:
        return None
    return Trouble(
        _(
            "Agendas were printed of version %(printed)s; version %(number)s is published. "
            "Print what has changed.",
            printed=printed.version,
            number=number,
        ),
        url_for("agendas.preview", event_id=event.id, kind="agendas"),
    )


def _silent(event: Event, ground: Ground) -> Trouble | None:
    """Who has wished for nobody, once others have."""
    silent = sum(person.id not in ground.askers for person in ground.confirmed)
    if not ground.askers or not silent:
        return None
    return Trouble(
        ngettext(
            "%(num)s confirmed person has wished for nobody yet.",
            "%(num)s confirmed people have wished for nobody yet.",
            silent,
        ),
        url_for("wishes.without", event_id=event.id),
    )
