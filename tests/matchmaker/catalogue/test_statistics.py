"""After a large import PostgreSQL knows at once how large its tables are."""

from __future__ import annotations

import cast
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from matchmaker.catalogue import indexing
from matchmaker.catalogue.fulltext import COUNTED

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def counted(session: Session) -> set[str]:
    """Tables that were ever counted: PostgreSQL says -1 of the others."""
    found = session.execute(
        text("SELECT relname FROM pg_class WHERE relname = ANY(:names) AND reltuples >= 0"),
        {"names": list(COUNTED)},
    )
    return {name for (name,) in found}


@pytest.mark.parametrize(("many", "expected"), [(1, set(COUNTED)), (3, set())])
def test_tables_are_counted_after_many_changes_only(
    session: Session, monkeypatch: pytest.MonkeyPatch, many: int, expected: set[str]
) -> None:
    for name in COUNTED:
        session.execute(text(f"TRUNCATE {name} CASCADE"))  # not yet counted, whoever was before
    monkeypatch.setattr(indexing, "MANY", many)
    event = cast.make_event(session)
    cast.make_participant(session, event, "Amal", consent_version="1", state="validated")
    session.commit()
    assert counted(session) == expected
