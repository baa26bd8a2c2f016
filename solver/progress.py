"""What a person who waits sees on standard error."""

from __future__ import annotations

import shutil
from typing import TextIO

from solver.schedule import GoalValue
from solver.settings import Listener, Progress

BAR_LENGTH = 20


def progress_writer(stream: TextIO, seconds: float | None) -> Listener:
    """A live bar on a terminal, plain lines elsewhere; ``seconds`` is the limit, where one is."""
    if not stream.isatty():
        return lambda progress: _write_line(stream, progress)
    return lambda progress: _write_bar(stream, progress, seconds)


def end_bar(stream: TextIO) -> None:
    """Leave the bar's line, so that what follows starts on its own."""
    if stream.isatty():
        stream.write("\n")
        stream.flush()


def progress_text(progress: Progress) -> str:
    value, bound = _text(progress.value), _text(progress.bound)
    return f"{progress.seconds:.1f} s  {progress.goal}  value {value}  bound {bound}"


def _write_line(stream: TextIO, progress: Progress) -> None:
    stream.write(progress_text(progress) + "\n")
    stream.flush()


def _write_bar(stream: TextIO, progress: Progress, seconds: float | None) -> None:
    text = progress_text(progress)
    if seconds:
        done = min(BAR_LENGTH, int(BAR_LENGTH * progress.seconds / seconds))
        text = f"[{'#' * done}{'-' * (BAR_LENGTH - done)}] {text}"
    width = max(20, shutil.get_terminal_size().columns - 1)
    stream.write("\r" + text[:width].ljust(width))
    stream.flush()


def _text(value: GoalValue | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, int):
        return str(value)
    return " ".join(map(str, value))
