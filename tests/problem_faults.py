"""Tables of faults in a problem file: what is wrong, and the line that says so."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from solver_cases import tiny_document

ZONES = '(such as "Africa/Casablanca")'
TIMES = "is not a time of the form YYYY-MM-DDTHH:MM"
GOALS = "minimum, stability, wishes, worst_off, breaks, moves"
NO_PAUSE = {"pause_within_session": 0}


def with_row(field: str, position: int, **changes: Any) -> dict[str, Any]:
    document = deepcopy(tiny_document())
    document[field][position] |= changes
    return document


ROW_FAULTS = [
    ("slots", 0, {"id": None}, "slots[0].id: is missing"),
    ("slots", 0, {"id": ""}, "slots[0].id: is empty"),
    ("slots", 0, {"id": 7}, "slots[0].id: 7 is not a text"),
    ("slots", 1, {"id": "am1"}, 'slots[1].id: "am1" is already the id of slots[0]'),
    ("slots", 0, {"session": None}, "slots[0].session: is missing"),
    (
        "slots",
        0,
        {"start": "2026-10-14 09:00"},
        'slots[0].start: "2026-10-14 09:00" ' + TIMES,
    ),
    (
        "slots",
        0,
        {"start": "2026-02-30T09:00"},
        'slots[0].start: "2026-02-30T09:00" ' + TIMES,
    ),
    (
        "slots",
        0,
        {"end": "2026-10-14T09:00"},
        'slots[0].end: "2026-10-14T09:00" is not after the start',
    ),
    ("slots", 0, {"end": "2026-10-14T10:30"}, 'slots[1]: overlaps slots[0] "am1"'),
    (
        "slots",
        0,
        {"end": "2026-10-14T09:45"},
        'slots[1]: 15 minutes after slots[0] "am1" of the same session, '
        "more than pause_within_session (0)",
    ),
    (
        "places",
        0,
        {"kind": "desk"},
        'places[0].kind: "desk" is none of table, stand, online, quiet',
    ),
    ("places", 0, {"capacity": 0}, "places[0].capacity: 0 is less than 1"),
    ("places", 0, {"closed": ["am9"]}, 'places[0].closed[0]: no slot "am9"'),
    ("places", 0, {"closed": "am1"}, 'places[0].closed: "am1" is not a list'),
    ("places", 0, {"zone": 3}, "places[0].zone: 3 is not a text"),
    ("participants", 2, {"absent": ["am1", "x"]}, 'participants[2].absent[1]: no slot "x"'),
    ("participants", 2, {"absent": [None]}, "participants[2].absent[0]: null is not a text"),
    ("participants", 2, {"seats": 0}, "participants[2].seats: 0 is less than 1"),
    ("participants", 2, {"seats": True}, "participants[2].seats: true is not a whole number"),
    ("participants", 2, {"seats": 1.5}, "participants[2].seats: 1.5 is not a whole number"),
    ("participants", 2, {"max_meetings": 0}, "participants[2].max_meetings: 0 is less than 1"),
    ("participants", 2, {"min_meetings": -1}, "participants[2].min_meetings: -1 is less than 0"),
    ("participants", 2, {"max_in_a_row": 0}, "participants[2].max_in_a_row: 0 is less than 1"),
    ("participants", 2, {"place": "T9"}, 'participants[2].place: no place "T9"'),
    ("participants", 2, {"languages": [1]}, "participants[2].languages[0]: 1 is not a text"),
    ("participants", 2, {"remote": 1}, "participants[2].remote: 1 is neither true nor false"),
    (
        "participants",
        2,
        {"id": "amal"},
        'participants[2].id: "amal" is already the id of participants[0]',
    ),
    (
        "participants",
        2,
        {"abscent": []},
        'participants[2].abscent: unknown field; did you mean "absent"?',
    ),
    ("participants", 2, {"shoe": 43}, "participants[2].shoe: unknown field"),
    (
        "participants",
        2,
        {"name": "\ud800"},
        'participants[2].name: "\\ud800" holds half a character (a lone surrogate)',
    ),
    ("meetings", 0, {"sides": None}, "meetings[0].sides: is missing"),
    ("meetings", 0, {"sides": [["amal"]]}, "meetings[0].sides: fewer than two sides"),
    (
        "meetings",
        0,
        {"sides": [["amal"], []]},
        "meetings[0].sides[1]: an empty side; list at least one participant",
    ),
    ("meetings", 0, {"sides": [["amal"], "chen"]}, 'meetings[0].sides[1]: "chen" is not a list'),
    (
        "meetings",
        0,
        {"sides": [["amal"], ["dora"]]},
        'meetings[0].sides[1][0]: no participant "dora"',
    ),
    ("meetings", 0, {"weight": -1}, "meetings[0].weight: -1 is less than 0"),
    (
        "meetings",
        0,
        {"weight": 1000000001},
        "meetings[0].weight: 1000000001 is more than 1000000000",
    ),
    ("meetings", 0, {"weight": "10"}, 'meetings[0].weight: "10" is not a whole number'),
    ("meetings", 0, {"must": "yes"}, 'meetings[0].must: "yes" is neither true nor false'),
    ("meetings", 0, {"length": 0}, "meetings[0].length: 0 is less than 1"),
    ("meetings", 0, {"slots": ["am9"]}, 'meetings[0].slots[0]: no slot "am9"'),
    ("meetings", 0, {"fixed_slot": "am9"}, 'meetings[0].fixed_slot: no slot "am9"'),
    ("meetings", 0, {"place": "T9"}, 'meetings[0].place: no place "T9"'),
    ("meetings", 0, {"after": ["zz"]}, 'meetings[0].after[0]: no meeting "zz"'),
    (
        "meetings",
        0,
        {"after": ["ab"]},
        'meetings[0].after: the meeting "ab" is said to come after itself',
    ),
]


TOP_FAULTS = [
    (
        {"format": "matchmaker-problem/2"},
        'format: "matchmaker-problem/2" is not "matchmaker-problem/1"',
    ),
    ({"format": None}, "format: is missing"),
    ({"slots": None, "meetings": []}, "slots: is missing"),
    ({"participants": None, "meetings": []}, "participants: is missing"),
    ({"meetings": None}, "meetings: is missing"),
    ({"meetings": {}}, "meetings: an object is not a list"),
    ({"meetings": [4]}, "meetings[0]: 4 is not an object"),
    ({"timezone": "Mars/Olympus"}, 'timezone: "Mars/Olympus" is no known time zone ' + ZONES),
    ({"timezone": "../etc"}, 'timezone: "../etc" is no known time zone ' + ZONES),
    ({"wishes": []}, "wishes: unknown field"),
    ({"rules": {"now": "today"} | NO_PAUSE}, 'rules.now: "today" ' + TIMES),
    (
        {"rules": {"breaks_within": "week"} | NO_PAUSE},
        'rules.breaks_within: "week" is none of session, day, event',
    ),
    ({"rules": {"max_changes": -1} | NO_PAUSE}, "rules.max_changes: -1 is less than 0"),
    ({"limits": [{"participants": ["amal"]}]}, "limits[0].slots: is missing"),
    (
        {"limits": [{"participants": ["amal"], "slots": ["am1"], "max_meetings": 0}]},
        "limits[0].max_meetings: 0 is less than 1",
    ),
    (
        {"limits": [{"participants": ["amal"], "slots": ["am1"], "free_slots": 2}]},
        "limits[0].free_slots: 2 slots shall stay free, 1 are listed",
    ),
    ({"exclusive": [["ab", "zz"]]}, 'exclusive[0][1]: no meeting "zz"'),
    ({"exclusive": ["ab"]}, 'exclusive[0]: "ab" is not a list'),
    (
        {"travel": [{"from": "N", "to": "S", "slots": 1}, {"from": "S", "to": "N", "slots": 1}]},
        'travel[1]: the pair "S" and "N" is already given in travel[0]',
    ),
    ({"travel": [{"from": "N", "to": "S"}]}, "travel[0].slots: is missing"),
    ({"goals": ["wish"]}, 'goals[0]: "wish" is none of ' + GOALS),
    ({"goals": ["wishes", "wishes"]}, 'goals[1]: the goal "wishes" is given twice'),
    ({"goals": [{"goal": "wishes", "slack": -0.1}]}, "goals[0].slack: -0.1 is not between 0 and 1"),
    (
        {"goals": [{"goal": "wishes", "slack": float("nan")}]},
        "goals[0].slack: NaN is not between 0 and 1",
    ),
    (
        {"published": [{"meeting": "ab", "slot": "am1", "participants": ["amal", "bilal"]}] * 2},
        'published[1].meeting: "ab" is already given in published[0]',
    ),
    ({"published": [{"meeting": "ab", "participants": []}]}, "published[0].slot: is missing"),
    ({"interpreters": [{"id": "i", "absent": ["x"]}]}, 'interpreters[0].absent[0]: no slot "x"'),
]
