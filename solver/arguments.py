"""The command line's words and numbers; a wrong one gets a sentence."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from solver.generation import FAMILIES

HIGHEST_SEED = 2**31 - 1
MOST_WORKERS = 256


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="python -m solver",
        description="Schedules the meetings of a forum and proves how good the schedule is.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_solve(commands.add_parser("solve", help="make a schedule for a problem file"))
    check = commands.add_parser("check", help="judge a schedule independently of the engine")
    check.add_argument("problem", type=Path, metavar="PROBLEM.json")
    check.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    show = commands.add_parser("show", help="print a schedule or one participant's agenda")
    show.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    show.add_argument("--problem", type=Path, required=True, metavar="PROBLEM.json")
    show.add_argument("--participant", metavar="ID", help="print this one's agenda only")
    _add_generate(commands.add_parser("generate", help="make a random problem from a seed"))
    literature = commands.add_parser("import-dzn", help="read an instance of the literature")
    literature.add_argument("instance", type=Path, metavar="FILE.dzn")
    _add_out(literature)
    explain = commands.add_parser("explain", help="say why a meeting is not placed")
    explain.add_argument("problem", type=Path, metavar="PROBLEM.json")
    explain.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    explain.add_argument("--meeting", required=True, metavar="ID")
    return top


def _add_solve(command: argparse.ArgumentParser) -> None:
    command.add_argument("problem", type=Path, metavar="PROBLEM.json")
    limit = command.add_mutually_exclusive_group()
    limit.add_argument("--seconds", type=_seconds, help="for the whole command (default 60)")
    limit.add_argument("--steps", type=_steps, help="instead: work counted, repeatable exactly")
    command.add_argument("--seed", type=_seed, default=1)
    command.add_argument("--workers", type=_workers, default=2, help="default 2")
    _add_out(command)


def _add_generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--participants", type=_participants, required=True)
    command.add_argument("--seed", type=_seed, default=1)
    command.add_argument("--family", choices=sorted(FAMILIES), default="two-sided")
    _add_out(command)


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds, 0 or more")
    return seconds


def _whole(text: str, least: int, most: int) -> int:
    digits = text.removeprefix("+")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else -1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no whole number from {least} to {most}")
    return number


def _steps(text: str) -> int:
    return _whole(text, 1, 10**9)


def _seed(text: str) -> int:
    return _whole(text, 0, HIGHEST_SEED)


def _workers(text: str) -> int:
    return _whole(text, 1, MOST_WORKERS)


def _participants(text: str) -> int:
    return _whole(text, 2, 1_000_000)
