"""Problem and schedule files on disk: strict JSON in, whole files out."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from solver.canonical import problem_sha256, problem_to_json
from solver.faults import InvalidFile, InvalidProblem, InvalidSchedule
from solver.problem import Problem
from solver.reading import problem_from_json, schedule_from_json
from solver.reading.rows import json_object
from solver.schedule import Schedule
from solver.writing import schedule_to_json

__all__ = [
    "InvalidFile",
    "InvalidProblem",
    "InvalidSchedule",
    "document_as_text",
    "problem_as_text",
    "problem_from_json",
    "problem_sha256",
    "problem_to_json",
    "read_problem",
    "read_schedule",
    "schedule_as_text",
    "schedule_from_json",
    "schedule_to_json",
    "write_problem",
    "write_schedule",
    "write_text",
]


def read_problem(path: Path | str) -> Problem:
    """The problem in a file; raises :class:`InvalidProblem` with every fault."""
    return problem_from_json(_decoded(Path(path), InvalidProblem))


def read_schedule(path: Path | str) -> Schedule:
    """The schedule in a file; raises :class:`InvalidSchedule` with every fault."""
    return schedule_from_json(_decoded(Path(path), InvalidSchedule))


def write_problem(problem: Problem, path: Path | str) -> None:
    write_text(Path(path), problem_as_text(problem))


def write_schedule(schedule: Schedule, path: Path | str) -> None:
    write_text(Path(path), schedule_as_text(schedule))


def problem_as_text(problem: Problem) -> str:
    return document_as_text(problem_to_json(problem))


def schedule_as_text(schedule: Schedule) -> str:
    return document_as_text(schedule_to_json(schedule))


def write_text(path: Path, text: str) -> None:
    """The whole text or nothing: readers never see half a file, a crash leaves the old one."""
    if path.exists() and not path.is_file():  # a pipe or a device such as /dev/stdout
        path.write_text(text, encoding="utf-8")
        return
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name[:64]}.{secrets.token_hex(8)}")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def document_as_text(document: dict[str, Any]) -> str:
    """Decoded JSON as text, one row a line: to be read, compared and searched line by line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = []
    for field, value in document.items():
        name = encode(field)
        if isinstance(value, list) and value:
            rows = ",\n  ".join(map(encode, value))
            lines.append(f" {name}: [\n  {rows}\n ]")
        else:
            lines.append(f" {name}: {encode(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _decoded(path: Path, invalid: type[InvalidFile]) -> Any:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=json_object)
    except OSError as error:
        sentence = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError as error:
        sentence = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
    except json.JSONDecodeError as error:
        sentence = f"is not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        sentence = "is nested too deeply"
    except ValueError:
        sentence = "holds a number that is too long"
    raise invalid((f"the file {sentence}",))
