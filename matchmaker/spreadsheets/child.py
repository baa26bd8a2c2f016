"""The child process: reads one file from its standard input and answers in JSON.

It limits itself before it looks at the first byte; what goes beyond ends it, not the server.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from typing import Any

from matchmaker.spreadsheets.delimited import read_text
from matchmaker.spreadsheets.kinds import kind_of
from matchmaker.spreadsheets.objects import is_json, read_objects
from matchmaker.spreadsheets.several import read_every
from matchmaker.spreadsheets.table import Table, Unreadable
from matchmaker.spreadsheets.workbook import read_workbook

EVERY = "every"  # in place of a separator: all tables of the file
CPU_SECONDS = 2
MEMORY_BYTES = 200 * 1024 * 1024  # of address space, hence more than it can ever hold
NOTHING = (0, 0)


def main() -> None:
    limit()
    gc.disable()  # one file, then the process ends
    separator = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), separator)))
    except MemoryError:
        sys.stdout.write(json.dumps({"fault": "bomb", "facts": {}}))


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, NOTHING)
    resource.setrlimit(resource.RLIMIT_FSIZE, NOTHING)


def answer(data: bytes, separator: str) -> dict[str, Any]:
    try:
        if separator == EVERY:
            return {"tables": [vars(table) for table in read_every(data)]}
        return {"table": vars(_read(data, separator))}
    except Unreadable as fault:
        return {"fault": fault.code, "facts": fault.facts}


def _read(data: bytes, separator: str) -> Table:
    if not separator and kind_of(data) == "workbook":
        return read_workbook(data)
    if not separator and is_json(data):
        return read_objects(data)
    return read_text(data, separator)
