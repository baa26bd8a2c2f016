"""What ways and half days cost one person, told as sums: never more than true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solver_enumeration import best_values, very_small_problem
from solver_halls import HALLS, Guest, best, wanting

import solver.relaxed_travel
from solver.bounds import matching_bound
from solver.linear import LinearEffort, solve_whole
from solver.possibilities import Possibilities
from solver.problem import Goal, Place, Problem
from solver.relaxed_rules import relax
from solver.slot_classes import one_class


def bound(problem: Problem) -> int:
    return matching_bound(Possibilities(problem)).bound


def whole(problem: Problem, *apart: str) -> int:
    """What sums say in whole numbers, ``apart``: of whose sessions each by itself."""
    possibilities = Possibilities(problem)
    relaxation = relax(possibilities, one_class(possibilities), apart=apart)
    taken = solve_whole(relaxation, [], LinearEffort(10.0, 1, lambda: False))
    return 0 if taken is None else int(relaxation.weight[relaxation.meeting] @ taken)


def test_two_stands_in_two_halls_cost_a_slot_of_a_morning() -> None:
    guests = [Guest("east"), Guest("west"), Guest(None)]
    assert bound(wanting(guests, there=("am",))) == best(guests, there=("am",)) == 2
    assert bound(wanting(guests, there=("am",), walk=0)) == 3


def test_whoever_stays_all_day_may_change_halls_at_noon() -> None:
    guests = [Guest(hall) for hall in HALLS for _ in range(3)]
    assert bound(wanting(guests)) == best(guests) == 6


def test_guests_who_are_only_there_in_the_morning_cost_a_way_of_it() -> None:
    guests = [Guest("east", ("am",)), Guest("west", ("am",)), *[Guest(None)] * 4]
    assert bound(wanting(guests)) == best(guests) == 5


def test_they_do_so_however_much_time_there_is_in_the_afternoon() -> None:
    guests = [Guest("east", ("am",)), Guest("east", ("am",)), Guest("west", ("am",))]
    assert bound(wanting(guests)) == best(guests) == 2


def test_a_lone_stand_far_from_all_others_costs_a_way() -> None:
    guests = [Guest("west"), *[Guest("east")] * 5]
    assert bound(wanting(guests)) == best(guests) == 5


def test_guests_of_the_morning_share_the_morning() -> None:
    guests = [*[Guest(None, ("am",))] * 4, *[Guest(None)] * 2]
    assert bound(wanting(guests)) == best(guests) == 5


def test_who_has_two_seats_does_not_walk() -> None:
    problem = wanting([Guest("east"), Guest("west"), Guest(None)], there=("am",))
    people = tuple(
        replace(each, seats=2) if each.id == "hero" else each for each in problem.participants
    )
    assert bound(problem) == 2
    assert bound(replace(problem, participants=people)) == 3


def test_a_slot_that_nobody_attends_is_time_for_the_way() -> None:
    """The far stand is visited in the afternoon, whose middle is free anyway."""
    problem = wanting([Guest("west"), *[Guest("east")] * 4])
    people = tuple(
        replace(each, absent=frozenset({"pm2"})) if each.id == "hero" else each
        for each in problem.participants
    )
    assert bound(replace(problem, participants=people)) == 5


def test_a_third_hall_on_the_way_is_no_way() -> None:
    """East, a table in the south, west: three meetings, a slot lies between the halls."""
    problem = wanting([Guest("east"), Guest("west"), Guest(None)], there=("am",))
    south = Place(id="T south", zone="south")
    assert bound(problem) == 2
    assert problem.places is not None
    assert bound(replace(problem, places=(*problem.places, south))) == 3


def test_two_at_once_in_the_morning_where_the_hero_has_two_seats() -> None:
    problem = wanting([Guest(None, ("am",))] * 6)
    people = tuple(
        replace(each, seats=2) if each.id == "hero" else each for each in problem.participants
    )
    assert bound(problem) == 3
    assert bound(replace(problem, participants=people)) == 6


def test_however_many_stands_there_are_rows_stay_few() -> None:
    crowd = [Guest(HALLS[n % 2]) for n in range(40)]
    possibilities = Possibilities(wanting(crowd, there=("am",)))
    assert relax(possibilities, one_class(possibilities)).rows.count < 60


FAR_AND_HARDLY_WANTED = [
    *[Guest("east", weight=2)] * 5,
    Guest("west", weight=2),
    *[Guest("west")] * 2,
]


def test_one_of_several_stands_far_away_costs_a_way_where_the_others_are_not_chosen() -> None:
    """No row knows which are chosen: that is seen where sessions are told apart."""
    problem = wanting(FAR_AND_HARDLY_WANTED)
    assert best(FAR_AND_HARDLY_WANTED) == whole(problem, "hero") == 10
    assert whole(problem) == whole(problem, "g0") == 12


def test_of_a_delegation_as_well_each_day_is_told_apart() -> None:
    """Whichever of two goes: one of them has the hero's day, the other never comes."""
    problem = wanting(FAR_AND_HARDLY_WANTED)
    hero = problem.participant_by_id["hero"]
    idle = replace(hero, id="idle", absent=frozenset(slot.id for slot in problem.slots))
    sent = tuple(
        replace(each, sides=(("hero", "idle"), each.sides[1])) for each in problem.meetings
    )
    both = replace(problem, participants=(*problem.participants, idle), meetings=sent)
    assert whole(both, "hero", "idle") == 10


def test_what_is_told_of_all_together_whose_days_are_told_apart_stays_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the hero's first session, and of no other, where there is no more to spend."""
    first = Guest("east", ("am",)), Guest("west", ("am",)), Guest(None, ("am",))
    second = Guest("east", ("pm",)), Guest("west", ("pm",)), Guest(None, ("pm",))
    problem = wanting([*first, *second])
    assert whole(problem, "hero") == best([*first, *second]) == 4
    monkeypatch.setattr(solver.relaxed_travel, "MOST_ENTRIES", 0)
    monkeypatch.setattr(solver.relaxed_travel, "MOST_TOLD_APART", 3)
    assert whole(problem, "hero") == 5


def test_of_many_stands_each_pair_is_told_of_those_whose_days_are_told_apart() -> None:
    near, far = [Guest("east", weight=2)] * 40, [Guest("west", weight=3), *[Guest("west")] * 4]
    problem = wanting([*near, *far], there=("am",))
    assert whole(problem, "hero") == 6
    assert whole(problem) == 7  # the three dearest, as if there were no way


def most_wishes(problem: Problem) -> int:
    """Of all schedules."""
    values = best_values(replace(problem, goals=(Goal(goal="wishes"),)))
    return 0 if values is None else int(values[0])


def two_heroes() -> Problem:
    """Of one morning of three slots: each has two stands to see in a hall of their own, and they
    want to meet each other.
    """
    far = [Guest(hall, ("am",), weight=2) for hall in ("east", "east", "west", "west")]
    problem = wanting([*far, Guest(None, ("am",))], there=("am",))
    others = tuple(
        replace(each, sides=(("g4",), each.sides[1])) if each.id in ("m2", "m3") else each
        for each in problem.meetings
    )
    return replace(problem, meetings=others)


def test_where_two_meet_whose_days_are_told_apart_binds_both() -> None:
    """In either hall one of them would walk."""
    assert most_wishes(two_heroes()) == 8
    assert whole(two_heroes(), "hero", "g4") == 8
    assert whole(two_heroes(), "hero") == whole(two_heroes(), "g4") == 9


def test_two_who_meet_online_need_no_hall() -> None:
    people = tuple(replace(each, remote=True) for each in two_heroes().participants)
    online = replace(two_heroes(), participants=people)
    assert whole(online, "hero", "g4") == whole(online) == 9


@pytest.mark.parametrize("seed", range(40))
def test_no_schedule_beats_sums_of_days_told_apart(seed: int) -> None:
    problem = very_small_problem(seed)
    possibilities = Possibilities(problem)
    relaxation = relax(possibilities, one_class(possibilities), apart=possibilities.participants)
    taken = solve_whole(relaxation, [], LinearEffort(10.0, 1, lambda: False))
    most = 0 if taken is None else int(relaxation.weight[relaxation.meeting] @ taken)
    assert most_wishes(problem) <= relaxation.fixed + most


guests = st.builds(
    Guest,
    hall=st.sampled_from([None, *HALLS]),
    sessions=st.sampled_from([("am",), ("pm",), ("am", "pm")]),
    length=st.sampled_from([1, 1, 1, 2]),
    weight=st.integers(1, 3),
)


@pytest.mark.parametrize("there", [("am",), ("am", "pm")])
@settings(deadline=None)
@given(st.lists(guests, min_size=1, max_size=5), st.integers(0, 2))
def test_no_day_beats_the_bound(there: tuple[str, ...], wanted: list[Guest], walk: int) -> None:
    assert best(wanted, there, walk) <= bound(wanting(wanted, there, walk))


@settings(deadline=None, max_examples=60)
@given(st.lists(guests, min_size=1, max_size=5), st.integers(0, 2))
def test_a_day_told_apart_is_the_best_day(wanted: list[Guest], walk: int) -> None:
    assert best(wanted, ("am", "pm"), walk) == whole(wanting(wanted, walk=walk), "hero")
