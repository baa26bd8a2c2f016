"""Small problems for tests: one tiny forum to build on, and random ones with every feature."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from solver.files import problem_from_json
from solver.problem import Problem

LANGUAGES = ("ar", "fr", "en", "es")


def tiny_document(**changes: Any) -> dict[str, Any]:
    """Amal (buyer), Bilal and Chen (suppliers), two tables, a morning and an afternoon of three
    slots each; each of the three pairs may meet. ``changes`` replace top-level fields.
    """
    return {
        "format": "matchmaker-problem/1",
        "name": "Tiny forum",
        "timezone": "Africa/Casablanca",
        "slots": [
            slot(f"{name}{number}", f"2026-10-14T{hour + number - 1:02}:00", name)
            for name, hour in (("am", 9), ("pm", 14))
            for number in (1, 2, 3)
        ],
        "places": [{"id": "T1"}, {"id": "T2"}],
        "participants": [{"id": "amal"}, {"id": "bilal"}, {"id": "chen"}],
        "meetings": [
            {"id": "ab", "sides": [["amal"], ["bilal"]], "weight": 10},
            {"id": "ac", "sides": [["amal"], ["chen"]], "weight": 4},
            {"id": "bc", "sides": [["bilal"], ["chen"]]},
        ],
        "rules": {"pause_within_session": 0},
    } | changes


def tiny_problem(**changes: Any) -> Problem:
    return problem_from_json(tiny_document(**changes))


def couples(count: int, **changes: Any) -> Problem:
    """So many couples, each with one wish."""
    return tiny_problem(
        participants=[{"id": f"{side}{n}"} for n in range(count) for side in "ab"],
        meetings=[{"id": f"m{n}", "sides": [[f"a{n}"], [f"b{n}"]]} for n in range(count)],
        **changes,
    )


def slot(name: str, start: str, session: str, minutes: int = 60) -> dict[str, Any]:
    end = datetime.fromisoformat(start) + timedelta(minutes=minutes)
    return {"id": name, "start": start, "end": end.isoformat("T", "minutes"), "session": session}


def small_problem(seed: int, *, musts: bool = True, published: bool | None = None) -> Problem:
    """A random problem of about ten people in which every feature may appear (see below)."""
    return problem_from_json(small_document(seed, musts=musts, published=published))


def small_document(
    seed: int, *, musts: bool = True, published: bool | None = None
) -> dict[str, Any]:
    """The same seed gives the same document. ``published`` None: one in three has some."""
    draw = random.Random(seed)
    slots = _slots(draw)
    names = [row["id"] for row in slots]
    places = _places(draw, names)
    people = _people(draw, names, places)
    meetings = _meetings(draw, names, people, places, musts)
    document = {
        "format": "matchmaker-problem/1",
        "name": f"Small forum {seed}",
        "slots": slots,
        "participants": people,
        "interpreters": _interpreters(draw, names),
        "meetings": meetings,
        "limits": _limits(draw, names, people),
        "exclusive": _exclusive(draw, meetings),
        "travel": _travel(draw),
        "rules": _rules(draw, slots),
        "goals": _goals(draw),
    }
    if places is not None:
        document["places"] = places
    if published or (published is None and draw.random() < 1 / 3):
        document["published"] = _published(draw, document)
        document["rules"] |= _rules_of_publication(draw, slots)
    return document


def _some(draw: random.Random, items: list[Any], share: float) -> list[Any]:
    return [item for item in items if draw.random() < share]


def _slots(draw: random.Random) -> list[dict[str, Any]]:
    slots = []
    for day in range(draw.choice([1, 1, 2])):
        for session, hour in (("am", 9), ("pm", 14)):
            for number in range(draw.choice([2, 3, 4])):
                start = datetime(2026, 10, 14 + day, hour) + timedelta(minutes=25 * number)
                name = f"d{day}{session}"
                slots.append(slot(f"{name}{number}", start.isoformat("T", "minutes"), name, 20))
    return slots


def _places(draw: random.Random, slots: list[str]) -> list[dict[str, Any]] | None:
    if draw.random() < 0.1:
        return None
    kinds = ["table"] * draw.randint(1, 3) + ["stand"] * draw.randint(0, 2)
    kinds += draw.choice([[], ["online"], ["online", "quiet"], ["quiet"]])
    return [
        {
            "id": f"{kind[0].upper()}{number}",
            "kind": kind,
            "zone": draw.choice(["north", "south", None]),
            "capacity": draw.choice([1, 1, 1, 2]),
            "closed": _some(draw, slots, 0.1),
        }
        for number, kind in enumerate(kinds)
    ]


def _people(
    draw: random.Random, slots: list[str], places: list[dict[str, Any]] | None
) -> list[dict[str, Any]]:
    stands = [place["id"] for place in places or () if place["kind"] == "stand"]
    return [
        {
            "id": f"p{number}",
            "absent": _some(draw, slots, draw.choice([0, 0, 0.3])),
            "seats": draw.choice([1, 1, 1, 1, 2]),
            "max_meetings": draw.choice([None, None, 1, 3]),
            "min_meetings": draw.choice([0, 0, 1, 2]),
            "max_in_a_row": draw.choice([None, None, 1, 2]),
            "place": draw.choice([*stands, None, None, None]),
            "languages": sorted(draw.sample(LANGUAGES, draw.choice([0, 1, 2, 3]))),
            "remote": draw.random() < 0.15,
        }
        for number in range(draw.randint(4, 9))
    ]


def _interpreters(draw: random.Random, slots: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"i{number}",
            "languages": sorted(draw.sample(LANGUAGES, draw.choice([2, 3]))),
            "absent": _some(draw, slots, 0.2),
        }
        for number in range(draw.randint(0, 3))
    ]


def _meetings(
    draw: random.Random,
    slots: list[str],
    people: list[dict[str, Any]],
    places: list[dict[str, Any]] | None,
    musts: bool,
) -> list[dict[str, Any]]:
    names = [person["id"] for person in people]
    on_site = [place["id"] for place in places or () if place["kind"] in ("table", "stand")]
    meetings = []
    for number in range(draw.randint(4, 14)):
        meeting = {
            "id": f"m{number:02}",
            "sides": _sides(draw, names),
            "weight": draw.choice([0, 1, 4, 10, 15]),
            "must": musts and draw.random() < 0.1,
            "length": draw.choice([1, 1, 1, 1, 2]),
            "slots": draw.choice([None, None, None, _some(draw, slots, 0.5)]),
            "fixed_slot": draw.choice([None] * 9 + slots[:1]),
            "place": draw.choice([None] * 9 + on_site[:1]),
            "after": [row["id"] for row in _some(draw, meetings, 0.05)],
        }
        meetings.append(meeting)
    return meetings


def _sides(draw: random.Random, names: list[str]) -> list[list[str]]:
    count = draw.choice([2, 2, 2, 2, 3])
    firsts = draw.sample(names, count)
    return [
        [first, *_some(draw, [name for name in names if name != first], 0.05)] for first in firsts
    ]


def _limits(
    draw: random.Random, slots: list[str], people: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    limits = []
    for _ in range(draw.choice([0, 0, 1, 2])):
        within = draw.sample(slots, draw.randint(1, len(slots)))
        limits.append(
            {
                "participants": draw.sample([p["id"] for p in people], draw.randint(1, 3)),
                "slots": within,
                "max_meetings": draw.choice([None, 1, 2]),
                "free_slots": draw.choice([None, 1, (len(within) + 1) // 2]),
                "together": draw.random() < 0.3,
            }
        )
    return limits


def _exclusive(draw: random.Random, meetings: list[dict[str, Any]]) -> list[list[str]]:
    names = [meeting["id"] for meeting in meetings]
    return [draw.sample(names, draw.choice([2, 3])) for _ in range(draw.choice([0, 0, 1]))]


def _travel(draw: random.Random) -> list[dict[str, Any]]:
    pairs = [("north", "south"), ("north", "north")]
    return [
        {"from": origin, "to": destination, "slots": draw.choice([1, 1, 2])}
        for origin, destination in pairs[: draw.choice([0, 0, 1, 1, 1, 2])]
    ]


def _rules(draw: random.Random, slots: list[dict[str, Any]]) -> dict[str, Any]:
    rules = {
        "breaks_per_participant": draw.choice([None, None, 0, 1, 2]),
        "breaks_within": draw.choice(["session", "day", "event"]),
        "absence_is_idle": draw.random() < 0.3,
    }
    if draw.random() < 0.1:
        rules["now"] = draw.choice(slots)["start"]
    return rules


def _goals(draw: random.Random) -> list[Any] | None:
    wishes = {"goal": "wishes", "slack": draw.choice([0.01, 0.1])}
    return draw.choice(
        [
            None,
            None,
            ["wishes"],
            ["wishes", "breaks", "moves"],
            ["minimum", wishes, "worst_off"],
            ["worst_off", "wishes", "moves"],
        ]
    )


def _published(draw: random.Random, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Meetings at random times and places; where they break no rule alone they can stay."""
    slots = [row["id"] for row in document["slots"]]
    places = [row["id"] for row in document.get("places", ()) if row["kind"] in ("table", "stand")]
    rows, taken = [], set()
    for meeting in _some(draw, document["meetings"], 0.5):
        start = draw.choice(slots)
        people = [draw.choice(side) for side in meeting["sides"]]
        seats = {(start, name) for name in people}
        if taken & seats and draw.random() < 0.9:
            continue
        taken |= seats
        rows.append(
            {
                "meeting": meeting["id"],
                "slot": start,
                "place": draw.choice(places) if places else None,
                "participants": people,
                "locked": draw.random() < 0.2,
            }
        )
    return rows


def _rules_of_publication(draw: random.Random, slots: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "now": draw.choice([None, None, slots[len(slots) // 3]["start"]]),
        "max_changes": draw.choice([None, None, None, 3, 6]),
    }


def rename(value: Any, draw: random.Random, names: dict[str, str] | None = None) -> Any:
    """The same document with every participant, meeting and place called something else."""
    if names is None:
        rows = [*value["participants"], *value["meetings"], *value.get("places", ())]
        numbers = draw.sample(range(1000), len(rows))
        names = {row["id"]: f"x{number:03}" for row, number in zip(rows, numbers, strict=True)}
    if isinstance(value, dict):
        return {key: rename(each, draw, names) for key, each in value.items()}
    if isinstance(value, list):
        return [rename(each, draw, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value
