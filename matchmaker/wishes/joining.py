"""Wishes for an organisation that meet a wish from there: they become the pair's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from matchmaker.wishes.pairing import Between, Ground, Said, pair_of


def join_organisations(ground: Ground) -> list[Said]:
    """Give each organisation wish to the pair that it makes mutual; returns those that remain.

    Otherwise the same two people could be sent to two meetings with each other.
    """
    usable = [wish for wish in ground.by_organisation if _is_usable(ground, wish)]
    joined = _join_named(ground, usable)
    joined |= _join_crossing(ground, [wish for wish in usable if wish.id not in joined])
    return [wish for wish in ground.by_organisation if wish.id not in joined]


def _is_usable(ground: Ground, wish: Said) -> bool:
    own = ground.people[wish.wisher].organisation_id == wish.to_organisation
    return ground.is_in(wish.wisher) and wish.state != "declined" and not own


def _join_named(ground: Ground, wishes: Iterable[Said]) -> set[str]:
    """Somebody of the organisation asked for this wisher by name: the first who did."""
    joined = set()
    for wish in wishes:
        asking = [
            between
            for person in ground.candidates(wish)
            if (between := ground.between.get(pair_of(wish.wisher, person)))
            and wish.wisher not in between.said
        ]
        if asking:
            min(asking, key=lambda between: between.order).said[wish.wisher] = wish
            joined.add(wish.id)
    return joined


def _join_crossing(ground: Ground, wishes: list[Said]) -> set[str]:
    """Two people asked for each other's organisation: the two earliest, and so on."""
    waiting: dict[tuple[str | None, str | None], list[Said]] = defaultdict(list)
    joined: set[str] = set()
    for wish in wishes:
        own = ground.people[wish.wisher].organisation_id
        opposite = next(
            (
                other
                for other in waiting[(own, wish.to_organisation)]
                if other.id not in joined and _can_join(ground, wish, other)
            ),
            None,
        )
        if opposite is None:
            waiting[(wish.to_organisation, own)].append(wish)
            continue
        pair = pair_of(wish.wisher, opposite.wisher)
        ground.between[pair] = Between(pair, {wish.wisher: wish, opposite.wisher: opposite})
        joined |= {wish.id, opposite.id}
    return joined


def _can_join(ground: Ground, wish: Said, other: Said) -> bool:
    pair = pair_of(wish.wisher, other.wisher)
    return pair not in ground.between and ground.may_meet(wish.wisher, other.wisher)
