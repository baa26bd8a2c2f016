"""More room never makes a schedule worse, less rule neither, and names mean nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from solver_cases import rename, slot, small_document

from solver.engine import solve
from solver.files import problem_from_json
from solver.schedule import GoalResult, Schedule, Status
from solver.settings import Settings

REPEATABLE = Settings(seconds=None, steps=100, workers=1)
LESS_IS_BETTER = {"minimum", "stability", "worst_off", "breaks", "moves"}
Document = dict[str, Any]
a_few = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
seeds = st.integers(0, 100_000)


def solved(document: Document) -> Schedule:
    return solve(problem_from_json(document), REPEATABLE)


def without_slack(seed: int) -> Document:
    document = small_document(seed, published=False)
    goals = document["goals"] or []
    names = [goal["goal"] if isinstance(goal, dict) else goal for goal in goals]
    return document | {"goals": names or None}


def better_or_equal(goal: GoalResult, before: GoalResult) -> bool:
    new, old = as_list(goal), as_list(before)
    return new <= old if goal.goal in LESS_IS_BETTER else new >= old


def as_list(goal: GoalResult) -> list[int]:
    return list(goal.value) if isinstance(goal.value, tuple) else [goal.value]


def assert_not_worse(after: Schedule, before: Schedule) -> None:
    """The goals in their order, as long as both are proven: the first that differs decides."""
    assume(before.status in (Status.OPTIMAL, Status.FEASIBLE))
    assert after.status is not Status.INFEASIBLE
    for new, old in zip(after.goals, before.goals, strict=True):
        if not (new.proven and old.proven):
            return
        assert better_or_equal(new, old), (new, old)
        if new.value != old.value:
            return


@a_few
@given(seeds)
def test_one_more_table_never_worsens_the_goals(seed: int) -> None:
    document = without_slack(seed)
    assume("places" in document)
    places = [*document["places"], {"id": "one more"}]
    assert_not_worse(solved(document | {"places": places}), solved(document))


@a_few
@given(seeds)
def test_one_more_session_at_the_end_never_worsens_the_goals(seed: int) -> None:
    document = without_slack(seed)
    slots = [*document["slots"], slot("one more", "2026-10-20T09:00", "last")]
    assert_not_worse(solved(document | {"slots": slots}), solved(document))


def each_person(field: str) -> Callable[[Document], None]:
    def relax(document: Document) -> None:
        for row in document["participants"]:
            row.pop(field, None)

    return relax


def each_meeting(field: str) -> Callable[[Document], None]:
    def relax(document: Document) -> None:
        for row in document["meetings"]:
            row.pop(field, None)

    return relax


def each_place(field: str) -> Callable[[Document], None]:
    def relax(document: Document) -> None:
        for row in document.get("places", ()):
            row.pop(field, None)

    return relax


def whole(field: str) -> Callable[[Document], None]:
    return lambda document: document.pop(field, None)


RELAXED: dict[str, Callable[[Document], object]] = {
    "must": each_meeting("must"),
    "length": each_meeting("length"),
    "start_slot": lambda document: (
        each_meeting("slots")(document),
        each_meeting("fixed_slot")(document),
    ),
    "after": each_meeting("after"),
    "absent": each_person("absent"),
    "max_meetings": each_person("max_meetings"),
    "max_in_a_row": each_person("max_in_a_row"),
    "language": each_person("languages"),
    "place_closed": each_place("closed"),
    "travel": whole("travel"),
    "limits": whole("limits"),
    "exclusive": whole("exclusive"),
    "breaks": lambda document: document["rules"].pop("breaks_per_participant"),
}


@settings(a_few, max_examples=26)
@given(seeds, st.sampled_from(sorted(RELAXED)))
def test_a_relaxed_rule_never_worsens_the_first_goal(seed: int, rule: str) -> None:
    before = solved(without_slack(seed))
    document = without_slack(seed)
    if rule in ("absent", "length"):  # an idle slot more can be a break too many
        RELAXED["breaks"](document)
    RELAXED[rule](document)
    after = solved(document)
    assume(before.status in (Status.OPTIMAL, Status.FEASIBLE))
    first, earlier = after.goals[0], before.goals[0]
    if first.proven and earlier.proven:
        assert better_or_equal(first, earlier), rule


@a_few
@given(seeds)
def test_other_names_change_no_value(seed: int) -> None:
    document = small_document(seed)
    renamed = rename(document, random.Random(seed))
    before, after = solved(document), solved(renamed)
    assert after.status is before.status
    assert after.goals == before.goals
