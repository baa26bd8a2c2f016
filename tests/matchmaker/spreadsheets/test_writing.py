"""What is written stays text in every spreadsheet program, and comes back as it was."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matchmaker.spreadsheets.delimited import read_text
from matchmaker.spreadsheets.formulas import disarm, rearm
from matchmaker.spreadsheets.workbook import read_workbook
from matchmaker.spreadsheets.writing import Sheet, write_csv, write_xlsx

DANGEROUS = [
    "=1+1", "+212600", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "'=1", "''=1",
    "a;=cmd|' /C calc'!A0", "a,+1", "a\n=1", "=HYPERLINK(\"http://x.example\")", ";;=1",
]  # fmt: skip
plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]))
signs = st.text("=+-@'; ,\t\r\nA＝\u00a0|\"")


@given(st.one_of(plain, signs))
@example("x;'\t='")
@example("x;\t'=")
def test_disarming_and_rearming_are_opposites(text: str) -> None:
    assert rearm(disarm(text)) == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_begins_with_a_formula(text: str) -> None:
    data = write_csv(["A"], [[text]]).decode("utf-8-sig")
    assert data.startswith('"A"\r\n"')
    written = disarm(text)
    for separator in ";,|\t\r\n":
        for part in written.split(separator):
            assert part.lstrip(" \u00a0")[:1] not in {"=", "+", "-", "@", "＝"}


@settings(max_examples=60)
@given(st.lists(st.tuples(st.one_of(plain, signs), plain), max_size=4))
def test_what_csv_writes_it_reads(rows: list[tuple[str, str]]) -> None:
    data = write_csv(["A", "B"], [("x", "y"), *rows])
    table = read_text(data)
    full = [(a, b if b.strip() else "") for a, b in rows if a.strip() or b.strip()]
    assert [cells for _, cells in table.rows] == [("x", "y"), *full]
    assert (table.encoding, table.separator) == ("UTF-8", ",")


@settings(max_examples=40)
@given(st.lists(st.tuples(plain, st.text("=+-@'; A＝")), max_size=4))
def test_what_xlsx_writes_it_reads(rows: list[tuple[str, str]]) -> None:
    data = write_xlsx([Sheet(name="A", header=["A", "B"], rows=[("x", "y"), *rows])])
    full = [(a, b if b.strip() else "") for a, b in rows if a.strip() or b.strip()]
    assert [cells for _, cells in read_workbook(data).rows] == [("x", "y"), *full]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    data = write_xlsx(
        [Sheet(name="A", header=["A"], rows=[[text] for text in [*DANGEROUS, "http://x.example"]])]
    )
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink] == []


def test_arabic_sheets_run_from_right_to_left_and_names_of_sheets_are_mended() -> None:
    data = write_xlsx(
        [
            Sheet(name="المشاركون", header=["أ"], right_to_left=True),
            Sheet(name="a/b:c[d]?*" + "x" * 40, header=["A"], rows=[[1, None, "x\0y"]]),
        ]
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    first, second = book.worksheets
    assert (first.sheet_view.rightToLeft, bool(second.sheet_view.rightToLeft)) == (True, False)
    assert second.title == "a b c d   " + "x" * 21
    assert [cell.value for cell in second[2]] == [1, None, "xy"]


def test_numbers_stay_numbers_in_csv() -> None:
    assert write_csv(["A", "B", "C"], [[0, None, 1.5]]) == (
        b'\xef\xbb\xbf"A","B","C"\r\n"0","","1.5"\r\n'
    )
