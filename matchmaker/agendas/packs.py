"""Print packs between the workers, and their files: what is a day old is removed."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from matchmaker.agendas.models import PrintPack
from matchmaker.database import now
from matchmaker.jobs.claims import Claims

PACKS = Claims(PrintPack)
KEPT_FOR = timedelta(days=1)


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
