"""The command line's words for incidents: ``--late p3=d1-1000`` and the like, in their order."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from solver.incidents import (
    interpreter_ill,
    late_arrival,
    left_early,
    no_show,
    place_closed,
)
from solver.lost_slots import slot_lost
from solver.problem import Problem

Happening = Callable[[Problem], Problem]


def add_options(command: argparse.ArgumentParser) -> None:
    """The options of ``repair``; each may be given several times."""

    def option(name: str, kind: Callable[[str], Happening], form: str, text: str) -> None:
        command.add_argument(
            name, type=kind, action="append", dest="happenings", metavar=form, help=text
        )

    command.add_argument("--now", type=_moment, metavar="TIME", help="such as 2026-10-14T09:20")
    command.add_argument("--max-changes", type=int, metavar="K", help="at most so many changes")
    option("--no-show", _no_show, "PERSON", "does not come any more")
    option("--late", _late, "PERSON=SLOT", "arrives for this slot")
    option("--left", _left, "PERSON=SLOT", "misses this slot and all after it")
    option("--closed", _closed, "PLACE[=SLOT,...]", "cannot be used, in these slots only if given")
    option("--ill", _ill, "INTERPRETER[=SLOT,...]", "is away, in these slots only if given")
    option("--lost", _lost, "SLOT", "falls away")


def apply(problem: Problem, happenings: Iterable[Happening]) -> Problem:
    """One after the other; raises ``IncidentError`` at the first that cannot be."""
    for happening in happenings:
        problem = happening(problem)
    return problem


def _moment(text: str) -> datetime:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-10-14T09:20") from None
    return moment


def _no_show(text: str) -> Happening:
    return partial(no_show, participant=text)


def _late(text: str) -> Happening:
    person, slot = _with_slot(text)
    return partial(late_arrival, participant=person, until=slot)


def _left(text: str) -> Happening:
    person, slot = _with_slot(text)
    return partial(left_early, participant=person, since=slot)


def _closed(text: str) -> Happening:
    place, slots = _perhaps_slots(text)
    return partial(place_closed, place=place, slots=slots)


def _ill(text: str) -> Happening:
    interpreter, slots = _perhaps_slots(text)
    return partial(interpreter_ill, interpreter=interpreter, slots=slots)


def _lost(text: str) -> Happening:
    return partial(slot_lost, slot=text)


def _with_slot(text: str) -> tuple[str, str]:
    name, equals, slot = text.rpartition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} names no slot; write PERSON=SLOT")
    return name, slot


def _perhaps_slots(text: str) -> tuple[str, list[str] | None]:
    name, equals, slots = text.rpartition("=")
    return (name, slots.split(",")) if equals else (text, None)
