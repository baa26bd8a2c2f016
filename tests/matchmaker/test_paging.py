"""Long lists come in pages, and there is always a page."""

from __future__ import annotations

import pytest

from matchmaker.paging import PAGE, Page

ROWS = list(range(2 * PAGE + 1))


@pytest.mark.parametrize(
    ("asked", "shown", "rows"),
    [
        (1, 1, ROWS[:PAGE]),
        (2, 2, ROWS[PAGE : 2 * PAGE]),
        (3, 3, [2 * PAGE]),
        (4, 3, [2 * PAGE]),
        (0, 1, ROWS[:PAGE]),
        (-7, 1, ROWS[:PAGE]),
    ],
)
def test_the_nearest_page_is_shown(asked: int, shown: int, rows: list[int]) -> None:
    cut_here = Page.of(ROWS, asked)
    cut_there = Page.between(asked, len(ROWS), lambda offset, limit: ROWS[offset : offset + limit])
    assert cut_here == cut_there == Page(rows, shown, len(ROWS))
    assert cut_here.last == 3


def test_an_empty_list_has_one_empty_page() -> None:
    page = Page.of([], 5)
    assert (page.rows, page.number, page.last, page.total) == ([], 1, 1, 0)


def test_a_full_page_has_no_empty_one_behind_it() -> None:
    assert Page.of(ROWS[: 2 * PAGE], 1).last == 2


def test_keys_are_exchanged_for_rows_on_the_page_alone() -> None:
    page = Page.of(ROWS, 3).filled(lambda keys: [f"row {key}" for key in keys])
    assert (page.rows, page.total) == ([f"row {2 * PAGE}"], len(ROWS))
