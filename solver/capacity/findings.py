"""What the capacity analysis finds: plain nouns, as ``matchmaker-capacity/1`` writes them.

Values and bounds are sums of weights of placed meetings (the goal ``wishes``). A value is that of
a schedule which the independent check has accepted; no schedule beats the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

from solver.schedule import Unplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One size of the event: ``count`` tables, slots or interpreters, ``added`` more than now.

    ``placed`` is the number of meetings in the schedule of that value, ``musts_missing`` how many
    musts are not in it (musts count before all wishes).
    """

    count: int
    added: int
    value: int
    bound: int
    proven: bool
    placed: int
    musts_missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What more or less of one thing gives.

    ``kind`` is ``table``, ``slot``, ``half_hour`` or ``interpreter``; ``of`` names the zone, the
    session or the two languages (``ar-fr``), None where tables are alike in all zones. Values
    and bounds never fall from one point to the next.
    """

    kind: str
    of: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """The least number of tables or slots with which a schedule reaches ``reached``.

    ``reached`` is the best that any number gives (``reached.bound`` says whether that is
    proven). No number below ``at_least`` reaches its value, ``at_most`` does: ``mix`` says how
    many in each zone or session. ``unplaceable`` are the wishes that no number can place.
    """

    now: int
    at_least: int
    at_most: int
    mix: tuple[tuple[str, int], ...]
    reached: Point
    unplaceable: tuple[Unplaced, ...]

    @property
    def proven(self) -> bool:
        return self.at_least == self.at_most and self.reached.proven


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """Somebody with more wishes than time: ``cannot`` of them at least cannot be."""

    participant: str
    wishes: int
    slots: int
    cannot: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """What is scarce. ``kind``: ``participant``, ``tables``, ``interpreters`` or ``session``.

    ``price`` is the dual price of the linear bound: about so much weight would be gained by one
    more slot of this participant, table or interpreter, or one more slot in this session.
    """

    kind: str
    id: str
    price: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The whole answer. ``tables`` or ``slots`` is None where it was not asked for or means
    nothing (``remarks`` says why).
    """

    problem_sha256: str
    meetings: int
    weight: int
    now: Point
    overloads: tuple[Overload, ...]
    bottlenecks: tuple[Bottleneck, ...]
    tables: Fewest | None = None
    slots: Fewest | None = None
    curves: tuple[Curve, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float | None = None
    seed: int = 1
