"""How many tables and slots an event needs, compared with trying every schedule."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from solver_cases import couples, small_document, tiny_document, tiny_problem
from solver_enumeration import all_schedules, best_values, very_small_problem
from solver_schedules import place, placed

from solver.capacity import Capacity, Point, analyse, fewest_slots, fewest_tables, unplaceable
from solver.capacity.document import capacity_to_json
from solver.capacity.text import capacity_text
from solver.capacity.trimming import without_idle_slots, without_idle_tables
from solver.capacity.variants import Variant, Variants
from solver.files import problem_from_json
from solver.problem import Problem
from solver.settings import Settings

QUICK = Settings(seconds=None, steps=300, workers=1)
QUICK_TO_ENUMERATE = (1, 4, 5, 7, 8, 10, 11, 12, 18, 20, 21, 22)


def best(variants: Variants, variant: Variant) -> int:
    """The most wishes, musts first, by trying all schedules."""
    values = best_values(variants.problem_of(variant))
    assert values is not None
    value: int = values[0]
    return value


@pytest.mark.parametrize("seed", QUICK_TO_ENUMERATE)
def test_the_fewest_tables_are_those_of_full_enumeration(seed: int) -> None:
    problem = very_small_problem(seed)
    found = fewest_tables(problem, QUICK)
    if found is None:
        assert problem.places is None
        return
    variants = Variants(problem)
    most = (min(most, found.at_most + 1) for most in variants.most_tables())
    sizes = [
        size for size in product(*(range(n + 1) for n in most)) if sum(size) < found.at_most + 2
    ]
    values = {size: best(variants, replace(variants.now, tables=size)) for size in sizes}
    target = max(values.values())
    least = min(sum(size) for size, value in values.items() if value == target)
    assert (found.at_least, found.at_most) == (least, least)
    assert found.proven
    assert variants.split(target)[1] == found.reached.value
    assert values[tuple(count for _, count in found.mix)] == target


@pytest.mark.parametrize("seed", QUICK_TO_ENUMERATE)
def test_no_fewer_slots_reach_what_the_fewest_slots_reach(seed: int) -> None:
    problem = very_small_problem(seed)
    variants = Variants(problem)
    found = fewest_slots(problem, QUICK)
    if found is None:
        assert not variants.slots_may_be_compared()
        return
    assert found.at_least == found.at_most
    here = [len(end.slots) for end in variants.ends]
    most = [slots + new for slots, new in zip(here, variants.most_slots(), strict=True)]
    for size in product(*(range(min(n, found.at_most) + 1) for n in most)):
        if sum(size) < found.at_least:
            changes = tuple(count - slots for count, slots in zip(size, here, strict=True))
            musts, value = variants.split(best(variants, replace(variants.now, slots=changes)))
            mine = (musts - variants.musts, value)
            assert mine < (-found.reached.musts_missing, found.reached.value)


@pytest.mark.parametrize("seed", QUICK_TO_ENUMERATE)
def test_as_many_tables_in_one_hall_hold_what_they_hold_in_several(seed: int) -> None:
    variants = Variants(very_small_problem(seed))
    if not variants.kinds:
        assert variants.problem.places is None
        return
    for size in product(*(range(min(most, 2) + 1) for most in variants.most_tables())):
        together = best_values(variants.hall(sum(size)))
        assert together is not None
        assert together[0] >= best(variants, replace(variants.now, tables=size))


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_curves_never_fall_and_their_bounds_are_true(seed: int) -> None:
    problem = very_small_problem(seed)
    variants = Variants(problem)
    for curve in analyse(problem, QUICK, parts=("curves",), reach=1).curves:
        order = [(-point.musts_missing, point.value) for point in curve.points]
        assert order == sorted(order)
        assert all(point.value <= point.bound for point in curve.points)
        if curve.kind == "table":
            index = [kind.zone for kind in variants.kinds].index(curve.of)
            for point in curve.points[:3]:
                tables = list(variants.now.tables)
                tables[index] = point.count
                value = best(variants, replace(variants.now, tables=tuple(tables)))
                assert variants.split(value)[1] <= point.bound
                assert not point.proven or variants.split(value)[1] == point.value


@pytest.mark.parametrize("seed", range(24))
def test_wishes_said_to_be_impossible_are_those_that_are(seed: int) -> None:
    problem = replace(very_small_problem(seed), published=())
    problem = replace(problem, rules=replace(problem.rules, now=None, max_changes=None))
    named = {row.meeting for row in unplaceable(problem)}
    for meeting in problem.meetings:
        own = replace(meeting, must=False, after=frozenset())
        alone = replace(problem, meetings=(own,), exclusive=())
        can = any(each for each in all_schedules(alone))
        assert can == (meeting.id not in named), meeting.id


# -- a forum to read ---------------------------------------------------------------------


def test_thirteen_couples_and_six_slots_need_three_tables() -> None:
    found = fewest_tables(couples(13), QUICK)
    assert found is not None
    assert (found.now, found.at_least, found.at_most, found.proven) == (2, 3, 3, True)
    assert found.reached.value == 13


def test_two_tables_need_seven_slots_for_thirteen_couples() -> None:
    found = fewest_slots(couples(13), QUICK)
    assert found is not None
    assert (found.now, found.at_least, found.at_most, found.proven) == (6, 7, 7, True)


def test_one_more_table_gives_six_more_couples_a_meeting() -> None:
    curve = analyse(couples(13), QUICK, parts=("curves",), reach=1).curves[0]
    assert [(p.count, p.value, p.bound) for p in curve.points] == [
        (1, 6, 6),
        (2, 12, 12),
        (3, 13, 13),
    ]


def test_a_zone_without_tables_for_its_people_gains() -> None:
    """Walking takes longer than the session, and stand owners stay where they are."""
    found = analyse(
        tiny_problem(
            places=[{"id": "N1", "zone": "N"}, {"id": "S1", "zone": "S"}],
            travel=[{"from": "N", "to": "S", "slots": 1}],
        ),
        QUICK,
    )
    assert [curve.of for curve in found.curves if curve.kind == "table"] == ["N", "S"]
    assert found.tables is not None
    assert found.tables.at_most == 1


def test_stands_and_tables_that_have_an_owner_are_never_counted() -> None:
    owner = [{"id": "amal", "place": "T1"}, {"id": "bilal"}, {"id": "chen"}]
    found = fewest_tables(tiny_problem(participants=owner), QUICK)
    assert found is not None
    assert (found.now, found.at_most) == (1, 1)  # bilal and chen need the other one


def test_an_interpreter_more_is_worth_what_nobody_could_say_before() -> None:
    people = [
        {"id": "amal", "languages": ["ar"]},
        {"id": "bilal", "languages": ["fr"]},
        {"id": "chen", "languages": ["fr"]},
    ]
    found = analyse(tiny_problem(participants=people), QUICK)
    (curve,) = (curve for curve in found.curves if curve.kind == "interpreter")
    assert curve.of == "ar-fr"
    assert [(p.added, p.value, p.bound) for p in curve.points[:2]] == [(0, 1, 1), (1, 15, 15)]
    assert found.tables is not None
    assert {row.meeting: row.reason.rule for row in found.tables.unplaceable} == {
        "ab": "language",
        "ac": "language",
    }


def star(guests: int) -> Problem:
    return tiny_problem(
        participants=[{"id": "star", "name": "Star"}, *({"id": f"g{n}"} for n in range(guests))],
        meetings=[{"id": f"m{n}", "sides": [["star"], [f"g{n}"]]} for n in range(guests)],
    )


def test_whoever_has_more_wishes_than_slots_is_named_first() -> None:
    found = analyse(star(10), QUICK)
    assert [(row.participant, row.cannot) for row in found.overloads] == [("star", 4)]
    assert found.overloads[0].text == "Star has 10 wishes, attends 6 slots: at least 4 cannot be."
    assert [(row.kind, row.id) for row in found.bottlenecks[:1]] == [("participant", "star")]
    assert {row.id: row.price for row in found.bottlenecks if row.kind == "session"} == {
        "am": 1.0,
        "pm": 1.0,
    }


def test_new_slots_follow_the_last_one_and_end_before_the_next_session() -> None:
    variants = Variants(tiny_problem())
    morning, afternoon = variants.ends
    assert [f"{slot.id} {slot.start:%H:%M}-{slot.end:%H:%M}" for slot in morning.new] == [
        "am+1 12:00-13:00",
        "am+2 13:00-14:00",
    ]
    assert [slot.id for slot in afternoon.new] == [f"pm+{n}" for n in range(1, 7)]


def test_whoever_left_before_the_last_slot_is_not_there_in_new_ones() -> None:
    people = [{"id": "amal", "absent": ["am3"]}, {"id": "bilal"}, {"id": "chen"}]
    variants = Variants(tiny_problem(participants=people))
    longer = variants.problem_of(replace(variants.now, slots=(2, 0)))
    assert longer.participant_by_id["amal"].absent == {"am3", "am+1", "am+2"}
    shorter = variants.problem_of(replace(variants.now, slots=(-1, 0)))
    assert shorter.participant_by_id["amal"].absent == frozenset()
    assert [slot.id for slot in shorter.slots] == ["am1", "am2", "pm1", "pm2", "pm3"]


def test_musts_count_before_all_wishes() -> None:
    """One slot, one table: the must is placed, though another wish weighs more."""
    rows = tiny_document()["meetings"]
    rows[2]["must"] = True
    problem = tiny_problem(meetings=rows, places=[{"id": "T1"}], slots=tiny_document()["slots"][:1])
    found = analyse(problem, QUICK, parts=("curves",))
    assert (found.now.value, found.now.bound, found.now.musts_missing) == (1, 1, 0)


def test_tables_and_slots_that_a_schedule_does_not_use_are_not_needed_for_it() -> None:
    problem = tiny_problem()
    variants = Variants(problem)
    rows = placed(problem, [place("ab", "am1", "T1"), place("ac", "am2", "T2")])
    tables, seated = without_idle_tables(variants, variants.now, rows)
    assert tables == replace(variants.now, tables=(1,))
    assert [(row.slot, row.place) for row in seated] == [("am1", "T1"), ("am2", "T1")]
    slots = without_idle_slots(variants, variants.now, rows)
    assert slots == replace(variants.now, slots=(-1, -3))


ODD: list[tuple[dict[str, Any], int | None, int | None]] = [
    ({"participants": [], "meetings": []}, 0, 0),
    ({"meetings": []}, 0, 0),
    ({"slots": []}, 0, None),
    ({"places": []}, 1, 0),
    ({"places": None}, None, 3),
    ({"places": [{"id": "T0"}]}, 1, 3),
    ({"participants": [{"id": n, "remote": True} for n in ("amal", "bilal", "chen")]}, 0, 3),
    ({"meetings": [row | {"weight": 0} for row in tiny_document()["meetings"]]}, 0, 0),
    ({"rules": {"breaks_per_participant": 1, "breaks_within": "day"}}, 1, None),
]


@pytest.mark.parametrize(("changes", "tables", "slots"), ODD)
def test_odd_events_have_an_answer(
    changes: dict[str, Any], tables: int | None, slots: int | None
) -> None:
    found = analyse(tiny_problem(**changes), QUICK)
    assert (found.tables and found.tables.at_most) == tables
    assert (found.slots and found.slots.at_most) == slots
    assert bool(found.remarks) == (tables is None or slots is None)
    assert capacity_text(found)


def test_the_same_steps_give_the_same_answer_for_shuffled_rows() -> None:
    document = small_document(8, published=False)
    answers = []
    for seed in (1, 2):
        draw = random.Random(seed)
        for kind in ("participants", "meetings", "places", "interpreters"):
            document[kind] = draw.sample(document[kind], len(document[kind]))
        found = analyse(problem_from_json(document), QUICK, reach=1)
        answers.append(capacity_to_json(found))
    assert answers[0] == answers[1]


def test_stopping_at_once_still_says_what_is_true() -> None:
    found: Capacity = analyse(couples(13), Settings(seconds=30, workers=1), stop=lambda: True)
    assert found.tables is not None
    assert found.tables.at_least <= 3
    assert found.tables.reached.bound >= 13
    assert not found.tables.proven
    points = [found.now, *(point for curve in found.curves for point in curve.points)]
    assert all(_is_true_of_couples(point) for point in points)


def _is_true_of_couples(point: Point) -> bool:
    return point.value <= 13 and point.value <= point.bound
