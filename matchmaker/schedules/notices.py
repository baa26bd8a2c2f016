"""Who is written to on publishing: whose agenda changed, once per version."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.config import config_of
from matchmaker.events.models import Event
from matchmaker.languages import pick
from matchmaker.mails.services import post
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import BookedMeeting, meetings_of

Agendas = dict[str, set[tuple[object, ...]]]


def post_notices(session: Session, event: Event, before: Version | None, after: Version) -> int:
    """One mail per participant whose agenda differs; in the caller's transaction."""
    now_has = agendas_of(session, after)
    had = agendas_of(session, before) if before is not None else {}
    touched = [
        person for person in sorted({*had, *now_has}) if had.get(person) != now_has.get(person)
    ]
    people = session.scalars(
        select(Participant).where(
            Participant.event_id == event.id,
            Participant.id.in_(touched),
            Participant.state == "validated",
            Participant.email != "",
        )
    ).all()
    for person in people:
        with speak(person.language):
            _post(session, event, after, person, (had.get(person.id), now_has.get(person.id)))
    return len(people)


def agendas_of(session: Session, version: Version) -> Agendas:
    """The meetings of everybody who has one."""
    found: Agendas = {}
    for meeting in meetings_of(session, version):
        for person in meeting.people:
            found.setdefault(person, set()).add(_as_seen(meeting))
    return found


def _as_seen(meeting: BookedMeeting) -> tuple[object, ...]:
    """What an agenda shows of a meeting: only a change of this is news."""
    where = (meeting.place_id, meeting.room_code, meeting.interpreter_id)
    return (meeting.starts_at, meeting.ends_at, *where, *meeting.people)


def _post(
    session: Session,
    event: Event,
    version: Version,
    person: Participant,
    agendas: tuple[set[tuple[object, ...]] | None, set[tuple[object, ...]] | None],
) -> None:
    had, has = agendas
    name = pick(event.names, person.language)
    subject = (
        _("Your agenda for %(event)s", event=name)
        if had is None
        else _("Your agenda for %(event)s has changed", event=name)
    )
    lines = [
        _("Good day %(name)s,", name=person.name),
        ngettext("You have %(num)s meeting.", "You have %(num)s meetings.", len(has or ())),
        _("Your agenda, version %(number)s:", number=version.number),
        # The same address that stands as a QR code on printed sheets; its page lies above us.
        f"{config_of(current_app).base_url.rstrip('/')}/a/{person.agenda_secret}",
        _("The link is your own: it shows your agenda without signing in."),
    ]
    post(
        session,
        address=person.email,
        language=person.language,
        subject=subject,
        body="\n\n".join(lines),
        event_id=event.id,
        cause=f"agenda:{version.id}:{person.id}",
    )
