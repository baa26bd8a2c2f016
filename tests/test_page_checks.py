"""The page checks see what they should see."""

from __future__ import annotations

import pytest
from page_checks import check_page

GOOD = (
    '<!doctype html><html lang="ar" dir="rtl"><head><title>A · M</title></head><body><main>'
    '<h1>A</h1><form method="post"><input type="hidden" name="csrf_token" value="x">'
    '<label for="a">A</label><input id="a" name="a"></form></main></body></html>'
)


def test_a_good_page_has_no_fault() -> None:
    assert check_page(GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<h1>A</h1>", "", "0 <h1> instead of one"),
        ("<h1>A</h1>", "<h1>A</h1><h1>B</h1>", "2 <h1> instead of one"),
        ("<title>A ", "<title>", "no title"),
        ('dir="rtl"', 'dir="ltr"', "lang 'ar' with dir 'ltr'"),
        ('<label for="a">A</label>', "", "no label for a"),
        ('<h1>', '<h1 id="a">', "id 'a' stands 2 times"),
        ('name="csrf_token"', 'name="b"', "a form is sent by POST without csrf_token"),
        ("<h1>A</h1>", '<h1 style="color:red">A</h1>', "inline style on <h1>"),
        ("<h1>A</h1>", '<h1 onclick="x()">A</h1>', "inline onclick on <h1>"),
        ("<h1>A</h1>", "<h1>A</h1><script>x()</script>", "inline <script>"),
        ("<h1>A</h1>", '<h1>A</h1><a href="javascript:x()">x</a>', "javascript: on <a>"),
        ("<h1>A</h1>", "<h1><b>A</h1>", "</h1> closes b"),
    ],
)  # fmt: skip
def test_each_fault_is_named(before: str, after: str, fault: str) -> None:
    assert check_page(GOOD.replace(before, after, 1)) == [fault]
