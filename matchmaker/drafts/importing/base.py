"""With what a file of meetings is compared, and what its rows become a part of.

The draft that an earlier import opened, as long as it is open: the same file changes nothing then.
Else the published version, of which a draft would be opened; else an event without a schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.drafts.models import Change
from matchmaker.events.models import Event
from matchmaker.schedules import bridge
from matchmaker.schedules.bridge import Meeting, Placed
from matchmaker.schedules.handwriting import placed_of
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import BookedMeeting, meetings_of, published_version

IMPORT = "import"


@dataclass(frozen=True)
class Base:
    session: Session
    event: Event
    version: Version | None

    @classmethod
    def of(cls, session: Session, event: Event) -> Base:
        version = imported_draft(session, event) or published_version(session, event.id)
        return cls(session, event, version)

    @property
    def mark(self) -> str:
        """Another one where something was changed in it."""
        return f"{self.version.id} {self.version.revision}" if self.version else ""

    @cached_property
    def rows(self) -> list[BookedMeeting]:
        return meetings_of(self.session, self.version) if self.version else []

    @cached_property
    def placed(self) -> Mapping[str, Placed]:
        return {row.id: placed_of(row) for row in self.rows}

    @cached_property
    def locked(self) -> frozenset[str]:
        """Only what somebody has locked by hand."""
        if self.version is None or not self.version.is_open:
            return frozenset()
        return frozenset(row.id for row in self.rows if row.locked)

    @cached_property
    def asked(self) -> Mapping[str, Meeting]:
        return bridge.asked_meetings(self.problem())

    def problem(self, more: Iterable[Meeting] = ()) -> str:
        """What is asked for in it by now, and these."""
        known = self.version.problem if self.version else ""
        return bridge.asked_now(self.session, self.event, known, self.placed, tuple(more))


def imported_draft(session: Session, event: Event) -> Version | None:
    """The newest that an import has made or changed, while it is open."""
    rows = session.scalars(
        select(Version)
        .join(
            Change,
            (Change.event_id == Version.event_id) & (Change.version_id == Version.id),
        )
        .where(
            Version.event_id == event.id,
            Version.revision.is_not(None),
            Version.number.is_(None),
            Change.kind == IMPORT,
        )
        .order_by(Version.created_at.desc(), Version.id)
        .limit(1)
    )
    return rows.first()
