"""What ways and half days cost one person, told as sums: never more than true."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solver_cases import slot, tiny_document

from solver.bounds import matching_bound
from solver.files import problem_from_json
from solver.possibilities import Possibilities
from solver.problem import Place, Problem
from solver.relaxed_rules import relax
from solver.slot_classes import one_class

SESSIONS = {"am": 3, "pm": 3}
SLOTS = [
    slot(f"{session}{n}", f"2026-10-14T{hour + n:02}:00", session)
    for session, hour in (("am", 8), ("pm", 13))
    for n in range(1, SESSIONS[session] + 1)
]
HALLS = ("east", "west")


@dataclass(frozen=True)
class Guest:
    """Whom the hero wants to meet: in which hall they have a stand, when they are there."""

    hall: str | None
    sessions: tuple[str, ...] = ("am", "pm")
    length: int = 1
    weight: int = 1


def wanting(guests: list[Guest], there: tuple[str, ...] = ("am", "pm"), walk: int = 1) -> Problem:
    """The hero, who is ``there``, wants to meet all guests; a way between the halls takes slots."""

    def away(sessions: tuple[str, ...]) -> list[str]:
        return [each["id"] for each in SLOTS if each["session"] not in sessions]

    stands = [(n, guest) for n, guest in enumerate(guests) if guest.hall is not None]
    document = tiny_document(
        slots=SLOTS,
        places=[
            *({"id": f"S{n}", "kind": "stand", "zone": guest.hall} for n, guest in stands),
            *({"id": f"T {hall}", "zone": hall} for hall in HALLS),
        ],
        participants=[
            {"id": "hero", "absent": away(there)},
            *(
                {"id": f"g{n}", "absent": away(guest.sessions)}
                | ({"place": f"S{n}"} if guest.hall is not None else {})
                for n, guest in enumerate(guests)
            ),
        ],
        meetings=[
            {
                "id": f"m{n}",
                "sides": [["hero"], [f"g{n}"]],
                "weight": guest.weight,
                "length": guest.length,
            }
            for n, guest in enumerate(guests)
        ],
        travel=[{"from": "east", "to": "west", "slots": walk}],
    )
    return problem_from_json(document)


def best(guests: list[Guest], there: tuple[str, ...] = ("am", "pm"), walk: int = 1) -> int:
    """By trying all days: session, first slot, length and hall of each meeting."""

    def extend(day: tuple[tuple[str, int, int, str], ...], left: list[Guest]) -> int:
        if not left:
            return 0
        guest, rest = left[0], left[1:]
        found = extend(day, rest)
        for session in set(there) & set(guest.sessions):
            for first in range(SESSIONS[session] - guest.length + 1):
                for hall in [guest.hall] if guest.hall else HALLS:
                    meeting = session, first, guest.length, hall
                    if all(fits(meeting, other) for other in day):
                        found = max(found, guest.weight + extend((*day, meeting), rest))
        return found

    def fits(one: tuple[str, int, int, str], other: tuple[str, int, int, str]) -> bool:
        (_, first, length, here), (_, later, _, there) = sorted((one, other), key=lambda m: m[1])
        between = later - first - length
        return one[0] != other[0] or between >= (walk if here != there else 0)

    return extend((), guests)


def bound(problem: Problem) -> int:
    return matching_bound(Possibilities(problem)).bound


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
