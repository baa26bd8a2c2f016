"""How long sessions have to be at least: never more than true, and where it is known exactly."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.math_opt import parameters_pb2
from solver_cases import couples, slot, tiny_problem
from solver_enumeration import best_values, very_small_problem
from solver_halls import Guest, wanting

import solver.capacity.search
import solver.sizes
from solver.capacity import fewest_slots
from solver.capacity.dimension import Box, Dimension
from solver.capacity.lengths import Lengths
from solver.capacity.outlines import Outline
from solver.capacity.search import Search
from solver.capacity.trials import Trials
from solver.capacity.variants import Variant, Variants
from solver.clock import Clock
from solver.generation import generate
from solver.linear import LinearEffort
from solver.problem import Problem
from solver.relaxed_rules import relax
from solver.settings import Settings
from solver.sizes import Needs, least_sizes
from solver.slot_classes import sessions_as_classes

FOUR_SLOTS = [slot(f"am{n}", f"2026-10-14T{8 + n:02}:00", "am") for n in (1, 2, 3, 4)]
QUICK = Settings(seconds=None, steps=300, workers=1)
AT_ONCE = LinearEffort(seconds=None, threads=1, stop=lambda: False)


def lengths_of(problem: Problem) -> Lengths:
    variants = Variants(problem)
    low = tuple(-len(end.slots) for end in variants.ends)
    dimension = Dimension("slots", variants.now, Box(low, variants.most_slots()))
    return Lengths(Trials(variants, QUICK, Clock(QUICK, None)), dimension)


def halves(morning: int, afternoon: int) -> Problem:
    """So many wishes of somebody who leaves at noon, and of somebody who comes at noon."""
    am, pm = [f"am{n}" for n in (1, 2, 3)], [f"pm{n}" for n in (1, 2, 3)]
    people: list[dict[str, Any]] = [
        {"id": "amal", "absent": pm},
        {"id": "bilal", "absent": am},
        *({"id": f"guest {n}"} for n in range(morning + afternoon)),
    ]
    stars = ["amal"] * morning + ["bilal"] * afternoon
    return tiny_problem(
        participants=people,
        meetings=[
            {"id": f"m{n}", "sides": [[star], [f"guest {n}"]]} for n, star in enumerate(stars)
        ],
    )


def test_a_morning_for_one_star_and_an_afternoon_for_another_need_both_lengths() -> None:
    found = fewest_slots(halves(4, 6), QUICK)
    assert found is not None
    assert (found.at_least, found.at_most) == (10, 10)
    assert found.mix == (("am", 4), ("pm", 6))


def test_lengths_say_so_before_any_schedule_is_looked_for() -> None:
    lengths = lengths_of(halves(4, 6))
    assert lengths.least(10, 0.0) == 4  # of six slots now
    mix = lengths.mix(10, 0.0)
    assert mix is not None
    assert mix.slots == (1, 3)


def test_a_session_that_nobody_needs_may_go() -> None:
    lengths = lengths_of(halves(2, 0))
    assert lengths.least(2, 0.0) == -4
    mix = lengths.mix(2, 0.0)
    assert mix is not None
    assert mix.slots == (-1, -3)


def test_what_no_length_reaches_has_no_lengths() -> None:
    lengths = lengths_of(halves(4, 6))
    assert (lengths.least(11, 0.0), lengths.mix(11, 0.0)) == (None, None)


def far_stands() -> Problem:
    """Two stands in two halls, both there in the morning only, and one wish for the afternoon."""
    return wanting([Guest("east", ("am",)), Guest("west", ("am",)), Guest("east", ("pm",))])


def test_a_way_between_halls_makes_the_morning_longer_than_its_meetings() -> None:
    """Which the programme of lengths does not know."""
    found = fewest_slots(far_stands(), QUICK)
    assert found is not None
    assert (found.at_least, found.at_most) == (4, 4)
    assert found.mix == (("am", 3), ("pm", 1))


def test_what_is_too_small_whatever_the_afternoon_is_ruled_out_with_all_afternoons() -> None:
    lengths = lengths_of(far_stands())
    longest = lengths.dimension.whole.high[1] - lengths.dimension.whole.low[1]
    assert longest > 1
    assert lengths._longest_too_small((2, 1), 3) == (2, longest)
    assert lengths._longest_too_small((3, 0), 3) == (lengths._most[0], 0)
    assert lengths._longest_too_small((2, 1), 3, math.inf) == (2, 1)  # there is no time for it


def test_mixes_are_looked_at_only_while_there_is_time() -> None:
    lengths = lengths_of(far_stands())
    assert lengths.mix(3, math.inf) is None
    assert lengths.least(3, math.inf) is None
    mix = lengths.mix(3, 0.0)
    assert mix is not None
    assert mix.slots == (0, -2)
    assert lengths.mix(3, math.inf) == mix  # it is known by now


def test_a_mix_in_doubt_lets_others_go_first_and_comes_back() -> None:
    lengths = lengths_of(halves(4, 6))
    first = lengths.mix(10, 0.0)
    assert first is not None
    lengths.doubt(10, lengths.dimension.enlarged(first, 6))  # not what lengths said
    assert lengths.mix(10, 0.0) == first
    lengths.doubt(10, first)
    second = lengths.mix(10, 0.0)
    assert second is not None
    assert sum(second.slots) == 5
    assert lengths.least(10, 0.0) == 4
    lengths.reconsider()
    assert lengths.mix(10, 0.0) == first


def test_what_is_added_goes_to_the_session_that_may_grow_most() -> None:
    dimension = lengths_of(halves(4, 6)).dimension
    mix = dimension.variant((1, 3))
    assert dimension.enlarged(mix, 4) == mix
    assert dimension.enlarged(mix, 6).slots == (1, 5)
    assert sum(dimension.enlarged(mix, sum(dimension.whole.high)).slots) == 8


def test_when_the_time_is_over_nothing_is_said() -> None:
    lengths = lengths_of(halves(4, 6))
    lengths.trials.clock.spent = 1e9
    assert (lengths.least(10, 0.0), lengths.mix(10, 0.0)) == (None, None)
    lengths.trials.clock.spent = 0.0
    assert lengths.least(10, 0.0) == 4


@pytest.mark.parametrize("seed", range(30))
def test_no_smaller_event_reaches_the_target(seed: int) -> None:
    """Against all schedules of all lengths."""
    problem = very_small_problem(seed)
    lengths, variants = lengths_of(problem), Variants(problem)
    whole = lengths.dimension.whole
    boxes = (range(low, min(high, 1) + 1) for low, high in zip(whole.low, whole.high, strict=True))
    reached = {}
    for size in product(*boxes):
        values = best_values(variants.problem_of(replace(variants.now, slots=size)))
        reached[size] = 0 if values is None else values[0]
    for target in sorted(set(reached.values()) - {0}):
        least = lengths.least(target, 0.0)
        assert least is not None
        assert least <= min(sum(size) for size, value in reached.items() if value >= target)


def irregular_forum(seed: int) -> Problem:
    """People come late and leave early, in the middle of sessions, and need rests."""
    draw = random.Random(seed)
    problem = generate(participants=24, seed=seed, family="everything")
    names = [slot.id for slot in problem.slots]
    people = tuple(
        replace(
            person,
            absent=person.absent | frozenset(draw.sample(names, draw.choice((0, 0, 3, 9)))),
            max_in_a_row=draw.choice((None, 2)),
        )
        for person in problem.participants
    )
    places = tuple(
        replace(place, closed=frozenset(draw.sample(names, draw.choice((0, 4)))))
        for place in problem.places or ()
    )
    return replace(problem, participants=people, places=places)


@pytest.mark.parametrize("seed", range(6))
def test_limits_are_never_below_what_a_session_of_that_length_allows(seed: int) -> None:
    lengths, draw = lengths_of(irregular_forum(seed)), random.Random(seed)
    growing = lengths.grow()
    assert growing is not None
    whole, compared = lengths.dimension.whole, 0
    for _ in range(12):
        sides = zip(whole.low, whole.high, strict=True)
        size = tuple(draw.randint(low + 1, min(4, high)) for low, high in sides)
        possibilities = lengths.possibilities(size)
        mine = relax(possibilities, sessions_as_classes(possibilities), every_row=True)
        if mine.meetings == growing.relaxation.meetings:  # then rows are the same
            compared += 1
            units = np.array(size) - np.array(whole.low)
            allowed = growing.relaxation.rows.limit + units @ growing.growth
            binding = np.minimum(mine.rows.limit, growing.relaxation.rows.most)
            assert (binding <= allowed).all()
    assert compared


@pytest.mark.parametrize(
    ("closed", "count"),
    [([["am2"], ["am2", "am3"]], 2), ([["am3"], ["am2", "am3"], ["am2", "am3", "am4"]], 3)],
)
def test_early_slots_that_hold_more_than_later_ones_are_counted(
    closed: list[list[str]], count: int
) -> None:
    """All of them sit at once in the first slot, and three slots may go."""
    tables = [{"id": f"T{n}", "closed": names} for n, names in enumerate(closed)]
    lengths = lengths_of(couples(count, places=tables, slots=FOUR_SLOTS))
    assert lengths.least(count, 0.0) == -3


def test_a_limit_on_the_slots_of_today_says_nothing_of_new_ones() -> None:
    names = [f"{session}{n}" for session in ("am", "pm") for n in (1, 2, 3)]
    problem = tiny_problem(
        participants=[{"id": "amal"}, {"id": "bilal"}],
        meetings=[{"id": "m1", "sides": [["amal"], ["bilal"]]}],
        limits=[{"participants": ["amal"], "slots": names, "free_slots": 6}],
    )
    lengths = lengths_of(problem)
    growing = lengths.grow()
    assert growing is not None
    alone = least_sizes(growing, 1, AT_ONCE)
    assert alone is not None
    assert alone.sizes.sum() == pytest.approx(1)
    assert lengths.least(1, 0.0) == -2  # a fourth slot of one half of the day


def test_a_session_without_room_for_a_slot_is_worth_what_it_is() -> None:
    """The star's five wishes need the morning's three slots; a coffee break follows them."""
    slots = [slot(f"am{n}", f"2026-10-14T{8 + n:02}:00", "am") for n in (1, 2, 3)]
    slots += [slot(f"pm{n}", f"2026-10-14T{11 + n:02}:30", "pm") for n in (1, 2)]
    guests = [{"id": f"guest {n}"} for n in range(5)]
    lengths = lengths_of(
        tiny_problem(
            slots=slots,
            participants=[{"id": "amal"}, *guests],
            meetings=[{"id": f"m{n}", "sides": [["amal"], [f"guest {n}"]]} for n in range(5)],
        )
    )
    assert lengths.dimension.whole.high[0] == 0
    assert lengths.least(5, 0.0) == 0
    mix = lengths.mix(5, 0.0)
    assert mix is not None
    assert sum(mix.slots) == 0


def test_the_search_takes_the_bound_and_the_mix_of_lengths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where neither the number of slots nor cuts refute anything."""
    monkeypatch.setattr(solver.capacity.search, "MOST_BOXES", 0)
    lengths = lengths_of(halves(4, 6))
    top = lengths.dimension.top
    lengths.trials.attempt(top, 1.0)
    lengths.trials.schedules = {top: lengths.trials.best(top)}
    outline = Outline(lambda _: lengths.trials.variants.problem_of(top), lengths.trials)
    without = Search(lengths.trials, lengths.dimension, outline)
    search = Search(lengths.trials, lengths.dimension, outline, lengths)
    search.patience = 0.0
    assert without.least() < search.least() == 4
    tried: list[Variant] = []
    monkeypatch.setattr(lengths.trials, "attempt", lambda mix, _: tried.append(mix))
    search.run(0.0)
    assert tried[0].slots == (1, 3)
    assert [sum(mix.slots) for mix in tried][:2] == [4, 5]
    tried.clear()
    search.run(0.0)
    assert tried[0].slots == (1, 3)  # which was in doubt by now


def test_where_the_programme_takes_too_long_numbers_are_refuted_as_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is solved for once in a run, not over and over again."""
    solved: list[object] = []
    monkeypatch.setattr(Lengths, "_least_sizes", lambda _, __, growing: solved.append(growing))
    lengths = lengths_of(halves(4, 6))
    trials, dimension = lengths.trials, lengths.dimension
    trials.attempt(dimension.top, 1.0)
    outline = Outline(lambda added: trials.variants.outline(6 + added), trials)
    searches = [Search(trials, dimension, outline, each) for each in (None, lengths)]
    for search in searches:
        search.patience = 0.0
    without, within = (search.least() for search in searches)
    assert without == within > sum(dimension.whole.low)
    for _ in range(3):
        searches[1].least()
    assert len(solved) == 1
    lengths.reconsider()
    searches[1].least()
    assert len(solved) == 2


def test_an_unfinished_programme_names_no_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate(40, seed=1, family="everything")
    growing = lengths_of(problem).grow()
    assert growing is not None
    parameters = parameters_pb2.SolveParametersProto(iteration_limit=20)
    target = sum(meeting.weight for meeting in problem.meetings) * 9 // 10
    assert least_sizes(growing, target, AT_ONCE) is not None
    monkeypatch.setattr(parameters_pb2, "SolveParametersProto", lambda **_: parameters)
    assert least_sizes(growing, target, AT_ONCE) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=3
    ),
    st.integers(-3, 40),
)
def test_the_fewest_units_are_those_of_trying_all(
    kinds: list[tuple[int, int, int]], rest: int
) -> None:
    worth, least, room = zip(*kinds, strict=True)
    most = [low + more for low, more in zip(least, room, strict=True)]
    sizes = product(*(range(low, high + 1) for low, high in zip(least, most, strict=True)))
    enough = [
        sum(each) for each in sizes if sum(w * n for w, n in zip(worth, each, strict=True)) >= rest
    ]
    assert Needs(worth, rest).fewest(least, most) == min(enough, default=None)


def test_three_couples_at_two_tables_need_two_slots_and_not_one_and_a_half() -> None:
    lengths = lengths_of(couples(3, slots=FOUR_SLOTS))
    growing = lengths.grow()
    assert growing is not None
    fractions = least_sizes(growing, 3, AT_ONCE)
    assert fractions is not None
    assert fractions.sizes.sum() == pytest.approx(1.5)
    assert growing.needs(fractions.prices, 3).fewest(growing.least, growing.most) == 2
    mix = lengths.mix(3, 0.0)
    assert mix is not None
    assert mix.slots == (-2,)
