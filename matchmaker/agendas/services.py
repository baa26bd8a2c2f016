"""Packs are asked for; agendas are found by participant or by secret."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import Agenda
from matchmaker.agendas.calendars import agenda_calendar, programme_calendar
from matchmaker.agendas.history import removed_meetings, stamps
from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.rosters import EVERYBODY, Chosen
from matchmaker.config import Config
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.programme.entries import entries_of, gone_entries
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import published_version

JOB = "print"


def packs_folder(config: Config) -> Path:
    """Where packs lie: never below the static files, readable by this user only."""
    folder = config.instance / "packs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def published_version_or_refuse(session: Session, event: Event) -> Version:
    version = published_version(session, event.id)
    if version is None:
        raise Refusal(_("Nothing is published yet: publish a schedule, then print."))
    return version


def ask_for_pack(  # noqa: PLR0913 - a pack has these options
    session: Session,
    event: Event,
    kind: str,
    account_id: str,
    *,
    language: str = "",
    chosen: Chosen = EVERYBODY,
    changed_only: bool = False,
) -> PrintPack:
    """A pack of the published version; one that is still in the making is not made twice."""
    version = published_version_or_refuse(session, event)
    options = {
        "language": language,
        "chosen": {name: value for name, value in asdict(chosen).items() if value},
        "changed_only": changed_only,
    }
    under_way = session.scalars(
        select(PrintPack).where(
            PrintPack.event_id == event.id,
            PrintPack.kind == kind,
            PrintPack.version_number == version.number,
            PrintPack.state.in_(("waiting", "running")),
        )
    )
    same = (row for row in under_way if all(getattr(row, n) == v for n, v in options.items()))
    pack = next(same, None)
    if pack is None:
        pack = PrintPack(
            event_id=event.id,
            kind=kind,
            version_number=version.number,
            created_by=account_id,
            **options,
        )
        session.add(pack)
    session.commit()
    return pack


def packs_of(session: Session, event_id: str) -> list[PrintPack]:
    """The latest packs, newest first."""
    return list(
        session.scalars(
            select(PrintPack)
            .where(PrintPack.event_id == event_id)
            .order_by(PrintPack.created_at.desc())
            .limit(10)
        )
    )


def pack_path(config: Config, pack: PrintPack) -> Path | None:
    """The pack's file while it is kept."""
    path = packs_folder(config) / pack.file_name if pack.file_name else None
    return path if path is not None and path.is_file() else None


def published_agenda(session: Session, event: Event, participant_id: str) -> Agenda | None:
    """The participant's agenda in the published version; None before the first one."""
    version = published_version(session, event.id)
    return agenda_of(session, event, version, participant_id) if version else None


def published_calendar(session: Session, event: Event, participant: Participant) -> bytes:
    """The participant's calendar; without a meeting before the first publication."""
    agenda = published_agenda(session, event, participant.id)
    gone = gone_entries(session, participant)
    if agenda is None:
        mine = entries_of(session, event.id, [participant.id]).get(participant.id, ())
        return programme_calendar(event, participant, mine, gone)
    removed = removed_meetings(session, agenda)
    ids = [row.id for row in agenda.meetings] + [row.id for row in removed]
    return agenda_calendar(agenda, removed, stamps(session, agenda, ids), gone)


def find_by_secret(session: Session, secret: str) -> Participant | None:
    return session.scalar(select(Participant).where(Participant.agenda_secret == secret))
