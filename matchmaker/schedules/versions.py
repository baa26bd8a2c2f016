"""The versions of an event: what each holds. How two differ: ``differences``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matchmaker.schedules.amending import AMENDED
from matchmaker.schedules.goals import GoalReport, report
from matchmaker.schedules.models import Publication, Run, ScheduledMeeting, UnplacedMeeting, Version
from matchmaker.schedules.proof import Size, sentence


@dataclass(frozen=True)
class Kept:
    """A version with the run that made it."""

    version: Version
    run: Run | None
    size: Size

    @property
    def sentence(self) -> str:
        """What is reached and proven."""
        return proof_of(self.version, self.size)

    def goal(self, name: str) -> GoalReport | None:
        """One result, as the engine told it."""
        told = report(self.version.goals.get("goals", []), self.size)
        return next((row for row in told if row.code == name), None)


def proof_of(version: Version, size: Size) -> str:
    """What this version reaches, and what is proven of it."""
    goals = version.goals
    return sentence(goals.get("goals", []), size, keeps=bool(goals.get("kept")))


def kept_versions(session: Session, event_id: str, *, amended: bool = True) -> list[Kept]:
    """The versions of an event, newest first; without ``amended`` none of those that participants
    made by cancelling or booking, but for the published one.
    """
    query = (
        select(Version, Run)
        .outerjoin(Run, (Run.event_id == Version.event_id) & (Run.id == Version.run_id))
        .where(Version.event_id == event_id)
        .order_by(Version.created_at.desc(), Version.id)
    )
    if not amended:
        shown = select(Publication.version_id).where(Publication.event_id == event_id)
        query = query.where(or_(Version.status != AMENDED, Version.id == shown.scalar_subquery()))
    rows = session.execute(query).all()
    sizes = _sizes(session, event_id, *(version.id for version, _run in rows))
    return [Kept(version, run, sizes.get(version.id, Size(0, 0, 0))) for version, run in rows]


def runs_without_version(session: Session, event_id: str) -> Sequence[Run]:
    """Those that failed or were stopped before they had any schedule, newest first."""
    rows = session.scalars(
        select(Run)
        .where(Run.event_id == event_id, Run.version_id.is_(None))
        .where(Run.state.in_(("failed", "cancelled")))
        .order_by(Run.created_at.desc())
    )
    return [run for run in rows if not run.scenario]


def other_versions(session: Session, version: Version) -> Sequence[Version]:
    """All but this one, newest first."""
    return session.scalars(
        select(Version)
        .where(Version.event_id == version.event_id, Version.id != version.id)
        .order_by(Version.created_at.desc(), Version.id)
    ).all()


def size_of(session: Session, version: Version) -> Size:
    return _sizes(session, version.event_id, version.id).get(version.id, Size(0, 0, 0))


def _sizes(session: Session, event_id: str, *only: str) -> dict[str, Size]:
    counted: dict[str, list[tuple[int, int]]] = {}
    for table in (ScheduledMeeting, UnplacedMeeting):
        rows = session.execute(
            select(table.version_id, func.count(), func.sum(table.weight))
            .where(table.event_id == event_id, *([table.version_id.in_(only)] if only else []))
            .group_by(table.version_id)
        )
        for version_id, count, points in rows:
            pair = (int(count), int(points or 0))
            counted.setdefault(version_id, [(0, 0), (0, 0)])[table is UnplacedMeeting] = pair
    return {
        version_id: Size(placed[0], placed[0] + missing[0], placed[1] + missing[1], placed[1])
        for version_id, (placed, missing) in counted.items()
    }
