"""Whether a database is as old as the program: neither serves the other otherwise."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from matchmaker.config import Misconfigured
from matchmaker.migrations import script_config

SET_UP = "python -m matchmaker set-up"


def refuse_other_age(engine: Engine) -> None:
    """Before anybody is served: a page would only fail, at a column that is not there."""
    scripts = ScriptDirectory.from_config(script_config())
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == scripts.get_current_head():
        return
    if found is None:
        raise Misconfigured(f"The database is empty. Make it first: {SET_UP}")
    if found in {script.revision for script in scripts.walk_revisions()}:
        raise Misconfigured(
            f"The database is older than this program: it stands at revision {found}, the program "
            f"needs {scripts.get_current_head()}. Make a backup, then bring it up to date: {SET_UP}"
        )
    raise Misconfigured(
        f"The database is newer than this program, which does not know its revision {found}. "
        "Install the newer program again, or take the backup from before."
    )
