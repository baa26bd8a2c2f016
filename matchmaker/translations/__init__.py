"""French and Arabic catalogues: ``.po`` files are kept, ``.mo`` files are made from them."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


def compile_catalogues() -> int:
    """Make every catalogue that is missing or older than its source; return how many."""
    made = 0
    for source in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        _write(target, catalogue)
        made += 1
    return made


def _write(target: Path, catalogue: Catalog) -> None:
    """In one step: another process may read or make the same file at this moment."""
    draft = target.with_suffix(f".{os.getpid()}.mo")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
