"""The slots of a problem file: each well formed, none overlapping, sessions in one piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import pairwise

from solver.faults import Faults, shown
from solver.problem import Slot
from solver.reading.rows import Row

SLOT_FIELDS = frozenset(field.name for field in fields(Slot))


@dataclass(frozen=True, slots=True)
class ReadSlot:
    """A slot with its path, to say where a clash stands."""

    path: str
    slot: Slot


def read_slots(root: Row, pause_within_session: int) -> tuple[Slot, ...]:
    """All slots in the order of their start; faults go to ``root``."""
    found = [read for read in root.rows("slots", SLOT_FIELDS, _read_slot) if read is not None]
    found.sort(key=lambda read: (read.slot.start, read.slot.end, read.slot.id))
    _refuse_overlaps(root.faults, found)
    grouped: dict[str, list[ReadSlot]] = {}
    for read in found:
        grouped.setdefault(read.slot.session, []).append(read)
    for session in grouped.values():
        _refuse_other_days(root.faults, session)
        _refuse_pauses(root.faults, session, pause_within_session)
    _refuse_interleaving(root.faults, found)
    return tuple(read.slot for read in found)


def _read_slot(row: Row) -> ReadSlot | None:
    name, session = row.identity("id"), row.identity("session")
    has_times = row.required("start") & row.required("end")
    start, end = row.moment("start"), row.moment("end")
    if not has_times or start is None or end is None or not session:
        return None
    if end <= start:
        row.refuse("end", f"{shown(row.get('end'))} is not after the start")
        return None
    return ReadSlot(row.path, Slot(id=name, start=start, end=end, session=session))


def _refuse_overlaps(faults: Faults, found: list[ReadSlot]) -> None:
    latest = None
    for read in found:
        if latest is not None and read.slot.start < latest.slot.end:
            faults.add(read.path, f"overlaps {_named(latest)}")
        if latest is None or read.slot.end > latest.slot.end:
            latest = read


def _refuse_other_days(faults: Faults, session: list[ReadSlot]) -> None:
    first = session[0]
    midnight = datetime.combine(first.slot.start.date(), datetime.min.time()) + timedelta(days=1)
    for read in session:
        if read.slot.end > midnight:
            sentence = f"the session {shown(read.slot.session)} does not lie within one day"
            faults.add(read.path, sentence)


def _refuse_pauses(faults: Faults, session: Iterable[ReadSlot], allowed: int) -> None:
    for earlier, later in pairwise(session):
        pause = (later.slot.start - earlier.slot.end) // timedelta(minutes=1)
        if pause > allowed:
            sentence = (
                f"{pause} minutes after {_named(earlier)} of the same session, "
                f"more than pause_within_session ({allowed})"
            )
            faults.add(later.path, sentence)


def _refuse_interleaving(faults: Faults, found: list[ReadSlot]) -> None:
    left: set[str] = set()
    for earlier, later in pairwise(found):
        if later.slot.session != earlier.slot.session:
            left.add(earlier.slot.session)
            if later.slot.session in left:
                sentence = f"the session {shown(later.slot.session)} is interrupted by "
                faults.add(later.path, sentence + _named(earlier))


def _named(read: ReadSlot) -> str:
    return f"{read.path} {shown(read.slot.id)}"
