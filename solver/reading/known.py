"""The ids that a problem file gives, and the fault of giving one twice."""

from __future__ import annotations

from solver.faults import shown
from solver.reading.rows import Row


class Known:
    """The ids that the file gives, faulty rows included: one fault must not cause others."""

    def __init__(self, root: Row) -> None:
        self.slots = _ids_of(root, "slots")
        self.places = _ids_of(root, "places")
        self.participants = _ids_of(root, "participants")
        self.interpreters = _ids_of(root, "interpreters")
        self.meetings = _ids_of(root, "meetings")


def _ids_of(root: Row, field: str) -> frozenset[str]:
    rows = root.get(field)
    if not isinstance(rows, list):
        return frozenset()
    found = (row.get("id") for row in rows if isinstance(row, dict))
    first_seen: dict[str, int] = {}
    for position, name in enumerate(found):
        if isinstance(name, str):
            first = first_seen.setdefault(name, position)
            if first != position:
                path = f"{field}[{position}].id"
                root.faults.add(path, f"{shown(name)} is already the id of {field}[{first}]")
    return frozenset(first_seen)
