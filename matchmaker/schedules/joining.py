"""A version of some sessions of one version and the published rest."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Slot
from matchmaker.schedules import bridge
from matchmaker.schedules.handwriting import files_of
from matchmaker.schedules.models import Version
from matchmaker.schedules.queries import published_version
from matchmaker.schedules.storing import analyze, store_version

JOINED = "joined"


def join(session: Session, event: Event, version: Version, sessions: Collection[str]) -> Version:
    """These sessions as the version has them, the others as they are published. Commits.

    Nobody who has left meanwhile is in it. It is a version as any other, to be looked at,
    checked and published.
    """
    slots = session.scalars(
        select(Slot.id).where(Slot.event_id == event.id, Slot.session_id.in_(sessions))
    ).all()
    if not slots:
        raise Refusal(_("Choose the sessions that are to be taken from this version."))
    shown = published_version(session, event.id)
    rest = (shown.problem, shown.schedule) if shown else None
    files = bridge.joined(session, event, files_of(session, version), rest, slots)
    new = store_version(session, event_id=event.id, problem=files[0], schedule=files[1])
    new.base_id, new.run_id, new.status = version.id, version.run_id, JOINED
    session.commit()
    analyze(session)
    return new
