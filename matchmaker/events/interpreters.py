"""Interpreters: what they speak and when they are there. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Interpreter, InterpreterAbsence, Slot
from matchmaker.events.names import LONGEST_NAME
from matchmaker.events.uses import InUse
from matchmaker.languages import SPOKEN


def add_interpreter(
    session: Session, event: Event, *, name: str, languages: Collection[str]
) -> Interpreter:
    interpreter = Interpreter(event_id=event.id)
    _describe(interpreter, name, languages)
    session.add(interpreter)
    session.flush()
    return interpreter


def change_interpreter(
    session: Session, interpreter: Interpreter, *, name: str, languages: Collection[str]
) -> None:
    _describe(interpreter, name, languages)
    session.flush()


def set_interpreter_absences(
    session: Session, interpreter: Interpreter, slot_ids: Collection[str]
) -> None:
    """The slots outside the shift: no meeting is given then."""
    event_id = interpreter.event_id
    if set(slot_ids) - set(session.scalars(select(Slot.id).where(Slot.event_id == event_id))):
        raise Refusal(_("There is no such slot at this event."))
    rows = {
        row.slot_id: row
        for row in session.scalars(
            select(InterpreterAbsence).where(
                InterpreterAbsence.event_id == event_id,
                InterpreterAbsence.interpreter_id == interpreter.id,
            )
        )
    }
    for slot_id in sorted(set(rows) - set(slot_ids)):
        session.delete(rows[slot_id])
    for slot_id in sorted(set(slot_ids) - set(rows)):
        session.add(
            InterpreterAbsence(event_id=event_id, interpreter_id=interpreter.id, slot_id=slot_id)
        )
    session.flush()


def remove_interpreter(session: Session, interpreter: Interpreter) -> None:
    try:
        with session.begin_nested():
            session.delete(interpreter)
    except IntegrityError:
        raise InUse(
            _(
                "%(name)s stays: a schedule gives meetings to this interpreter. "
                "Mark all slots as absent instead.",
                name=interpreter.name,
            ),
            interpreters=[interpreter.id],
        ) from None


def _describe(interpreter: Interpreter, name: str, languages: Collection[str]) -> None:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal(_("The name has 1 to %(most)s characters.", most=LONGEST_NAME))
    if len(set(languages)) < 2 or set(languages) - set(SPOKEN):
        raise Refusal(_("An interpreter speaks at least two of the languages listed."))
    interpreter.name = name
    interpreter.languages = [code for code in SPOKEN if code in set(languages)]
