"""Why two people should meet, as codes: the strongest match each way, and what makes it easy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from operator import itemgetter

from matchmaker.suggestions.facts import CLUSTER, FUNDING, Facts, Side
from matchmaker.suggestions.ground import Ground

WORTH_SAYING = 0.05
MOST_CODES = 3


@dataclass(frozen=True)
class Reason:
    """``codes`` are what both sides have in common; the sides are entries, or a profile."""

    what: str
    codes: tuple[str, ...] = ()
    mine: Side | None = field(default=None)
    theirs: Side | None = field(default=None)

    @property
    def speaks_for(self) -> bool:
        """Not that there is no language in common."""
        return self.what != "languages" or bool(self.codes)


def reasons_for(ground: Ground, me: Facts, other: Facts) -> list[Reason]:
    """What profiles have in common is told where no entry tells more."""
    found = [reason for reason in (_met(ground, me, other), _sold(ground, me, other)) if reason]
    telling = [reason for reason in found if not _is_of_profiles(reason)]
    if found and not telling:
        telling = [Reason("field", found[0].codes)]
    return [*telling, *_countries(me, other), _languages(me, other), *_sessions(me, other)]


def _met(ground: Ground, me: Facts, other: Facts) -> Reason | None:
    """What I seek and they give."""
    worth, mine, theirs = _best(ground.met_by, me.sides, other.sides)
    if worth < WORTH_SAYING:
        return None
    return Reason("met", _common(ground, mine, theirs), mine, theirs)


def _sold(ground: Ground, me: Facts, other: Facts) -> Reason | None:
    """What they seek and I give."""
    worth, theirs, mine = _best(ground.met_by, other.sides, me.sides)
    if worth < WORTH_SAYING:
        return None
    return Reason("sold", _common(ground, mine, theirs), mine, theirs)


def _best(
    worth: Callable[[Side, Side], float], seeking: Iterable[Side], giving: Iterable[Side]
) -> tuple[float, Side, Side]:
    pairs = ((worth(one, other), one, other) for one, other in product(seeking, giving))
    return max(pairs, key=itemgetter(0))


def _common(ground: Ground, one: Side, other: Side) -> tuple[str, ...]:
    """The codes of both, the rarest first."""
    codes = sorted(one.codes & other.codes, key=lambda code: (-ground.rarity(code), code))
    return tuple(codes[:MOST_CODES])


def _is_of_profiles(reason: Reason) -> bool:
    kinds = {side.kind for side in (reason.mine, reason.theirs) if side is not None}
    return kinds == {""} and not {FUNDING, CLUSTER} & set(reason.codes)


def _countries(me: Facts, other: Facts) -> Iterable[Reason]:
    if other.country in me.aims and other.country != me.country:
        yield Reason("at home", (other.country,))
    if me.country in other.aims and other.country != me.country:
        yield Reason("aiming", (me.country,))


def _languages(me: Facts, other: Facts) -> Reason:
    return Reason("languages", tuple(sorted(me.spoken & other.spoken)))


def _sessions(me: Facts, other: Facts) -> Iterable[Reason]:
    """Worth saying only where one of the two is not there all the time."""
    common = me.sessions & other.sessions
    if common and common != me.sessions | other.sessions:
        yield Reason("sessions", tuple(sorted(common)))
