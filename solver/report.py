"""A schedule as plain text: the whole plan, or the agenda of one participant.

An agenda holds the participant's own meetings only, and of those not placed no reason: reasons
may speak of other people.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from solver.possibilities import Possibilities
from solver.problem import Problem, Slot
from solver.schedule import PlacedMeeting, Schedule
from solver.staying import fewest_moves
from solver.validation import violations
from solver.wording import printable


def agenda_text(problem: Problem, schedule: Schedule, participant: str) -> str:
    """The agenda of one participant (an id of the problem), a line per meeting."""
    own = [row for row in schedule.meetings if participant in row.participants]
    lines = [name_of(problem, participant), ""]
    for row in _in_order(problem, own):
        partners = [name_of(problem, other) for other in row.participants if other != participant]
        lines.append(_line(problem, row, ", ".join(partners)))
    if not own:
        lines.append("no meetings")
    return "\n".join([*lines, *_own_unplaced(problem, schedule, participant)]) + "\n"


def schedule_text(problem: Problem, schedule: Schedule) -> str:
    """Every meeting in the order of time, then those not placed with their reasons."""
    lines = [printable(problem.name) or "Schedule", summary_text(schedule)]
    lines += _least_moves(problem, schedule)
    rows = _in_order(problem, schedule.meetings)
    for day, of_day in groupby(rows, key=lambda row: problem.slot_by_id[row.slot].start.date()):
        lines += ["", day.isoformat()]
        for row in of_day:
            lines.append(_line(problem, row, _people(problem, row), with_day=False))
    return "\n".join([*lines, *_unplaced(problem, schedule)]) + "\n"


def summary_text(schedule: Schedule) -> str:
    """Status, counts and goals in a few lines."""
    counts = f"{len(schedule.meetings)} meetings placed, {len(schedule.unplaced)} not placed"
    lines = [f"{schedule.status}: {counts}"]
    for row in schedule.goals:
        known = "proven" if row.proven else f"best {row.best}, bound {row.bound}"
        lines.append(f"  {row.goal:<9} {row.value}  ({known})")
    if schedule.conflict is not None:
        lines.append(f"  conflict: {printable(schedule.conflict.text)}")
    lines += [f"  released: {printable(row.meeting)} ({row.rule})" for row in schedule.released]
    return "\n".join(lines)


def _least_moves(problem: Problem, schedule: Schedule) -> Iterator[str]:
    """How good the tables are, where the bound of all schedules says little."""
    for row in schedule.goals:
        if row.goal == "moves" and not row.proven and not violations(problem, schedule):
            least = fewest_moves(Possibilities(problem), schedule.meetings)
            yield f"            at least {least} moves with these slots and halls"


def _in_order(
    problem: Problem, rows: list[PlacedMeeting] | tuple[PlacedMeeting, ...]
) -> list[PlacedMeeting]:
    position = problem.slot_position
    known = [row for row in rows if row.slot in position]
    return sorted(known, key=lambda row: (position[row.slot], row.place or "", row.meeting))


def _line(problem: Problem, row: PlacedMeeting, people: str, *, with_day: bool = True) -> str:
    where = ", ".join(printable(name) for name in (row.place, row.room) if name is not None)
    line = f"{_time(problem, row, with_day)}  {where or '-':<8}  {people}"
    if row.interpreter is not None:
        line += f"  (interpreter {printable(row.interpreter)})"
    return line


def _time(problem: Problem, row: PlacedMeeting, with_day: bool) -> str:
    first = problem.slot_by_id[row.slot]
    day = f"{first.start:%Y-%m-%d} " if with_day else ""
    return f"{day}{first.start:%H:%M}-{_last_slot(problem, row).end:%H:%M}"


def _last_slot(problem: Problem, row: PlacedMeeting) -> Slot:
    meeting = problem.meeting_by_id.get(row.meeting)
    occupied = problem.slots_from(row.slot, meeting.length if meeting is not None else 1)
    return problem.slot_by_id[occupied[-1] if occupied else row.slot]


def _people(problem: Problem, row: PlacedMeeting) -> str:
    return " / ".join(name_of(problem, person) for person in row.participants)


def _unplaced(problem: Problem, schedule: Schedule) -> Iterator[str]:
    if schedule.unplaced:
        yield ""
        yield "Not placed"
    for row in sorted(schedule.unplaced, key=lambda row: row.meeting):
        reason = printable(row.reason.text) or row.reason.rule
        yield f"{printable(row.meeting)}  {_sides(problem, row.meeting)}: {reason}"


def _own_unplaced(problem: Problem, schedule: Schedule, participant: str) -> Iterator[str]:
    unplaced = [problem.meeting_by_id.get(row.meeting) for row in schedule.unplaced]
    own = [m for m in unplaced if m is not None and participant in m.people()]
    if own:
        yield ""
        yield "Not placed"
    for meeting in sorted(own, key=lambda meeting: meeting.id):
        others = [side for side in meeting.sides if participant not in side]
        yield f"{printable(meeting.id)}  " + " / ".join(_side(problem, side) for side in others)


def _sides(problem: Problem, name: str) -> str:
    meeting = problem.meeting_by_id.get(name)
    return " / ".join(_side(problem, side) for side in meeting.sides) if meeting else ""


def _side(problem: Problem, side: tuple[str, ...]) -> str:
    return " or ".join(name_of(problem, person) for person in side)


def name_of(problem: Problem, participant: str) -> str:
    known = problem.participant_by_id.get(participant)
    return printable((known.name if known is not None else "") or participant)
