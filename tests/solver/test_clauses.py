"""Clauses say what the model says: the same assignments, no more and no fewer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import product

import pytest
from pysat.solvers import Cadical195
from solver_cases import small_problem

from solver.clauses import Clauses
from solver.cp_sat import cp_model
from solver.model import build
from solver.possibilities import Possibilities
from solver.roster import Roster
from solver.translation import Untranslatable, literal_of, translate

NAMES = 5


def holds(model: cp_model.CpModel, values: tuple[int, ...]) -> bool:
    copy = model.clone()
    for index, value in enumerate(values):
        copy.add(copy.get_bool_var_from_proto_index(index) == value)
    return bool(cp_model.CpSolver().solve(copy) == cp_model.OPTIMAL)


def random_row(draw: random.Random, model: cp_model.CpModel, names: list[cp_model.IntVar]) -> None:
    chosen = draw.sample(names, draw.randint(2, NAMES))
    literals = [each if draw.random() < 0.7 else ~each for each in chosen]
    least = draw.choice([-5, 0, 1])
    kinds = [
        lambda: model.add_bool_or(literals),
        lambda: model.add_bool_and(literals[1:]).only_enforce_if(literals[0]),
        lambda: model.add_at_most_one(literals),
        lambda: model.add_exactly_one(literals),
        lambda: model.add(sum(literals) <= draw.randint(0, 4)),
        lambda: model.add(sum(literals[1:]) == literals[0]),
        lambda: model.add(sum(draw.choice([-2, 1, 3]) * each for each in literals) <= 2),
        lambda: model.add_linear_constraint(sum(literals), least, draw.randint(1, 3)),
        lambda: model.add(sum(literals[1:]) >= 1).only_enforce_if(literals[0]),
        lambda: model.add_max_equality(literals[0], literals[1:]),
    ]
    draw.choice(kinds)()


def test_clauses_allow_exactly_what_the_model_allows() -> None:
    for seed in range(60):
        draw = random.Random(seed)
        model = cp_model.CpModel()
        names = [model.new_bool_var("") for _ in range(NAMES)]
        for _ in range(2):
            random_row(draw, model, names)
        with Cadical195(bootstrap_with=translate(model).rows) as solver:
            for values in product((0, 1), repeat=NAMES):
                assumed = [
                    each.index + 1 if v else -each.index - 1
                    for each, v in zip(names, values, strict=True)
                ]
                assert solver.solve(assumptions=assumed) == holds(model, values)


@pytest.mark.parametrize("count", [Clauses.sort, Clauses.total])
def test_sorting_and_totals_count_truths(
    count: Callable[[Clauses, Sequence[int], int], list[int]],
) -> None:
    for number in range(1, 8):
        clauses = Clauses(number)
        outputs = count(clauses, range(1, number + 1), number)
        with Cadical195(bootstrap_with=clauses.rows) as solver:
            for values in product((0, 1), repeat=number):
                assert solver.solve(
                    [index + 1 if v else -index - 1 for index, v in enumerate(values)]
                )
                truths = set(solver.get_model())
                assert [each in truths for each in outputs] == [
                    i < sum(values) for i in range(number)
                ]


def test_counters_in_turn_allow_exactly_or_at_most_so_many() -> None:
    for number, most in product(range(1, 7), range(8)):
        exact, limited = Clauses(number), Clauses(number)
        counts = exact.exactly(range(1, number + 1), most)
        limited.at_most_in_turn(range(1, number + 1), most)
        with (
            Cadical195(bootstrap_with=exact.rows) as one,
            Cadical195(bootstrap_with=limited.rows) as other,
        ):
            for values in product((0, 1), repeat=number):
                assumed = [index + 1 if v else -index - 1 for index, v in enumerate(values)]
                assert one.solve(assumed) == (sum(values) == most)
                if sum(values) == most:
                    true = set(one.get_model())
                    assert all(
                        [each in true for each in row[: most + 1]]
                        == [sum(values[:index]) >= count for count in range(most + 1)]
                        for index, row in enumerate(counts, 1)
                    )
                assert other.solve(assumed) == (sum(values) <= most)


def test_totals_one_way_are_true_where_they_have_to_be() -> None:
    for number, first in product(range(2, 7), range(1, 7)):
        clauses = Clauses(number)
        outputs = clauses.total(range(1, number + 1), first, both_ways=False)
        with Cadical195(bootstrap_with=clauses.rows) as solver:
            for values in product((0, 1), repeat=number):
                assumed = [index + 1 if v else -index - 1 for index, v in enumerate(values)]
                for index, output in enumerate(outputs):
                    assert solver.solve([*assumed, -output]) == (sum(values) <= index)


def test_totals_cut_short_say_the_same_of_what_is_left() -> None:
    for number, first in product(range(2, 7), range(1, 7)):
        clauses = Clauses(number)
        outputs = clauses.total(range(1, number + 1), first)
        with Cadical195(bootstrap_with=clauses.rows) as solver:
            for values in product((0, 1), repeat=number):
                assert solver.solve(
                    [index + 1 if v else -index - 1 for index, v in enumerate(values)]
                )
                truths = set(solver.get_model())
                assert [each in truths for each in outputs] == [
                    i < sum(values) for i in range(min(first, number))
                ]


def test_long_at_most_one_is_cut_in_groups_and_still_says_it() -> None:
    clauses = Clauses(60)
    clauses.at_most_one(range(1, 61))
    with Cadical195(bootstrap_with=clauses.rows) as solver:
        assert solver.solve([1])
        assert all(not solver.solve([one, other]) for one in (1, 13, 30) for other in (2, 31, 60))


def test_a_model_with_whole_numbers_is_refused() -> None:
    model = cp_model.CpModel()
    model.new_int_var(0, 3, "")
    with pytest.raises(Untranslatable):
        translate(model)


def test_every_rule_of_the_model_has_clauses() -> None:
    for seed in range(25):
        possibilities = Possibilities(small_problem(seed))
        roster = Roster(possibilities)
        free = [each for each in possibilities.meetings if each.id not in roster.placed]
        v = build(possibilities, roster, free)
        with Cadical195(bootstrap_with=translate(v.model).rows) as solver:
            answer = solver.solve()
        status = cp_model.CpSolver().solve(v.model)
        assert answer == (status in (cp_model.OPTIMAL, cp_model.FEASIBLE))


def test_negation_of_a_literal_is_its_negative() -> None:
    variable = cp_model.CpModel().new_bool_var("")
    assert literal_of((~variable).index) == -literal_of(variable.index)
