"""A pack's row between the workers, and its file: claimed, kept alive, given back, removed.

The row is the truth. Every write names the attempt under which a worker holds the pack, so that
one that was thought dead cannot write into a pack that another has taken.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from matchmaker.agendas.models import PrintPack
from matchmaker.database import now

MOST_ATTEMPTS = 3
STALE_AFTER = timedelta(seconds=60)
UNCLAIMED_AFTER = timedelta(seconds=10)
KEPT_FOR = timedelta(days=1)
PackKey = tuple[str, str]  # event, pack


class LostPack(Exception):
    """Another worker has taken this pack; what this one printed is thrown away."""


def claim(session: Session, key: PackKey) -> int | None:
    """Take the pack; the attempt number, or None where there is nothing to take."""
    free = or_(PrintPack.state == "waiting", and_(_is_stale(), PrintPack.attempt < MOST_ATTEMPTS))
    taken = _update(
        session,
        key,
        free,
        state="running",
        attempt=PrintPack.attempt + 1,
        beat_at=now(),
        printed=0,
    )
    attempt = session.scalar(select(PrintPack.attempt).where(*_is(key))) if taken else None
    session.commit()
    return attempt


def write(session: Session, key: PackKey, attempt: int, **values: Any) -> None:
    """Change the pack if this attempt still holds it, else raise :class:`LostPack`."""
    held = and_(PrintPack.state == "running", PrintPack.attempt == attempt)
    written = _update(session, key, held, beat_at=now(), **values)
    session.commit()
    if not written:
        raise LostPack(key[1])


def left_behind(session: Session) -> list[PackKey]:
    """Packs to enqueue again; what cannot be tried once more is given up here."""
    session.execute(
        update(PrintPack)
        .where(_is_stale(), PrintPack.attempt >= MOST_ATTEMPTS)
        .values(state="failed", finished_at=now())
    )
    waiting = and_(PrintPack.state == "waiting", PrintPack.created_at < now() - UNCLAIMED_AFTER)
    rows = session.execute(
        select(PrintPack.event_id, PrintPack.id).where(or_(waiting, _is_stale()))
    ).all()
    session.commit()
    return [(row.event_id, row.id) for row in rows]


def remove_old(session: Session, folder: Path) -> int:
    """Take away what is a day old: files of packs, and what killed workers left unfinished."""
    old = and_(PrintPack.file_name.is_not(None), PrintPack.finished_at < now() - KEPT_FOR)
    session.execute(update(PrintPack).where(old).values(file_name=None))
    session.commit()
    kept = set(session.scalars(select(PrintPack.file_name).where(PrintPack.file_name.is_not(None))))
    session.rollback()
    oldest = (now() - KEPT_FOR).timestamp()
    gone = [path for path in folder.iterdir() if path.name not in kept and _is_older(path, oldest)]
    for path in gone:
        _remove(path)
    return len(gone)


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:  # another worker was faster
        return False


def _remove(path: Path) -> None:
    """A pack, or the folder in which a killed worker had begun one."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _is_stale() -> Any:
    return and_(PrintPack.state == "running", PrintPack.beat_at < now() - STALE_AFTER)


def _is(key: PackKey) -> tuple[Any, Any]:
    return PrintPack.event_id == key[0], PrintPack.id == key[1]


def _update(session: Session, key: PackKey, condition: Any, **values: Any) -> bool:
    """Whether exactly this row was changed: the comparison and the change are one statement."""
    changed = session.execute(
        update(PrintPack)
        .where(*_is(key), condition)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]
