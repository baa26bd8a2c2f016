"""Sessions and absences as people write them into a cell."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from flask_babel import gettext as _

from matchmaker.imports.cells import CellFault, several
from matchmaker.imports.surroundings import Names
from matchmaker.languages import isolate
from matchmaker.spreadsheets.columns import fold

DAY = r"(\d{4}-\d{2}-\d{2})"
CLOCK = r"(\d{1,2}:\d{2})(?::00)?"
MOMENT = re.compile(rf"{DAY}(?:[ T]+{CLOCK}(?:\s*[-–—]\s*(?:{DAY}[ T]+)?{CLOCK})?)?")
SEPARATORS = re.compile(r"[;\n|؛]")
COMMAS = re.compile(r"[;,\n|،؛]")
ALL = {fold(word) for word in ("all", "tous", "toutes", "الكل", "كل الجلسات")}


def read_sessions(cell: str, names: Names) -> list[str]:
    """Ids of sessions, in order of time; none where all are meant."""
    if fold(cell) in ALL:
        return []
    wanted = set()
    for name in _parts(cell, names):
        if fold(name) not in names.sessions:
            raise CellFault(
                _(
                    "There is no session “%(name)s”. Write one or more of: %(names)s.",
                    name=name[:60],
                    names=_session_list(names),
                )
            )
        wanted.add(names.sessions[fold(name)])
    every = set(names.session_names)
    return [] if wanted == every else [id_ for id_ in names.session_names if id_ in wanted]


def read_absences(cell: str, names: Names) -> list[str]:
    """Ids of the slots meant, in order of time."""
    ids = {slot.id for slot in names.slots}
    absent: set[str] = set()
    for part in _parts(cell, names):
        if part in ids:
            absent.add(part)
        elif fold(part) in names.sessions:
            wanted = names.sessions[fold(part)]
            absent |= {slot.id for slot in names.slots if slot.session_id == wanted}
        else:
            absent |= _slots_at(part, names)
    return [slot.id for slot in names.slots if slot.id in absent]


def _parts(cell: str, names: Names) -> list[str]:
    """Cut at semicolons, and at commas where no session has one in its name."""
    parts = several(cell, SEPARATORS)
    if all(fold(part) in names.sessions for part in parts):
        return parts
    return several(cell, COMMAS)


def _slots_at(part: str, names: Names) -> set[str]:
    start, end = _span(part)
    found = {slot.id for slot in names.slots if slot.starts_at < end and start < slot.ends_at}
    if not found:
        raise CellFault(
            _(
                "The event has no slot at %(time)s. Its slots run from %(first)s to %(last)s.",
                time=isolate(part),
                first=_moment(names.slots[0].starts_at) if names.slots else "–",
                last=_moment(names.slots[-1].ends_at) if names.slots else "–",
            )
        )
    return found


def _span(part: str) -> tuple[datetime, datetime]:
    """From when to when; a single time is one minute, a date alone is the whole day."""
    match = MOMENT.fullmatch(part)
    if match is None:
        raise _not_understood(part)
    day, clock, last_day, last_clock = match.groups()
    try:
        first = date.fromisoformat(day)
        if clock is None:
            return datetime.combine(first, time.min), datetime.combine(first, time.max)
        start = datetime.combine(first, _clock(clock))
        if last_clock is None:
            return start, start.replace(second=59)
        last = date.fromisoformat(last_day) if last_day else first
        end = datetime.combine(last, _clock(last_clock))
    except ValueError:
        raise _not_understood(part) from None
    if end <= start:
        raise CellFault(_("%(part)s ends before it begins.", part=isolate(part)))
    return start, end


def _clock(text: str) -> time:
    return time.fromisoformat(text.zfill(5))


def _moment(moment: datetime) -> str:
    return isolate(f"{moment:%Y-%m-%d %H:%M}")


def _not_understood(part: str) -> CellFault:
    return CellFault(
        _(
            "“%(part)s” is not understood. Write 2026-10-14 09:00, 2026-10-14 09:00-11:00, "
            "2026-10-14 for a whole day, the name of a session or a slot's id; "
            "several with a semicolon between.",
            part=isolate(part[:60]),
        )
    )


def _session_list(names: Names) -> str:
    texts = [next(iter(texts.values()), id_) for id_, texts in names.session_names.items()]
    return "; ".join(isolate(text) for text in texts) or "–"
