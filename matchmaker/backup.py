"""A copy of the database that is whole, taken while people work."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from matchmaker.errors import Refusal


def back_up(database_url: str, target: Path) -> None:
    """Write the backup beside its final name first, so that no half copy ever bears it."""
    if target.exists():
        raise Refusal(f"{target} exists already: choose another name or remove it first.")
    url = make_url(database_url)
    draft = target.with_name(target.name + ".part")
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), draft)
    else:
        _dump_postgres(database_url, draft)
    draft.chmod(0o600)
    draft.replace(target)


def _copy_sqlite(source: Path, draft: Path) -> None:
    # Copying the file would miss what still stands in the write-ahead log.
    if not source.exists():
        raise Refusal(f"There is no database at {source}: run `matchmaker set-up` first.")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(draft)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _dump_postgres(database_url: str, draft: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Refusal(
            "pg_dump is not installed. On Debian and Ubuntu: apt install postgresql-client"
        )
    url = make_url(database_url)
    plain = url.set(drivername="postgresql", password=None)
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    command = [program, "--format=custom", f"--file={draft}", f"--dbname={plain}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"pg_dump failed: {done.stderr.strip()}")
