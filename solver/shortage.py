"""A bound of ``minimum``: what is missing for sure to those who miss something now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from solver.bounds import missing_for_sure
from solver.clock import Clock
from solver.model import build
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Meeting
from solver.published import as_placed
from solver.roster import Roster
from solver.schedule import PlacedMeeting
from solver.search import Effort, search
from solver.settings import Settings
from solver.variables import Variables

SHARE = 0.25  # of the time that is left
MOST_OPTIONS = 5_000  # pairs of a meeting and a start


def missing_at_least(
    possibilities: Possibilities,
    placed: Mapping[str, PlacedMeeting],
    clock: Clock,
    settings: Settings,
) -> int:
    """No schedule misses fewer meetings to ``min_meetings``.

    Only the meetings of those who miss some in ``placed`` are looked at, as if nobody else had
    any: a part of a valid schedule is valid, so nobody can have more beside all the others. Not
    so where breaks are limited; then the bound is the one that is counted.
    """
    counted = missing_for_sure(possibilities)
    missing = missing_in(possibilities, placed)
    monotone = possibilities.problem.rules.breaks_per_participant is None
    if sum(missing.values()) == counted or not monotone:
        return counted
    fixed = immovable(possibilities)
    free = list(meetings_of(possibilities, fixed, missing))
    if sum(len(possibilities.starts[each.id]) for each in free) > MOST_OPTIONS:
        return counted
    v = build(possibilities, fixed, free, relaxed=True)
    minimise_missing(v, missing)
    effort = Effort(SHARE * clock.remaining())
    found = search(v.model, clock, settings, effort, lambda value, bound: None)
    return max(counted, found.bound or 0)


def missing_in(possibilities: Possibilities, placed: Mapping[str, PlacedMeeting]) -> dict[str, int]:
    """Who has fewer than ``min_meetings``, and how many they miss."""
    missing = {name: known.min_meetings for name, known in possibilities.participants.items()}
    for row in placed.values():
        for person in row.participants:
            missing[person] -= 1
    return {name: count for name, count in missing.items() if count > 0}


def immovable(possibilities: Possibilities) -> Roster:
    """What has begun and what is locked."""
    openings = Openings(Roster(possibilities))
    for name, row in possibilities.published.locked.items():
        if openings.allows(possibilities.problem.meeting_by_id[name], as_placed(row)):
            openings.roster.add(as_placed(row))
    return openings.roster


def meetings_of(
    possibilities: Possibilities, fixed: Roster, people: Mapping[str, int]
) -> Iterator[Meeting]:
    for each in possibilities.meetings:
        if each.id not in fixed.placed and not people.keys().isdisjoint(each.people()):
            yield each


def minimise_missing(v: Variables, people: Iterable[str]) -> None:
    """Of these people only: the others have nothing in this model."""
    terms = []
    for name in people:
        wanted = v.possibilities.participants[name].min_meetings - v.count(name)
        if wanted > 0:
            missing = v.model.new_int_var(0, wanted, "")
            v.model.add(missing + sum(v.sending.get(name, [])) >= wanted)
            terms.append(missing)
    v.model.minimize(sum(terms))
