"""What a file says is read as its author sees it, and what we cannot read is named."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from bombs import CELL, sheet, workbook
from flask import Flask
from flask_babel import Babel

from matchmaker.errors import Refusal
from matchmaker.spreadsheets.reading import read_paste, read_table
from matchmaker.spreadsheets.sandbox import read_in_child
from matchmaker.spreadsheets.sentences import sentence_of
from matchmaker.spreadsheets.table import Unreadable
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

FRENCH = (
    "Prénom;Nom;Société;Ville\r\nZoé;BÉRANGER;CÔTÉ SUD ÉNERGIE;Orléans\r\n"
    "Noël;LEFÈVRE;À LA CARTE;Nîmes\r\nÉlodie;Œuvrard;Déchets & Cie « Où »;Évry"
)
ARABIC = (
    "الاسم;المؤسسة;المدينة\r\nأمل بنعلي;شركة المياه والبيئة;الدار البيضاء\r\n"
    "بلال العلوي;Société Générale des Eaux;مراكش؟"
)


@pytest.fixture
def app() -> Flask:
    """Only what sentences need: no database."""
    app = Flask("sentences")
    Babel(app)
    return app


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def code_of(data: bytes) -> str:
    """The code of the refusal, whose sentence is built on the way."""
    app = Flask("sentences")
    Babel(app)
    with pytest.raises(Unreadable) as refused:
        read_in_child(data)
    with app.test_request_context():
        assert "%(" not in sentence_of(refused.value)
    return refused.value.code


def test_numbers_dates_and_truth_are_read_as_people_write_them() -> None:
    table = read_in_child(
        xlsx(
            ["A", "B", "C", "D", "E", "F", "G"],
            [12.0, 0.5, datetime(2026, 10, 14, 9, 0), date(2026, 10, 14), time(9, 30), True, 2e14],
        )
    )
    assert table.rows == (
        (2, ("12", "0.5", "2026-10-14 09:00", "2026-10-14", "09:30", "TRUE", "200000000000000")),
    )


def test_a_formula_gives_its_stored_value_and_is_never_computed() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    page.write_row(0, 0, ["A", "B"])
    page.write_formula(1, 0, "=1+1", None, 42)
    page.write_formula(1, 1, '=WEBSERVICE("http://127.0.0.1:9")', None, "kept")
    book.close()
    assert read_in_child(buffer.getvalue()).rows == ((2, ("42", "kept")),)


def test_errors_of_formulas_are_shown_where_they_stand() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet("Feuille é & <1>")
    page.write_row(0, 0, ["A", "B", "C"])
    page.write_string(1, 0, "x")
    page.write_formula(1, 2, "=Gone!A1", None, "#REF!")
    book.close()
    assert read_in_child(buffer.getvalue()).rows == ((2, ("x", "", "#REF!")),)


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    table = read_in_child(xlsx([], ["Email"], [], ["a@x.example"], [None], ["b@x.example"]))
    assert table.header == ("Email",)
    assert [number for number, _ in table.rows] == [4, 6]
    text = read_in_child(b"\r\nEmail,Name\r\n\r\na@x.example,Amal\nb@x.example,Bilal\r")
    assert [number for number, _ in text.rows] == [4, 5]


def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Hidden"  # type: ignore[union-attr]
    book.active.append(["secret"])  # type: ignore[union-attr]
    book.active.sheet_state = "hidden"  # type: ignore[union-attr]
    book.create_sheet("Blank")
    book.create_sheet("People").append(["Email"])
    book.create_sheet("Notes").append(["x"])
    book.active = book["People"]
    buffer = io.BytesIO()
    book.save(buffer)
    table = read_in_child(buffer.getvalue())
    assert (table.sheet, table.header, table.other_sheets) == ("People", ("Email",), ("Notes",))


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (FRENCH, "utf-8", "UTF-8"),
        (FRENCH, "utf-8-sig", "UTF-8"),
        (FRENCH, "utf-16", "UTF-16"),
        (FRENCH, "utf-16-le", "UTF-16"),
        (FRENCH, "utf-16-be", "UTF-16"),
        (FRENCH, "cp1252", "Windows-1252"),
        (ARABIC, "utf-8", "UTF-8"),
        (ARABIC, "utf-16", "UTF-16"),
        (ARABIC, "cp1256", "Windows-1256"),
    ],
)
def test_encodings_are_recognised_and_named(text: str, codec: str, name: str) -> None:
    table = read_in_child(text.encode(codec))
    assert (table.encoding, table.separator) == (name, ";")
    lines = [tuple(line.split(";")) for line in text.split("\r\n")]
    assert [table.header, *(cells for _, cells in table.rows)] == lines


def test_small_letters_of_french_are_the_same_in_both_windows_encodings() -> None:
    table = read_in_child("Prénom;Société\r\nZoé;Déchets à Nîmes".encode("cp1256"))
    assert table.rows == ((2, ("Zoé", "Déchets à Nîmes")),)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_recognised(separator: str) -> None:
    lines = ["Email|Areas|City", 'a@x.example|"water; waste, sun"|Fès', "b@x.example||Safi"]
    data = "\n".join(lines).replace("|", separator).encode()
    table = read_in_child(data)
    assert table.separator == separator
    assert table.rows[0] == (2, ("a@x.example", "water; waste, sun", "Fès"))


def test_excels_own_line_about_the_separator_is_no_row() -> None:
    table = read_in_child(b"sep=;\r\nEmail;City\r\na@x.example;Fes")
    assert (table.header, table.rows) == (("Email", "City"), ((2, ("a@x.example", "Fes")),))


def test_quoted_cells_may_hold_separators_quotes_and_line_ends() -> None:
    table = read_in_child(b'A,B\r\n"x, ""y""","two\nlines"\r\nz,')
    assert table.rows == ((2, ('x, "y"', "two\nlines")), (3, ("z", "")))


def test_pasted_cells_are_separated_by_tabs(app: Flask) -> None:
    with app.test_request_context():
        table = read_paste("Email\tNom, prénom\na@x.example\tBenali, Amal")
    assert table.rows == ((2, ("a@x.example", "Benali, Amal")),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n \r\n", "empty"),
        (b",,,\r\n,,", "empty"),
        (xlsx(), "empty"),
        (b"%PDF-1.7 \xe2\xe3", "pdf"),
        (b"<html><table><tr><td>Email", "html"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b"MZ\x90\0\x03", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"Email\0\1\2\3\0\0\0x", "binary"),
        (xlsx(["Email"])[:-60], "broken"),
        (b"PK\x03\x04 no archive", "broken"),
        (workbook("this is not XML <<<"), "broken"),
        (workbook(sheet(CELL), parts={"xl/vbaProject.bin": b"x"}), "xlsm"),
        (workbook(sheet(CELL), parts={"xl/workbook.bin": b"x"}), "xlsb"),
        (workbook(sheet(CELL), parts={"mimetype": b"application/vnd.oasis"}), "ods"),
        (b'A,B\r\n"open,2\r\n3,4', "quotes"),
        (b'A,B\r\n"x"y,2', "quotes"),
        ("é;à".encode("utf-16")[:-1], "encoding"),
        (b"A\r\n" + b"x" * 40_000, "cell"),
        (b"A\r\n" + b"x" * 400_000, "cell_long"),
        (b"A" + b",B" * 200, "columns"),
        (b"A\n" + b"1\n" * 50_001, "rows"),
        (b"A,B\n" + (b"x" * 30_000 + b"," + b"y" * 30_000 + b"\n") * 400, "text"),
        (xlsx(["Email"] + [""] * 200 + ["x"]), "far"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_document_that_is_no_workbook_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert code_of(buffer.getvalue()) == "zip"


def test_every_refusal_is_a_sentence_that_begins_with_the_file(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(Refusal) as refused:
        read_table(b'A,B\r\n1,2\r\n"open', "people.csv")
    assert str(refused.value) == (
        "\u2068people.csv\u2069: Row 3: a quotation mark is opened and not closed, or stands amid "
        "a quoted cell. Double it, take it away, or save the file as XLSX."
    )


def test_a_name_that_lies_does_not_matter(app: Flask) -> None:
    with app.test_request_context():
        data = write_xlsx([Sheet(name="A", header=["Email"])])
        assert read_table(data, "people.csv").sheet == "A"
        assert read_table(b"Email;City", "people.xlsx").separator == ";"
