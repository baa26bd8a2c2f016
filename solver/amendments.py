"""Small changes of a problem, and the JSON Patch (RFC 6902) that says the same of its file.

Positions in a patch are those of the canonical order (``canonical.problem_to_json``). Every
change of a row is preceded by a ``test`` of the row's id, so that a patch on a file in another
order fails instead of changing somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from solver.canonical import Json, problem_to_json
from solver.problem import Interpreter, Limit, Meeting, Participant, Place, Problem, Rules

Row = Participant | Place | Interpreter | Meeting | Limit | Rules
Patch = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One row of a table, before (None: it is new) and after."""

    table: str
    before: Row | None
    after: Row


class Amended:
    """Applies amendments to one problem and writes them as a patch."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def document(self) -> Json:
        return problem_to_json(self.problem)

    @cached_property
    def _positions(self) -> dict[str, dict[str, int]]:
        """Of each id in its table."""
        tables = ("participants", "places", "interpreters", "meetings")
        return {
            table: {row["id"]: number for number, row in enumerate(self.document.get(table, ()))}
            for table in tables
        }

    def patch(self, amendments: Iterable[Amendment]) -> Patch:
        return tuple(operation for each in amendments for operation in self._operations(each))

    def _operations(self, each: Amendment) -> Iterator[dict[str, Any]]:
        if each.before is None:
            yield from self._new_row(each)
            return
        path = self._path(each)
        if not isinstance(each.before, Rules | Limit):
            yield {"op": "test", "path": f"{path}/id", "value": each.before.id}
        if isinstance(each.before, Rules) and "rules" not in self.document:
            yield {"op": "add", "path": "/rules", "value": {}}
        for name in type(each.before).__dataclass_fields__:
            value = getattr(each.after, name)
            if value != getattr(each.before, name):
                yield {"op": "add", "path": f"{path}/{name}", "value": plain(value)}

    def _new_row(self, each: Amendment) -> Iterator[dict[str, Any]]:
        if each.table not in self.document:
            yield {"op": "add", "path": f"/{each.table}", "value": []}
        fields = {name: getattr(each.after, name) for name in type(each.after).__dataclass_fields__}
        row = {
            name: plain(value) for name, value in fields.items() if value not in (None, frozenset())
        }
        yield {"op": "add", "path": f"/{each.table}/-", "value": row}

    def _path(self, each: Amendment) -> str:
        if isinstance(each.before, Rules):
            return "/rules"
        if isinstance(each.before, Limit):
            rows = problem_to_json(replace(self.problem, limits=(each.before,)))["limits"]
            return f"/limits/{self.document['limits'].index(rows[0])}"
        assert each.before is not None
        return f"/{each.table}/{self._positions[each.table][each.before.id]}"


def amend(problem: Problem, amendments: Iterable[Amendment]) -> Problem:
    """The problem with these rows in place of the old ones (the same objects)."""
    for each in amendments:
        if isinstance(each.after, Rules):
            most = each.after.breaks_per_participant
            problem = replace(problem, rules=replace(problem.rules, breaks_per_participant=most))
            continue
        rows: Sequence[Any] = getattr(problem, each.table) or ()
        if each.before is None:
            changed = (*rows, each.after)
        else:
            changed = tuple(each.after if row is each.before else row for row in rows)
        change: dict[str, Any] = {each.table: changed}
        problem = replace(problem, **change)
    return problem


def plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def apply_patch(document: Json, patch: Iterable[dict[str, Any]]) -> Json:
    """The document with a patch of ``test`` and ``add`` operations applied.

    Raises :class:`ValueError` where a test fails or a path leads nowhere.
    """
    changed = deepcopy(document)
    for operation in patch:
        *parents, last = operation["path"].split("/")[1:]
        target: Any = changed
        for key in parents:
            target = target[int(key)] if isinstance(target, list) else target[key]
        if operation["op"] == "test":
            found = target[int(last)] if isinstance(target, list) else target.get(last)
            if found != operation["value"]:
                raise ValueError(f"{operation['path']} is {found!r}, not {operation['value']!r}")
        elif operation["op"] == "add" and isinstance(target, list) and last == "-":
            target.append(operation["value"])
        elif operation["op"] == "add" and isinstance(target, dict):
            target[last] = operation["value"]
        else:
            raise ValueError(f"the operation {operation} is not known")
    return changed
