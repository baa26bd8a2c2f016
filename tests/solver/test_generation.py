"""Random forums: right files, the same bytes for the same seed, and what each family promises."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from solver.canonical import problem_to_json
from solver.files import problem_as_text, problem_from_json
from solver.generation import FAMILIES, Family, generate
from solver.problem import Problem

EVERY_FAMILY = sorted(FAMILIES)


@pytest.mark.parametrize("family", EVERY_FAMILY)
@pytest.mark.parametrize("participants", [2, 3, 60])
def test_a_generated_problem_has_no_fault(family: str, participants: int) -> None:
    problem = generate(participants, seed=5, family=family)
    assert len(problem.participants) == participants
    assert problem_from_json(problem_to_json(problem)) == problem


@pytest.mark.parametrize("family", EVERY_FAMILY)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(family: str) -> None:
    one, two, other = (
        problem_as_text(generate(40, seed=seed, family=family)) for seed in (7, 7, 8)
    )
    assert one == two
    assert one != other


def test_in_a_two_sided_forum_buyers_meet_suppliers() -> None:
    problem = generate(100, seed=1)
    buyers = {person.id for person in problem.participants[:50]}
    assert problem.meetings
    assert all(len(meeting.people() & buyers) == 1 for meeting in problem.meetings)


def test_anyone_meets_anyone_and_nobody_themselves() -> None:
    problem = generate(100, seed=1, family="anyone")
    buyers = {person.id for person in problem.participants[:50]}
    assert {len(meeting.people() & buyers) for meeting in problem.meetings} == {0, 1, 2}
    assert {len(meeting.people()) for meeting in problem.meetings} == {2}


def test_a_pair_has_one_meeting_with_both_grades() -> None:
    problem = generate(100, seed=1, family="anyone")
    pairs = Counter(meeting.people() for meeting in problem.meetings)
    assert set(pairs.values()) == {1}
    assert {meeting.weight for meeting in problem.meetings} == {4, 10, 13, 19, 25}


def wishes_per_person(problem: Problem) -> list[int]:
    counts = Counter(person for meeting in problem.meetings for person in meeting.people())
    return sorted(counts[person.id] for person in problem.participants)


def test_popularity_is_skewed() -> None:
    even = Family(two_sided=False, skew=0.0)
    flat, skewed = (wishes_per_person(generate(400, seed=3, family=replace(even, skew=skew)))
                    for skew in (0.0, 1.5))  # fmt: skip
    assert skewed[-1] > 2 * flat[-1]


@pytest.mark.parametrize(("family", "share"), [("half-absent", 0.5), ("often-absent", 0.65)])
def test_half_days_are_missed_but_never_all(family: str, share: float) -> None:
    problem = generate(1000, seed=2, family=family)
    sessions = problem.sessions
    missed = [
        sum(person.absent.issuperset(slots) for slots in sessions.values())
        for person in problem.participants
    ]
    halves = {len(person.absent) % 6 for person in problem.participants}
    assert halves == {0}
    assert max(missed) == len(sessions) - 1
    assert 0.6 * share < sum(missed) / (1000 * len(sessions)) < share


def test_stands_have_owners_and_seats() -> None:
    problem = generate(200, seed=1, family="stands")
    owners = [person for person in problem.participants if person.place is not None]
    stands = [place for place in problem.places or () if place.kind == "stand"]
    assert {person.place for person in owners} == {place.id for place in stands}
    assert {person.seats for person in owners} == {1, 2, 3}
    capacity = {place.id: place.capacity for place in stands}
    assert all(capacity[str(person.place)] == person.seats for person in owners)


def test_the_other_features_are_there() -> None:
    problem = generate(300, seed=1, family="everything")
    assert {meeting.length for meeting in problem.meetings} == {1, 2}
    assert {place.kind for place in problem.places or ()} == {"table", "stand", "online", "quiet"}
    assert [(way.origin, way.destination) for way in problem.travel] == [("hall 1", "hall 2")]
    assert len(problem.interpreters) == 12
    assert all(person.languages for person in problem.participants)
    assert {len(side) for meeting in problem.meetings for side in meeting.sides} == {1, 3}
    assert {person.min_meetings for person in problem.participants} == {1}


def test_a_delegation_meets_others_only() -> None:
    problem = generate(300, seed=1, family="delegations")
    delegation = {person.id: person.delegation for person in problem.participants}
    for meeting in problem.meetings:
        first, second = ({delegation[person] for person in side} for side in meeting.sides)
        assert not (first & second - {None})


def test_slots_are_in_order_with_time_to_change_over() -> None:
    slots = generate(2, seed=1).slots
    assert all(earlier.end < later.start for earlier, later in pairwise(slots))
    assert {slot.session for slot in slots} == {"d1-am", "d1-pm", "d2-am", "d2-pm"}


def test_the_reference_names_every_family() -> None:
    text = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
    table = text[text.index("| family |") :].split("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", table)) == set(FAMILIES)


def test_all_rules_are_in_play_where_a_family_says_so() -> None:
    problem = generate(300, seed=1, family="all-rules")
    people, meetings = problem.participants, problem.meetings
    assert {limit.together for limit in problem.limits} == {True, False}
    assert problem.exclusive
    assert problem.travel
    assert problem.interpreters
    assert {place.kind for place in problem.places or ()} == {"table", "stand", "online", "quiet"}
    assert any(place.closed for place in problem.places or ())
    for told in ("max_meetings", "max_in_a_row", "absent", "min_meetings", "remote", "place"):
        assert any(getattr(person, told) for person in people), told
    for told in ("must", "slots", "after"):
        assert any(getattr(meeting, told) for meeting in meetings), told
    assert {meeting.length for meeting in meetings} == {1, 2}
    assert {len(meeting.sides) for meeting in meetings} == {2, 3}
    assert {1, 3} <= {len(meeting.sides[0]) for meeting in meetings}
