"""A PDF that is written object by object, in any order, and never read back."""

from __future__ import annotations

import secrets
import struct
import zlib
from array import array
from pathlib import Path

HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n"
PACKED = 200  # objects without a stream that are compressed together
FREE, PLAIN, WITHIN = 0, 1, 2  # kinds of entries of the table of objects


class PdfFile:
    """Numbers from 1 to ``reserved`` belong to the caller; others are handed out."""

    def __init__(self, path: Path, reserved: int) -> None:
        self._out = path.open("wb")
        self._at = self._out.write(HEAD)
        self._kinds = bytearray(reserved + 1)
        self._places = array("Q", bytes(8 * (reserved + 1)))  # where, or in which pack
        self._indices = array("H", bytes(2 * (reserved + 1)))  # and where in that pack
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """A number for an object that will be written."""
        self._kinds.append(FREE)
        self._places.append(0)
        self._indices.append(0)
        return len(self._kinds) - 1

    def write(self, number: int, body: bytes) -> None:
        """An object without a stream."""
        self._waiting.append((number, body))
        if len(self._waiting) >= PACKED:
            self._pack()

    def write_stream(self, number: int, head: bytes, stream: bytes) -> None:
        """An object with a stream; its dictionary says how long that is."""
        self._kinds[number], self._places[number] = PLAIN, self._at
        self._put(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, stream))

    def finish(self, root: int, info: int) -> None:
        """The table of objects, compressed, with what readers look for first."""
        self._pack()
        number, start = self.reserve(), self._at
        self._kinds[number], self._places[number] = PLAIN, start
        rows = zip(self._kinds, self._places, self._indices, strict=True)
        table = zlib.compress(b"".join(struct.pack(">BQH", *row) for row in rows))
        mark = secrets.token_hex(16).encode()
        head = (
            b"<</Type/XRef/Size %d/W[1 8 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/Length %d>>"
        ) % (len(self._kinds), root, info, mark, mark, len(table))
        self.write_stream(number, head, table)
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def close(self) -> None:
        self._out.close()

    def _pack(self) -> None:
        if not self._waiting:
            return
        pack, offsets, bodies, at = self.reserve(), [], [], 0
        for index, (number, body) in enumerate(self._waiting):
            self._kinds[number], self._places[number] = WITHIN, pack
            self._indices[number] = index
            offsets.append(b"%d %d" % (number, at))
            bodies.append(body)
            at += len(body) + 1
        first = b" ".join(offsets) + b"\n"
        packed = zlib.compress(first + b"\n".join(bodies))
        head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>"
        self.write_stream(pack, head % (len(bodies), len(first), len(packed)), packed)
        self._waiting.clear()

    def _put(self, data: bytes) -> None:
        self._at += self._out.write(data)
