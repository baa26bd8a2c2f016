"""Starting the child process that reads, and judging how it ended."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from matchmaker.spreadsheets.table import Table, Unreadable

WALL_SECONDS = 20  # a busy machine may let the child wait; its own limit counts CPU only

# A bare parent package: the child imports its few modules without the web application.
BOOTSTRAP = """
import sys, types
package = types.ModuleType("matchmaker")
package.__path__ = [sys.argv.pop(1)]
sys.modules["matchmaker"] = package
from matchmaker.spreadsheets.child import main
main()
"""
PACKAGE = str(Path(__file__).resolve().parent.parent)


def read_in_child(data: bytes, separator: str = "") -> Table:
    """The table, or :class:`Unreadable`; whatever the file does, it does it elsewhere."""
    return _table(_ask_child(data, separator)["table"])


def read_all_in_child(data: bytes) -> tuple[Table, ...]:
    """All tables of the file."""
    return tuple(_table(found) for found in _ask_child(data, "every")["tables"])


def _ask_child(data: bytes, separator: str) -> dict[str, Any]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", BOOTSTRAP, PACKAGE, separator],
                stdin=file,
                capture_output=True,
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("bomb") from None
    return _judge(done)


def _judge(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    if done.returncode < 0:  # ended by a limit
        raise Unreadable("bomb")
    if done.returncode > 0:  # a fault of the reader that the file found
        raise Unreadable("broken")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "fault" in answer:
        raise Unreadable(answer["fault"], **answer["facts"])
    return answer


def _table(found: dict[str, Any]) -> Table:
    return Table(
        header=tuple(found["header"]),
        rows=tuple((number, tuple(cells)) for number, cells in found["rows"]),
        encoding=found["encoding"],
        separator=found["separator"],
        sheet=found["sheet"],
        other_sheets=tuple(found["other_sheets"]),
    )
