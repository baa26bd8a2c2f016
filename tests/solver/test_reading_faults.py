"""Each fault of a problem file is told with its path."""

from __future__ import annotations

from typing import Any

import pytest
from problem_faults import ROW_FAULTS, TOP_FAULTS, with_row
from solver_cases import tiny_document

from solver.files import InvalidProblem, problem_from_json


def faults_of(document: Any) -> tuple[str, ...]:
    with pytest.raises(InvalidProblem) as caught:
        problem_from_json(document)
    return caught.value.faults


@pytest.mark.parametrize(("field", "position", "changes", "line"), ROW_FAULTS)
def test_a_faulty_row_is_told_by_its_path(
    field: str, position: int, changes: dict[str, Any], line: str
) -> None:
    assert faults_of(with_row(field, position, **changes))[0] == line


@pytest.mark.parametrize(("changes", "line"), TOP_FAULTS)
def test_a_faulty_field_is_told_by_its_path(changes: dict[str, Any], line: str) -> None:
    assert list(faults_of(tiny_document(**changes))) == [line]
