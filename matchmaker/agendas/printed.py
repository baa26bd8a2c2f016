"""What a pack prints, and what its sheets said: so that the next print leaves out what holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from matchmaker.agendas.looks import Look, look_on_paper
from matchmaker.agendas.models import PrintedSheet, PrintPack
from matchmaker.agendas.prints import PRINTS, Print, digest_of
from matchmaker.agendas.rosters import Chosen
from matchmaker.agendas.sheets import Sheet
from matchmaker.database import insert_rows, now, reading
from matchmaker.events.models import Event
from matchmaker.jobs.claims import Key
from matchmaker.schedules.models import Version


@dataclass
class Job:
    """The sheets of a pack; ``digests`` fills while they are made."""

    event_id: str
    print: Print
    version_number: int
    language: str
    sources: list[Any]
    look: Look
    void: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    def sheet(self, source: Any) -> Sheet:
        made = self.print.sheet(source, self.language)
        self.digests[self.print.of(source)] = digest_of(made)
        return made


def load_job(engine: Engine, key: Key) -> Job:
    """All sheets that the pack wants; of a print of changes, those that say something new."""
    with reading(), Session(engine) as session:
        pack = session.get_one(PrintPack, key)
        event = session.get_one(Event, pack.event_id)
        version = session.scalars(
            select(Version).where(
                Version.event_id == event.id, Version.number == pack.version_number
            )
        ).one()
        kind = PRINTS[pack.kind]
        sources = list(kind.load(session, event, version, Chosen(**pack.chosen)))
        look = look_on_paper(session, event.id)
        job = Job(event.id, kind, pack.version_number, pack.language, sources, look)
        if pack.changed_only:
            _leave_out_what_holds(job, known_sheets(session, event.id, kind.kind))
        if not pack.chosen:
            known = known_sheets(session, event.id, kind.kind)
            job.void = sorted(set(known) - {kind.of(source) for source in sources})
        return job


def known_sheets(session: Session, event_id: str, kind: str) -> dict[str, str]:
    """What each sheet said when it was printed last."""
    rows = session.execute(
        select(PrintedSheet.subject_id, PrintedSheet.digest).where(
            PrintedSheet.event_id == event_id, PrintedSheet.kind == kind
        )
    )
    return {row.subject_id: row.digest for row in rows}


def last_print(session: Session, event_id: str, kind: str) -> Any:
    """Of how many sheets, up to which version and when something of the kind was printed."""
    row = session.execute(
        select(
            func.count().label("sheets"),
            func.max(PrintedSheet.version_number).label("version"),
            func.max(PrintedSheet.printed_at).label("at"),
        ).where(PrintedSheet.event_id == event_id, PrintedSheet.kind == kind)
    ).one()
    return row if row.sheets else None


def remember(engine: Engine, job: Job) -> None:
    """Keep what the sheets of a finished pack said. Where this fails, too much is printed next
    time, never too little.
    """
    at = now()
    gone = set(job.digests) | set(job.void)
    with Session(engine) as session, session.begin():
        of_kind = (PrintedSheet.event_id == job.event_id, PrintedSheet.kind == job.print.kind)
        for part in _parts(sorted(gone)):
            session.execute(delete(PrintedSheet).where(*of_kind, PrintedSheet.subject_id.in_(part)))
        insert_rows(
            session,
            PrintedSheet,
            [
                {
                    "event_id": job.event_id,
                    "kind": job.print.kind,
                    "subject_id": subject,
                    "digest": digest,
                    "version_number": job.version_number,
                    "printed_at": at,
                }
                for subject, digest in sorted(job.digests.items())
            ],
        )


def _parts(ids: list[str], size: int = 500) -> list[list[str]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _leave_out_what_holds(job: Job, known: dict[str, str]) -> None:
    kept = []
    for source in job.sources:
        subject = job.print.of(source)
        if digest_of(job.print.sheet(source, job.language)) != known.get(subject):
            kept.append(source)
    job.sources = kept
