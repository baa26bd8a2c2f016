"""Many sheets into one PDF, in little memory.

The typesetter remembers its last ten compilations. Small batches therefore keep its memory
flat, however many sheets there are; each goes into the file as soon as it is set.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from matchmaker.agendas.joining import join
from matchmaker.agendas.looks import PLAIN, Look
from matchmaker.agendas.sheets import Sheet
from matchmaker.agendas.typesetting import draw, template_path, typeset

BATCH = 10
AUTHOR = "Matchmaker"
MARKS = re.compile("[\u2066-\u2069\u200b]")


def print_one(template: str, sheet: Sheet, title: str, look: Look = PLAIN) -> bytes:
    """A single sheet as accessible PDF (PDF/UA-1)."""
    return print_sheets(template, [sheet], title, look)


def print_sheets(template: str, sheets: Sequence[Sheet], title: str, look: Look = PLAIN) -> bytes:
    """A few sheets at once as accessible PDF; for hundreds there is :func:`print_many`."""
    return typeset(template_path(template), _document(sheets, title, look), accessible=True)


def draw_sheets(
    template: str, sheets: Sequence[Sheet], width: int, look: Look = PLAIN
) -> list[bytes]:
    """A few sheets as pictures for the screen."""
    return draw(template_path(template), _document(sheets, template, look), width)


def print_many(
    template: str,
    sources: Sequence[Any],
    make_sheet: Callable[[Any], Sheet],
    path: Path,
    beat: Callable[[int], None],
    look: Look = PLAIN,
) -> None:
    """All sheets into the file ``path``; ``beat`` hears after each batch how many are made."""
    batches = (
        [make_sheet(source) for source in sources[start : start + BATCH]]
        for start in range(0, len(sources), BATCH)
    )
    join(_counted(_typeset_ahead(template, batches, look), beat), path)


def _counted(parts: Iterable[tuple[int, bytes]], beat: Callable[[int], None]) -> Iterator[bytes]:
    """The parts one by one; each is a sign of life once it lies in the file."""
    printed = 0
    for size, pdf in parts:
        yield pdf
        printed += size
        beat(printed)


def _typeset_ahead(
    template: str, batches: Iterable[list[Sheet]], look: Look
) -> Iterator[tuple[int, bytes]]:
    """The size and PDF of each batch. The typesetter runs without Python's lock in a thread of
    its own, so that the next batch is prepared meanwhile on another core.
    """
    typ = template_path(template)
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting: deque[tuple[int, Future[bytes]]] = deque()
        for batch in batches:
            document = _document(batch, _title_of(batch), look)
            job = thread.submit(typeset, typ, document, accessible=True)
            waiting.append((len(batch), job))
            if len(waiting) > 1:
                size, done = waiting.popleft()
                yield size, done.result()
        for size, done in waiting:
            yield size, done.result()


def _title_of(batch: Sequence[Sheet]) -> str:
    """A pack is called like its event."""
    return MARKS.sub("", batch[0]["event"])


def _document(sheets: Sequence[Sheet], title: str, look: Look) -> dict[str, Any]:
    return {"title": title, "author": AUTHOR, "look": look, "sheets": list(sheets)}
