"""Wishes as they are typed from paper: ``12: 45!, 7, 33, -8``.

The number before the colon wishes for those after it, in this order; ``!`` makes one a top wish,
a minus says never. Digits and commas of Arabic keyboards are read, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

MARK = re.compile(r"^(?P<never>[-–−])?(?P<number>\d{1,6})(?P<top>!)?$")
BETWEEN = re.compile(r"[\s,;،؛]+")


@dataclass(frozen=True)
class Typed:
    """One wish: ids of two people, and how much."""

    wisher: str
    wished: str
    grade: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line of the text, counted from 1."""

    line: int
    sentence: str


class Wrong(Exception):
    """The sentence says what is wrong with a line."""


def read_lines(text: str, people: Mapping[int, str]) -> tuple[list[Typed], list[Fault]]:
    """Every wish that can be read, and every fault; ``people`` are by their numbers."""
    found: dict[tuple[str, str], Typed] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            for wish in _read_line(_plain(line), people) if line.strip() else ():
                _require_one_grade(found.setdefault((wish.wisher, wish.wished), wish), wish, people)
        except Wrong as wrong:
            faults.append(Fault(number, str(wrong)))
    return list(found.values()), faults


def _require_one_grade(before: Typed, wish: Typed, people: Mapping[int, str]) -> None:
    """Of the same pair with two grades nobody can know which one is meant."""
    if before.grade != wish.grade:
        number_of = {person: number for number, person in people.items()}
        raise Wrong(
            _(
                "%(wisher)s says two things of %(wished)s. Keep one of them.",
                wisher=number_of[wish.wisher],
                wished=number_of[wish.wished],
            )
        )


def _plain(line: str) -> str:
    """Other scripts' digits and full-width signs as everybody's."""
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in unicodedata.normalize("NFKC", line)
    )


def _read_line(line: str, people: Mapping[int, str]) -> Iterator[Typed]:
    who, colon, whom = line.partition(":")
    if not colon:
        raise Wrong(_("Write the person's number, a colon, and the numbers wished for."))
    wisher = _person(who.strip(), people)
    marks = [mark for mark in BETWEEN.split(whom) if mark]
    if not marks:
        raise Wrong(_("No number stands after the colon."))
    return iter([_wish(wisher, mark, people) for mark in marks])


def _wish(wisher: str, mark: str, people: Mapping[int, str]) -> Typed:
    read = MARK.match(mark)
    if read is None or (read["never"] and read["top"]):
        raise Wrong(_("“%(mark)s” is no number with ! or − at most.", mark=mark[:20]))
    wished = _person(read["number"], people)
    if wished == wisher:
        raise Wrong(_("Number %(number)s wishes for itself.", number=read["number"]))
    return Typed(wisher, wished, "top" if read["top"] else "never" if read["never"] else "like")


def _person(number: str, people: Mapping[int, str]) -> str:
    if not number.isdecimal():
        raise Wrong(_("“%(mark)s” is no number.", mark=number[:20]))
    person = people.get(int(number))
    if person is None:
        raise Wrong(_("Nobody has the number %(number)s.", number=int(number)))
    return person
