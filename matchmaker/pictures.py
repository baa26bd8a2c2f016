"""Pictures that people upload: looked at before they are decoded, and never kept as they came.

What is kept is a PNG that we made: the typesetter decodes the file and draws it anew, so that
nothing of the file itself (scripts, places where a photo was taken, second files inside) is served.
"""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

import typst
from flask_babel import gettext as _

from matchmaker.errors import Refusal

MOST_BYTES = 2 * 1024 * 1024
LEAST_SIDE, MOST_SIDE = 16, 4000  # pixels of the file
LARGEST = 400  # pixels of the longer side of what is kept, where nobody says otherwise
PNG = b"\x89PNG\r\n\x1a\n"
Size = tuple[str, int, int]  # format, width, height
TEMPLATE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("/picture", format: "{format}", width: {width}pt, height: {height}pt)"""


def redraw(data: bytes, largest: int = LARGEST) -> bytes:
    """The picture as a PNG of at most ``largest`` pixels a side; refused in words."""
    if len(data) > MOST_BYTES:
        raise Refusal(_("This picture is larger than 2 MB. Choose a smaller one."))
    size = size_of(data)
    if size is None:
        raise Refusal(_("This is no picture in PNG, JPEG or WebP format. Choose another file."))
    kind, width, height = size
    if min(width, height) < LEAST_SIDE or max(width, height) > MOST_SIDE:
        raise Refusal(
            _(
                "A picture has %(least)s to %(most)s pixels a side. Choose another file.",
                least=LEAST_SIDE,
                most=MOST_SIDE,
            )
        )
    scale = min(1.0, largest / max(width, height))
    return _draw(data, kind, max(1, round(width * scale)), max(1, round(height * scale)))


def size_of(data: bytes) -> Size | None:
    """What the file's head says; None for everything that is no PNG, JPEG or WebP."""
    try:
        if data.startswith(PNG) and data[12:16] == b"IHDR":
            return ("png", *struct.unpack(">II", data[16:24]))
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        pass
    return None


def _draw(data: bytes, kind: str, width: int, height: int) -> bytes:
    source = TEMPLATE.format(format=kind, width=width, height=height)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "picture").write_bytes(data)
        (folder / "main.typ").write_text(source)
        try:
            drawn = typst.compile(
                folder / "main.typ", root=folder, format="png", ppi=72.0, ignore_system_fonts=True
            )
        except (typst.TypstError, ValueError):
            raise Refusal(_("This picture is damaged. Choose another file.")) from None
    return bytes(drawn)


def _jpeg(data: bytes) -> Size | None:
    """Along the segments to the frame's head."""
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return "jpg", width, height
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return None


def _webp(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    else:
        return None
    return "webp", width, height
