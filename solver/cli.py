"""The command line of the engine: ``python -m solver``.

Exit status: 0 done, 1 a check that fails, 2 bad input, 3 infeasible, 4 incomplete.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from solver import arguments, happenings, report
from solver.changes import changes, notices_to_json
from solver.checking import check
from solver.faults import InvalidFile, shown
from solver.files import (
    document_as_text,
    problem_as_text,
    problem_sha256,
    read_problem,
    read_schedule,
    schedule_as_text,
    write_text,
)
from solver.incidents import IncidentError, publish
from solver.kernel.cache import is_prepared
from solver.notices import notices_text
from solver.problem import Problem
from solver.progress import end_bar, progress_writer
from solver.running import run, stopping_on_signals
from solver.schedule import Schedule, Status
from solver.settings import Settings
from solver.validation import goal_values, violations

DONE, BROKEN, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
EXIT_STATUS = {
    Status.OPTIMAL: 0,
    Status.FEASIBLE: 0,
    Status.INFEASIBLE: 3,
    Status.INCOMPLETE: 4,
}
DEFAULT_SECONDS = 60.0
CAPACITY_SECONDS = 30.0
Read = TypeVar("Read")


class BadInput(Exception):
    """Something in the command or its files; each line says what and where."""


def main(argv: Sequence[str] | None = None, *, started: float | None = None) -> int:
    """Run one command and return its exit status; ``started`` is when the clock began."""
    started = time.monotonic() if started is None else started
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        given = arguments.parser().parse_args(argv)
        given.started = started
        return COMMANDS[given.command](given)
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def solve_command(given: argparse.Namespace) -> int:
    from solver.engine import solve  # loads OR-Tools

    _refuse_unwritable(given.out, given.problem)
    settings = _settings(given, DEFAULT_SECONDS)
    with stopping_on_signals() as asked_to_stop:
        problem = _read(read_problem, given.problem)
        _prepare()
        listen = progress_writer(sys.stderr, settings.seconds)
        schedule = run(lambda stop: solve(problem, settings, listen, stop), asked_to_stop)
        end_bar(sys.stderr)
        _write(given.out, schedule_as_text(schedule))
    if given.out is not None:
        print(report.summary_text(schedule))
    _tell_overrun(settings, given.started)
    return EXIT_STATUS[schedule.status]


def capacity_command(given: argparse.Namespace) -> int:
    from solver.capacity import PARTS, analyse  # loads OR-Tools
    from solver.capacity.document import capacity_to_json
    from solver.capacity.text import capacity_text

    _refuse_unwritable(given.out, given.problem)
    settings = _settings(given, CAPACITY_SECONDS)
    parts = tuple(part for part in PARTS if getattr(given, part)) or PARTS
    with stopping_on_signals() as asked_to_stop:
        problem = _read(read_problem, given.problem)
        found = run(
            lambda stop: analyse(problem, settings, stop, parts=parts, reach=given.reach),
            asked_to_stop,
        )
    if given.out is not None:
        _write(given.out, document_as_text(capacity_to_json(found)))
    print(capacity_text(found), end="")
    _tell_overrun(settings, given.started)
    return DONE


def _settings(given: argparse.Namespace, default: float) -> Settings:
    seconds = given.seconds if given.seconds is not None else default
    return Settings(
        seconds=None if given.steps is not None else seconds,
        steps=given.steps,
        seed=given.seed,
        workers=given.workers,
        started=given.started,
    )


def prepare_command(given: argparse.Namespace) -> int:
    _prepare()
    return DONE


def _prepare() -> None:
    """Compile the inner loops of the search, if that was not done yet; the user is told."""
    if is_prepared():
        return
    print("Compiling the inner loops of the search (once; about a minute) …", file=sys.stderr)
    from solver.preparation import prepare

    prepare()


def _tell_overrun(settings: Settings, started: float) -> None:
    seconds = time.monotonic() - started
    if settings.seconds is not None and seconds > max(settings.seconds * 1.1, settings.seconds + 1):
        text = f"took {seconds:.1f} s instead of {settings.seconds:g} s: reading, one constructive "
        print(text + "pass and the check are always finished", file=sys.stderr)


def check_command(given: argparse.Namespace) -> int:
    problem, schedule = _both(given)
    broken = check(problem, schedule)
    for violation in broken:
        print(violation)
    if not broken:
        for goal, value in goal_values(problem, schedule.meetings).items():
            print(f"{goal}: {value if isinstance(value, int) else list(value)}")
    return BROKEN if broken else DONE


def show_command(given: argparse.Namespace) -> int:
    problem, schedule = _both(given)
    if schedule.problem_sha256 != problem_sha256(problem):
        print(f"{given.schedule}: made for another problem than this one", file=sys.stderr)
    if given.changes:
        _tell_changes(problem, schedule, as_json=given.json)
        return DONE
    if given.participant is None:
        print(report.schedule_text(problem, schedule), end="")
        return DONE
    if given.participant not in problem.participant_by_id:
        raise BadInput(f"--participant: no participant {shown(given.participant)}")
    print(report.agenda_text(problem, schedule, given.participant), end="")
    return DONE


def _tell_changes(problem: Problem, schedule: Schedule, *, as_json: bool) -> None:
    notices = changes(problem, schedule)
    if as_json:
        print(json.dumps(notices_to_json(notices), ensure_ascii=False, indent=1))
    else:
        print(notices_text(problem, notices), end="")


def repair_command(given: argparse.Namespace) -> int:
    _refuse_unwritable(given.out, given.problem)
    problem, schedule = _both(given)
    if schedule.problem_sha256 != problem_sha256(problem):
        raise BadInput(f"{given.schedule}: made for another problem than this one")
    published = publish(problem, schedule, now=given.now, max_changes=given.max_changes)
    try:
        published = happenings.apply(published, given.happenings or ())
    except IncidentError as error:
        raise BadInput(str(error)) from error
    _write(given.out, problem_as_text(published))
    return DONE


def generate_command(given: argparse.Namespace) -> int:
    from solver.generation import generate

    _refuse_unwritable(given.out)
    family = arguments.family_of(given)
    problem = generate(given.participants, seed=given.seed, family=family)
    _write(given.out, problem_as_text(problem))
    return DONE


def import_command(given: argparse.Namespace) -> int:
    from solver.dzn import read_dzn

    _refuse_unwritable(given.out, given.instance)
    _write(given.out, problem_as_text(_read(read_dzn, given.instance)))
    return DONE


def explain_command(given: argparse.Namespace) -> int:
    from solver.advice import advice_json, advice_text
    from solver.explanation import explain  # searches: loads OR-Tools

    problem, schedule = _both(given)
    if given.meeting not in problem.meeting_by_id:
        raise BadInput(f"--meeting: no meeting {shown(given.meeting)}")
    if broken := violations(problem, schedule):
        raise BadInput(f"{given.schedule}: no schedule of this problem: {broken[0].text}")
    found = explain(problem, schedule.meetings, given.meeting)
    if given.json:
        print(json.dumps(advice_json(found), ensure_ascii=False, indent=1))
    else:
        print(advice_text(problem, schedule, found), end="")
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "solve": solve_command,
    "prepare": prepare_command,
    "check": check_command,
    "show": show_command,
    "repair": repair_command,
    "generate": generate_command,
    "import-dzn": import_command,
    "explain": explain_command,
    "capacity": capacity_command,
}


def _both(given: argparse.Namespace) -> tuple[Problem, Schedule]:
    """Problem and schedule; with two files a fault names the one it is in."""
    problem = _read(read_problem, given.problem, prefix=f"{given.problem}: ")
    return problem, _read(read_schedule, given.schedule, prefix=f"{given.schedule}: ")


def _read(read: Callable[[Path], Read], path: Path, prefix: str = "") -> Read:
    gc.disable()  # what is read holds no cycles: looking for some takes a third of the time
    try:
        return read(path)
    except InvalidFile as error:
        raise BadInput("\n".join(prefix + fault for fault in error.faults)) from error
    finally:
        gc.enable()


def _refuse_unwritable(path: Path | None, source: Path | None = None) -> None:
    """Told before the work and not after it."""
    if path is None:
        return
    if source is not None and path.resolve() == source.resolve():
        raise BadInput(f"--out: {path} is the file to read; name another one")
    if path.is_dir():
        raise BadInput(f"--out: {path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise BadInput(f"--out: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK) and not os.access(path, os.W_OK):
        raise BadInput(f"--out: {path} cannot be written")


def _write(path: Path | None, text: str) -> None:
    if path is None:
        print(text, end="")
        return
    try:
        write_text(path, text)
    except OSError as error:
        raise BadInput(f"--out: {path} cannot be written ({error.strerror})") from error
