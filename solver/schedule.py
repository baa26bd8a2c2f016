"""What the engine answers: the nouns of ``matchmaker-schedule/1``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

GoalValue = int | tuple[int, ...]  # a tuple for ``worst_off``, a whole number for the others


class Status(StrEnum):
    """What is known about the answer."""

    OPTIMAL = "optimal"  # every goal proven
    FEASIBLE = "feasible"  # valid, some goal not proven
    INCOMPLETE = "incomplete"  # time ran out before all musts were placed or refuted
    INFEASIBLE = "infeasible"  # proven: musts, locked meetings and hard limits contradict


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMeeting:
    """A meeting with everything it was given; ``participants`` in the order of its sides."""

    meeting: str
    slot: str
    place: str | None = None
    room: str | None = None
    participants: tuple[str, ...]
    interpreter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a meeting was not placed: the code of a rule and whom, when and what it concerns."""

    rule: str
    participants: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What places a meeting: a change of the problem (JSON Patch on its canonical form), and rows
    that take the place of the schedule's (a row without a slot leaves it). ``cost``: for each
    goal how much worse it gets, exactly; below 0 it gets better.
    """

    patch: tuple[dict[str, Any], ...] = ()
    moves: tuple[dict[str, Any], ...] = ()
    cost: tuple[tuple[str, GoalValue], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    meeting: str
    reason: Reason
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A locked meeting that is alone not allowed any more, with the rule that says so."""

    meeting: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An irreducible contradiction: leaving out any one entry resolves it."""

    musts: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResult:
    """``best``: the best value found for the goal when it was its turn; ``value``: what the
    final schedule has (later goals may have used slack); ``bound``: what no schedule can beat.
    """

    goal: str
    best: GoalValue
    value: GoalValue
    bound: GoalValue
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    problem_sha256: str
    status: Status
    meetings: tuple[PlacedMeeting, ...]
    unplaced: tuple[Unplaced, ...] = ()
    released: tuple[Released, ...] = ()
    conflict: Conflict | None = None
    goals: tuple[GoalResult, ...] = ()
    seconds: float | None = None
    seed: int = 1
    engine: str = "0.1.0"
