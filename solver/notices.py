"""Who must be told, as plain text: a few lines for each, theirs only."""

from __future__ import annotations

from collections.abc import Iterator

from solver.changes import Appointment, Change, Notices
from solver.problem import Problem
from solver.report import name_of
from solver.wording import printable


def notices_text(problem: Problem, notices: Notices) -> str:
    """A block a person; ``nobody`` where nothing has changed."""
    blocks = [
        [name_of(problem, person), *_lines(problem, changed)]
        for person, changed in notices.participants.items()
    ]
    blocks += [
        [f"interpreter {printable(name)}", *_lines(problem, changed)]
        for name, changed in notices.interpreters.items()
    ]
    people, interpreters = len(notices.participants), len(notices.interpreters)
    head = f"to be told: {people} participants, {interpreters} interpreters"
    return "\n\n".join(["\n".join(block) for block in ([head], *blocks)]) + "\n"


def _lines(problem: Problem, changed: tuple[Change, ...]) -> Iterator[str]:
    for change in changed:
        partners = ", ".join(name_of(problem, other) for other in _partners(change))
        line = f"  {change.kind:<8} {partners}: "
        if change.before is not None:
            line += _where(problem, change.before)
        if change.before is not None and change.after is not None:
            line += " -> "
        if change.after is not None:
            line += _where(problem, change.after)
        yield line + _exchanged(problem, change)


def _partners(change: Change) -> tuple[str, ...]:
    side = change.after or change.before
    return side.partners if side is not None else ()


def _where(problem: Problem, side: Appointment) -> str:
    slot = problem.slot_by_id.get(side.slot)
    when = f"{slot.start:%Y-%m-%d %H:%M}" if slot is not None else printable(side.slot)
    where = ", ".join(printable(name) for name in (side.place, side.room) if name is not None)
    helped = f" (interpreter {printable(side.interpreter)})" if side.interpreter else ""
    return f"{when} {where or '-'}{helped}"


def _exchanged(problem: Problem, change: Change) -> str:
    """Whom somebody else stands in for."""
    if "partners" not in change.differs or change.before is None:
        return ""
    earlier = ", ".join(name_of(problem, other) for other in change.before.partners)
    return f", in place of {earlier}"
