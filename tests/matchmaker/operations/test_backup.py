"""A backup taken while people work holds everything that was committed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import cast
import pytest
from sqlalchemy.orm import Session

from matchmaker.backup import back_up
from matchmaker.database import make_engine
from matchmaker.errors import Refusal


def test_a_backup_of_a_live_database_misses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    engine = make_engine(sqlite_url)
    with Session(engine) as session:
        event = cast.make_event(session)
        cast.make_participant(session, event, "Amal")
        session.commit()  # still in the write-ahead log: copying the file would miss it
        back_up(sqlite_url, target)
    engine.dispose()
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT id FROM participant").fetchall() == [("amal",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert target.stat().st_mode & 0o077 == 0


def test_an_older_backup_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("the backup of yesterday")
    with pytest.raises(Refusal, match="exists already"):
        back_up("sqlite:////no/where.sqlite", target)
    assert target.read_text() == "the backup of yesterday"


def test_without_a_database_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="set-up"):
        back_up(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_postgres_is_dumped_whole(postgres_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.dump"
    back_up(postgres_url, target)
    assert target.read_bytes()[:5] == b"PGDMP"
