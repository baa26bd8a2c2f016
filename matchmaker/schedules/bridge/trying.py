"""What came of a scenario: its figures, and its files with the ids of what was really made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from solver.files import problem_from_json, problem_sha256

Row = dict[str, Any]


def outcome_of(problem: str, schedule: str) -> Row:
    """The goals as told, how much was placed and asked for, and what each person has of that."""
    asked, answer = json.loads(problem), json.loads(schedule)
    meetings = {row["id"]: row for row in asked["meetings"]}
    placed: Counter[str] = Counter()
    for row in answer["meetings"]:
        placed.update(row["participants"])
    missing: Counter[str] = Counter()
    for row in answer["unplaced"]:
        missing.update(person for side in meetings[row["meeting"]]["sides"] for person in side)
    reached = sum(meetings[row["meeting"]].get("weight", 1) for row in answer["meetings"])
    return {
        "goals": answer["goals"],
        "kept": sum(bool(row.get("locked")) for row in asked.get("published", ())),
        "placed": len(answer["meetings"]),
        "asked": len(meetings),
        "reached": reached,
        "points": sum(row.get("weight", 1) for row in meetings.values()),
        "people": {
            person: [placed[person], placed[person] + missing[person]]
            for person in sorted(placed.keys() | missing.keys())
        },
    }


def renamed(problem: str, schedule: str, ids: Mapping[str, str]) -> tuple[str, str]:
    """The same files with other ids, which are long and drawn at random: none is part of another
    text.
    """
    for old, new in ids.items():
        problem, schedule = (
            problem.replace(f'"{old}"', f'"{new}"'),
            schedule.replace(f'"{old}"', f'"{new}"'),
        )
    answer = json.loads(schedule)
    answer["problem_sha256"] = problem_sha256(problem_from_json(json.loads(problem)))
    return problem, json.dumps(answer, ensure_ascii=False)
