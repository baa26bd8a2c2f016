"""What blocks a meeting blocks it altogether, and without any one of it there would be a way.

Judged by the independent check: every way to hold the meeting breaks something that is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from solver_cases import small_problem, tiny_document, tiny_problem
from solver_schedules import place, placed

from solver.blockers import find_blockers
from solver.bounds import matching_bound
from solver.construction import construct
from solver.facts import Fact
from solver.obstacles import Survey
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Meeting, Problem
from solver.roster import Roster
from solver.schedule import PlacedMeeting, Schedule, Status
from solver.telling import Teller
from solver.validation import Violation, violations
from solver.wording import Wording

OF_ONE_WAY = {"side", "place_kind", "own_place", "online", "language"}
PLACES = {"place_taken", "place_closed"}


def survey_of(problem: Problem, meetings: tuple[PlacedMeeting, ...]) -> Survey:
    return Survey(Openings(Roster(Possibilities(problem)).load(meetings)))


def broken(problem: Problem, meetings: tuple[PlacedMeeting, ...]) -> list[Violation]:
    schedule = Schedule(problem_sha256="", status=Status.INCOMPLETE, meetings=meetings)
    return violations(problem, schedule)


def ways(problem: Problem, meeting: Meeting) -> Iterator[PlacedMeeting]:
    """With whom, where and by whose help it may be at all, in every slot."""
    places = [None, *(each.id for each in problem.places or ())]
    helpers = [None, *(each.id for each in problem.interpreters)]
    for people in product(*meeting.sides):
        kinds = [
            PlacedMeeting(
                meeting=meeting.id,
                slot=problem.slots[0].id,
                place=where,
                room=room,
                participants=people,
                interpreter=helper,
            )
            for where, room, helper in product(places, places, helpers)
        ]
        for kind in kinds:
            if OF_ONE_WAY.isdisjoint(each.rule for each in broken(problem, (kind,))):
                yield kind


def in_slot(way: PlacedMeeting, slot: str) -> PlacedMeeting:
    return PlacedMeeting(
        meeting=way.meeting,
        slot=slot,
        place=way.place,
        room=way.room,
        participants=way.participants,
        interpreter=way.interpreter,
    )


def speaks_of(problem: Problem, fact: Fact, violation: Violation, way: PlacedMeeting) -> bool:
    """Is this what the fact says?"""
    start = problem.slot_position[way.slot]
    slots = {problem.slot_position[slot] for slot in violation.slots}
    if fact.rule == "interpreter":
        helped = violation.rule == "interpreter" or not violation.participants
        return helped and violation.rule in ("interpreter", "travel") and start == fact.slots[0]
    if fact.rule in PLACES:
        pools = [pool for pool in Possibilities(problem).pools.all if pool.name in fact.subject]
        known = {way.place, way.room} & {each.id for pool in pools for each in pool.places}
        return violation.rule in PLACES and start == fact.slots[0] and bool(known)
    if fact.rule != violation.rule:
        return False
    if fact.rule in ("absent", "busy"):
        return fact.participants == violation.participants and bool(slots & set(fact.slots))
    if fact.rule in ("exclusive", "after"):
        return set(fact.meetings) <= set(violation.meetings) and start in (fact.slots or (start,))
    if fact.rule == "travel":
        same = fact.participants == violation.participants
        return same and start in fact.slots and set(fact.meetings) <= set(violation.meetings)
    if fact.rule == "limits":
        named = f"limit {fact.subject[0]},"
        return violation.text.startswith(named) and start in fact.slots
    return fact.participants in ((), violation.participants) and start in (fact.slots or (start,))


@pytest.mark.parametrize("seed", range(700, 740))
def test_the_blockers_block_every_way_and_none_of_them_is_idle(seed: int) -> None:
    problem = small_problem(seed, musts=False, published=False)
    meetings = first_schedule(problem)
    survey = survey_of(problem, meetings)
    before = {each.text for each in broken(problem, meetings)}
    taken = {row.meeting for row in meetings}
    for meeting in [each for each in problem.meetings if each.id not in taken][:2]:
        blockers = find_blockers(survey.of(meeting))
        kinds = list(ways(problem, meeting))
        if not kinds or any(fact.rule in OF_ONE_WAY for fact in blockers):
            assert blockers
            continue
        hit = [
            {
                fact
                for fact in blockers
                for each in broken(problem, (*meetings, way))
                if each.text not in before and speaks_of(problem, fact, each, way)
            }
            for slot in problem.slots
            for way in [in_slot(kind, slot.id) for kind in kinds]
        ]
        assert all(hit), meeting.id
        assert all({fact} in hit for fact in blockers), meeting.id


def first_schedule(problem: Problem) -> tuple[PlacedMeeting, ...]:
    possibilities = Possibilities(problem)
    return tuple(construct(possibilities, matching_bound(possibilities), lambda: True).values())


def told(problem: Problem, rows: list[dict[str, object]], meeting: str) -> list[str]:
    survey = survey_of(problem, placed(problem, rows))
    facts = find_blockers(survey.of(problem.meeting_by_id[meeting]))
    teller = Teller(Wording(problem), survey.roster.placed, survey.possibilities.pools.all)
    return [reason.text for reason in teller.reasons(facts)]


def test_two_who_share_no_free_slot_are_told_with_what_each_does() -> None:
    people = [
        {"id": "amal", "name": "Amal", "absent": ["am3", "pm1", "pm2", "pm3"]},
        {"id": "bilal", "name": "Bilal"},
        {"id": "chen", "name": "Chen"},
    ]
    rows = [place("ac", "am1", "T1"), place("bc", "am2", "T1")]
    assert told(tiny_problem(participants=people), rows, "ab") == [
        "Amal is absent at 11:00 and from 14:00 to 17:00.",
        "Amal is in other meetings: at 09:00 with Chen (ac).",
        "Bilal is in other meetings: at 10:00 with Chen (bc).",
    ]


def test_tables_taken_at_the_only_common_time_are_counted() -> None:
    document = tiny_document()
    meetings = [row | {"slots": ["am1"]} for row in document["meetings"]]
    rows = [place("cd", "am1", "T1")]
    problem = tiny_problem(
        participants=[*document["participants"], {"id": "dounia"}],
        meetings=[*meetings, {"id": "cd", "sides": [["chen"], ["dounia"]]}],
        places=[{"id": "T1"}, {"id": "T2", "closed": ["am1"]}],
    )
    assert told(problem, rows, "ab") == [
        "It may not start at 10:00 and 11:00 and from 14:00 to 17:00.",
        "None of the 2 tables is free at 09:00.",
    ]


def test_somebody_who_is_full_is_blocker_enough() -> None:
    people = [{"id": "amal", "max_meetings": 1}, {"id": "bilal"}, {"id": "chen"}]
    rows = [place("ac", "am1", "T1")]
    problem = tiny_problem(participants=people)
    assert told(problem, rows, "ab") == ["Amal has 1 meeting and may have no more than 1."]


def test_a_meeting_that_could_be_placed_has_no_blockers() -> None:
    assert told(tiny_problem(), [place("ac", "am1", "T1")], "ab") == []
