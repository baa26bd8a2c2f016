"""The command line's words and numbers; a wrong one gets a sentence."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from solver import happenings
from solver.families import FAMILIES, Family

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
    commands.add_parser("prepare", help="compile the inner loops of the search, once")
    check = commands.add_parser("check", help="judge a schedule independently of the engine")
    check.add_argument("problem", type=Path, metavar="PROBLEM.json")
    check.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    show = commands.add_parser("show", help="print a schedule or one participant's agenda")
    show.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    show.add_argument("--problem", type=Path, required=True, metavar="PROBLEM.json")
    only = show.add_mutually_exclusive_group()
    only.add_argument("--participant", metavar="ID", help="print this one's agenda only")
    only.add_argument("--changes", action="store_true", help="print who must be told of what")
    show.add_argument("--json", action="store_true", help="with --changes: as JSON")
    _add_repair(commands.add_parser("repair", help="write the problem after an incident"))
    _add_capacity(commands.add_parser("capacity", help="say how many tables and slots are needed"))
    _add_generate(commands.add_parser("generate", help="make a random problem from a seed"))
    literature = commands.add_parser("import-dzn", help="read an instance of the literature")
    literature.add_argument("instance", type=Path, metavar="FILE.dzn")
    _add_out(literature)
    explain = commands.add_parser("explain", help="say why not, and what would cure it")
    explain.add_argument("problem", type=Path, metavar="PROBLEM.json")
    explain.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    explain.add_argument("--meeting", required=True, metavar="ID")
    explain.add_argument("--json", action="store_true", help="for programs")
    return top


def _add_solve(command: argparse.ArgumentParser) -> None:
    _add_run(command, "60")


def _add_capacity(command: argparse.ArgumentParser) -> None:
    _add_run(command, "30")
    only = "look at this only (these, where several are given)"
    command.add_argument("--tables", action="store_true", help=f"fewest tables; {only}")
    command.add_argument("--slots", action="store_true", help=f"fewest slots; {only}")
    command.add_argument("--curves", action="store_true", help=f"what one more gives; {only}")
    command.add_argument("--reach", type=_reach, default=3, help="of the curves (default 3)")


def _add_run(command: argparse.ArgumentParser, seconds: str) -> None:
    command.add_argument("problem", type=Path, metavar="PROBLEM.json")
    limit = command.add_mutually_exclusive_group()
    limit.add_argument(
        "--seconds", type=_seconds, help=f"for the whole command (default {seconds})"
    )
    limit.add_argument("--steps", type=_steps, help="instead: work counted, repeatable exactly")
    command.add_argument("--seed", type=_seed, default=1)
    command.add_argument("--workers", type=_workers, default=2, help="default 2")
    _add_out(command)


def _add_repair(command: argparse.ArgumentParser) -> None:
    command.add_argument("problem", type=Path, metavar="PROBLEM.json")
    command.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    happenings.add_options(command)
    _add_out(command)


def _add_generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--participants", type=_participants, required=True)
    command.add_argument("--seed", type=_seed, default=1)
    command.add_argument("--family", choices=sorted(FAMILIES), default="two-sided")
    _add_out(command)
    more = command.add_argument_group("what shall be otherwise than in the family")
    for name, (read, text) in DIMENSIONS.items():
        option = f"--{name.replace('_', '-')}"
        if read is bool:
            more.add_argument(option, action=argparse.BooleanOptionalAction, help=text)
        else:
            more.add_argument(option, type=read, metavar="N", help=text)


def family_of(given: argparse.Namespace) -> Family:
    """The family with whatever dimensions the command gives."""
    wanted = {name: getattr(given, name) for name in DIMENSIONS}
    known = {name: value for name, value in wanted.items() if value is not None}
    return replace(FAMILIES[given.family], **known)


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


def _reach(text: str) -> int:
    return _whole(text, 1, 100)


def _participants(text: str) -> int:
    return _whole(text, 2, 1_000_000)


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            shown = f"{text[:40]!r} is no number from {least:g} to {most:g}"
            raise argparse.ArgumentTypeError(shown)
        return number

    return read


def _count(least: int, most: int) -> Callable[[str], int]:
    return lambda text: _whole(text, least, most)


_share = _number(0.0, 1.0)

# Each field of a family, with what it may be.
DIMENSIONS: dict[str, tuple[Callable[[str], object], str]] = {
    "two_sided": (bool, "buyers and suppliers; else anyone meets anyone"),
    "wishes": (_number(0.0, 1000.0), "wishes a person, on average"),
    "skew": (_number(0.0, 5.0), "how unequal people are in demand; 0: all alike"),
    "days": (_count(1, 365), "days, of a morning and an afternoon each"),
    "slots_per_session": (_count(1, 12), "slots of a half-day, 1 to 12"),
    "absent": (_share, "share of half-days missed, 0 to 1"),
    "tables": (_number(0.0, 10.0), "tables per participant; 0.5 seats everybody at once"),
    "stands": (_share, "share of people who own a stand"),
    "seats": (_count(1, 100), "people at a stand, at most"),
    "long": (_share, "share of meetings that take two slots"),
    "languages": (bool, "four languages, and interpreters"),
    "remote": (_share, "share of people online"),
    "halls": (_count(1, 100), "halls, one slot of walking apart"),
    "delegations": (_share, "share of people in threes, of whom any one may be sent"),
    "minimum": (_count(0, 100), "meetings that everybody should have"),
    "rested": (_share, "share of people who need a pause after some slots in a row"),
    "capped": (_share, "share of people who take so many meetings at most"),
    "limits": (_share, "share of people with limits, alone and as a team"),
    "groups": (_share, "share of meetings with a third side"),
    "musts": (_share, "share of meetings that must take place"),
    "after": (_share, "share of meetings that come after another one"),
    "dated": (_share, "share of meetings on one day only"),
    "exclusive": (_share, "share of meetings that exclude another one"),
    "closed": (_share, "share of tables closed for a session"),
}
