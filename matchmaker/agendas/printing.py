"""Many sheets into one PDF, in little memory.

The typesetter remembers its last ten compilations. Small batches therefore keep its memory
flat, however many sheets there are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from matchmaker.agendas.sheets import Sheet
from matchmaker.agendas.typesetting import typeset

BATCH = 5
AUTHOR = "Matchmaker"


def print_one(template: str, sheet: Sheet, title: str) -> bytes:
    """A single sheet as accessible PDF (PDF/UA-1)."""
    return typeset(template, _document([sheet], title), accessible=True)


def print_many(
    template: str,
    sources: Sequence[Any],
    make_sheet: Callable[[Any], Sheet],
    path: Path,
    beat: Callable[[int], None],
) -> None:
    """All sheets into the file ``path``; ``beat`` hears after each batch how many are made."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        parts = []
        for start in range(0, len(sources), BATCH):
            batch = [make_sheet(source) for source in sources[start : start + BATCH]]
            part = Path(folder) / f"{start}.pdf"
            part.write_bytes(typeset(template, _document(batch, template)))
            parts.append(part)
            beat(start + len(batch))
        _join(parts, path)


def _join(parts: Sequence[Path], path: Path) -> None:
    with PdfWriter() as writer:
        for part in parts:
            writer.append(part, import_outline=False)
        writer.add_metadata({"/Author": AUTHOR})
        writer.write(path)


def _document(sheets: Sequence[Sheet], title: str) -> dict[str, Any]:
    return {"title": title, "author": AUTHOR, "sheets": list(sheets)}
