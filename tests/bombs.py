"""Workbooks that are small to send and enormous to read, and other attacks, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
    'Target="worksheets/sheet1.xml"/>{more}</Relationships>'
)
STRINGS_RELATION = (
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
)
STYLES_RELATION = f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>'
)
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c></row>'


def sheet(rows: str, after: str = "", doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def workbook(
    cells: str, *, more: str = "", level: int = 6, parts: dict[str, bytes | str] | None = None
) -> bytes:
    """A workbook of one sheet with these cells."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", ROOT_RELS)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS.replace("{more}", more))
        archive.writestr("xl/worksheets/sheet1.xml", cells)
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def empty_rows() -> bytes:
    """Two million rows without a cell."""
    return workbook(sheet(CELL + "<row/>" * 2_000_000))


def far_cell() -> bytes:
    """One cell in the first corner and one in the last."""
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(sheet(CELL + last))


def lying_sizes() -> bytes:
    """A part that says it is small and unpacks to 400 MB."""
    honest = workbook(sheet(CELL + " " * 400_000_000), level=9)
    place = honest.rindex(b"xl/worksheets/sheet1.xml") - 46
    size = struct.pack("<L", 5_000)
    return honest[: place + 24] + size + honest[place + 28 :]


def declared_sizes() -> bytes:
    """A part that says it unpacks to 4 GB."""
    honest = workbook(sheet(CELL))
    place = honest.rindex(b"xl/worksheets/sheet1.xml") - 46
    return honest[: place + 24] + struct.pack("<L", 2**32 - 2) + honest[place + 28 :]


def nested() -> bytes:
    """Archives in an archive."""
    inner = b"\0" * 10_000_000
    for depth in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(5):
                archive.writestr(f"{depth}-{copy}.zip", inner)
        inner = buffer.getvalue()
    return inner


def shared_strings() -> bytes:
    """A table of shared strings of 140 MB, packed honestly well."""
    strings = f'<sst xmlns="{MAIN}">' + "<si><t>aaaaaaaaaaaaaaaaaaaaaaaa</t></si>" * 3_800_000
    return workbook(
        sheet(CELL), more=STRINGS_RELATION, parts={"xl/sharedStrings.xml": strings + "</sst>"}
    )


def one_long_string() -> bytes:
    """A single shared string of 140 MB without repetition that the ratio would show."""
    text = "".join(chr(97 + (i * i + i // 7) % 26) for i in range(700_000))
    strings = f'<sst xmlns="{MAIN}"><si><t>{text * 200}</t></si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return workbook(
        sheet(cell), more=STRINGS_RELATION, parts={"xl/sharedStrings.xml": strings}, level=1
    )


def many_sheets() -> bytes:
    """Ten thousand sheets."""
    parts: dict[str, bytes | str] = {
        f"xl/worksheets/sheet{number}.xml": sheet(CELL) for number in range(2, 10_001)
    }
    return workbook(sheet(CELL), parts=parts)


def many_styles() -> bytes:
    """A million formats."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>' + '<xf numFmtId="14"/>' * 1_000_000
    return workbook(
        sheet(CELL),
        more=STYLES_RELATION,
        parts={"xl/styles.xml": styles + "</cellXfs></styleSheet>"},
    )


def merged_cells() -> bytes:
    """Two million merged ranges."""
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 2_000_000
    return workbook(sheet(CELL, after=f"<mergeCells>{merges}</mergeCells>"))


def overlapping() -> bytes:
    """A hundred entries of the directory that are the same packed bytes."""
    honest = workbook(sheet(CELL + "<row/>" * 100_000))
    end = honest.rindex(b"PK\x05\x06")
    start = struct.unpack("<L", honest[end + 16 : end + 20])[0]
    directory = honest[start:end]
    entry = directory[directory.rindex(b"PK\x01\x02") :]
    copies = 100
    count = struct.unpack("<H", honest[end + 8 : end + 10])[0] + copies
    whole = directory + entry * copies
    tail = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, len(whole), start, 0)
    return honest[:start] + whole + tail


def full_table() -> bytes:
    """Every cell within the limits of rows and columns is there."""
    row = "<row>" + "<c><v>1</v></c>" * 200 + "</row>"
    return workbook(sheet(row * 40_000))


def wide_text() -> bytes:
    """A text of one line with millions of separators."""
    return b"Email" + b";" * 19_000_000


def laughs() -> bytes:
    """Entities of entities of entities."""
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{levels}]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return workbook(sheet(cell, doctype=doctype))


def outside_entity() -> bytes:
    """An entity that is a file of the server."""
    doctype = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&file;</t></is></c></row>'
    return workbook(sheet(cell, doctype=doctype))


def outside_entity_in_utf16() -> bytes:
    doctype = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    text = sheet(CELL, doctype=doctype).replace('"1.0"', '"1.0" encoding="UTF-16"')
    return workbook("", parts={"xl/styles.xml": text.encode("utf-16")})


BOMBS: tuple[Callable[[], bytes], ...] = (
    empty_rows, far_cell, lying_sizes, declared_sizes, nested, shared_strings, one_long_string,
    many_sheets, many_styles, merged_cells, overlapping, full_table, wide_text, laughs,
    outside_entity, outside_entity_in_utf16,
)  # fmt: skip
