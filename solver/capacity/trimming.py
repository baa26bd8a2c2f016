"""What a schedule does not use: tables beyond the fullest slot, slots behind the last meeting.

Without them it is a schedule of a smaller event.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from solver.capacity.tables import TableKind
from solver.capacity.variants import Variant, Variants
from solver.problem import Problem
from solver.schedule import PlacedMeeting

Meetings = tuple[PlacedMeeting, ...]


def without_idle_slots(variants: Variants, variant: Variant, meetings: Meetings) -> Variant:
    """The size whose sessions end with the last meeting."""
    problem = variants.problem_of(variant)
    used: set[str] = set()
    for row in meetings:
        length = problem.meeting_by_id[row.meeting].length
        used.update(problem.slots_from(row.slot, length) or ())
    slots = []
    for end, added in zip(variants.ends, variant.slots, strict=True):
        names = problem.sessions.get(end.session, ())
        idle = next((n for n, name in enumerate(reversed(names)) if name in used), len(names))
        slots.append(added - idle)
    return replace(variant, slots=tuple(slots))


def without_idle_tables(
    variants: Variants, variant: Variant, meetings: Meetings
) -> tuple[Variant, Meetings]:
    """The size with as many tables as the fullest slot has meetings, and who then sits where.

    Meetings take tables in the order of their start, each the first that is free: as many as meet
    at once are enough (colouring of intervals).
    """
    problem = variants.problem_of(variant)
    taken = {place.id for place in variants.problem.places or ()}
    counts, seated = list(variant.tables), list(meetings)
    for index, kind in enumerate(variants.kinds):
        if _is_alike(kind):
            tables = [place.id for place in kind.first(counts[index], taken)]
            counts[index], seated = _seat(problem, tables, seated)
    return replace(variant, tables=tuple(counts)), tuple(seated)


def _is_alike(kind: TableKind) -> bool:
    return all(table.capacity == 1 and not table.closed for table in kind.tables)


def _seat(
    problem: Problem, tables: list[str], meetings: list[PlacedMeeting]
) -> tuple[int, list[PlacedMeeting]]:
    """How many tables are needed, and the meetings at the first ones."""
    mine = set(tables)
    busy: dict[str, set[str]] = defaultdict(set)  # slots of each table
    seated: dict[str, PlacedMeeting] = {}
    for row in sorted(meetings, key=lambda row: (problem.slot_position[row.slot], row.meeting)):
        if row.place in mine:
            length = problem.meeting_by_id[row.meeting].length
            span = problem.slots_from(row.slot, length) or ()
            place = next(table for table in tables if busy[table].isdisjoint(span))
            busy[place].update(span)
            seated[row.meeting] = replace(row, place=place)
    most = sum(1 for slots in busy.values() if slots)
    return most, [seated.get(row.meeting, row) for row in meetings]
