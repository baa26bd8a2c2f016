"""One search of the model, whatever the clock says."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.clock import Clock
from solver.search import Effort, Outcome, search
from solver.settings import Settings


def test_a_search_that_begins_after_its_end_finds_nothing_and_breaks_nothing() -> None:
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(str(number)) for number in range(40)]
    model.add(sum(chosen) <= 20)
    model.maximize(sum(chosen))
    settings = Settings(seconds=1)
    found = search(
        model, Clock(settings, None), settings, Effort(-0.04), lambda _value, _bound: None
    )
    assert found.outcome is not Outcome.IMPOSSIBLE
