"""The objects of a PDF as the typesetter writes it: a plain table, numbered bodies, no updates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

REFERENCE = re.compile(rb"(\d+) 0 R\b")
KEY = re.compile(rb"(/StructParents? )(\d+)")
STREAM = b">>\nstream\n"
CELL = re.compile(rb"\((U\d+x\d+y\d+)\)")
SIGN = re.compile(rb"[\\()]")


class Part:
    """One PDF, taken apart. Numbers are its own; 0 stands for what it has not."""

    def __init__(self, data: bytes) -> None:
        self._bodies = _bodies(data)
        trailer = data[data.rindex(b"trailer") :]
        self.catalog, self.info = _number(trailer, b"Root"), _number(trailer, b"Info")
        catalog = self._bodies[self.catalog]
        self.pages, self.metadata = _number(catalog, b"Pages"), _number(catalog, b"Metadata")
        self.tree = _number(catalog, b"StructTreeRoot")
        found = re.search(rb"/Lang(\([\w-]+\))", catalog)
        self.language = found[1] if found else b""
        self.page_count = _integer(self._bodies[self.pages], b"Count")
        self._read_tree(self._bodies.get(self.tree, b""))

    def _read_tree(self, tree: bytes) -> None:
        """The topmost tags, and which list of tags belongs to which page or link."""
        kids = re.search(rb"/K\[([^\]]*)\]", tree)
        self.tops = [int(number) for number in REFERENCE.findall(kids[1])] if kids else []
        nums = re.search(rb"/Nums\[([^\]]*)\]", tree)
        pairs = re.findall(rb"(\d+) (\d+) 0 R", nums[1]) if nums else []
        self.keys = [(int(key), int(number)) for key, number in pairs]
        self.next_key = _integer(tree, b"ParentTreeNextKey")
        names = re.search(rb"/IDTree<</Names\[([^\]]*)\]", tree)
        pairs = re.findall(rb"\((\w+)\)(\d+) 0 R", names[1]) if names else []
        self.names = sorted((name, int(number)) for name, number in pairs)
        roles = re.search(rb"/RoleMap(<<[^>]*>>)", tree)
        self.roles = roles[1] if roles else b"<<>>"

    @property
    def numbers(self) -> list[int]:
        return list(self._bodies)

    def stream(self, number: int) -> bytes | None:
        _head, found, rest = self._bodies[number].partition(STREAM)
        return rest.removesuffix(b"\nendstream") if found else None

    def is_picture(self, number: int) -> bool:
        return b"/Subtype/Image" in self._head(number)

    def references(self, number: int) -> list[int]:
        return [int(found) for found in REFERENCE.findall(self._head(number))]

    def head(self, number: int, new: Mapping[int, int]) -> bytes:
        """The object without its stream, referring to the new numbers."""

        def renumber(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % new[int(found[1])]

        return outside_strings(self._head(number), lambda text: REFERENCE.sub(renumber, text))

    def _head(self, number: int) -> bytes:
        head, stream, _rest = self._bodies[number].partition(STREAM)
        return head + b">>" if stream else head


def shift_keys(head: bytes, by: int) -> bytes:
    """The keys by which pages and links find their tags, after those of the parts before."""
    if b"/StructParent" not in head:
        return head
    return outside_strings(
        head, lambda text: KEY.sub(lambda found: found[1] + b"%d" % (int(found[2]) + by), text)
    )


def rename_cells(head: bytes, mark: bytes) -> bytes:
    """Titles of columns have names, to which their cells refer: the same in every part."""
    if b"/S/TH" not in head and b"/S/TD" not in head:
        return head
    return CELL.sub(lambda found: b"(" + mark + found[1] + b")", head)


def outside_strings(text: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The text changed wherever it is no string: what people typed may look like anything."""
    if b"(" not in text:
        return change(text)
    parts, depth, start = [], 0, 0
    place = text.find(b"(")
    while (found := SIGN.search(text, place)) is not None:
        place = found.end()
        if found[0] == b"\\":
            place += 1  # the sign after it means nothing
        elif found[0] == b"(":
            if depth == 0:
                parts.append(change(text[start : found.start()]))
                start = found.start()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                parts.append(text[start:place])
                start = place
    return b"".join(parts) + change(text[start:])


def _bodies(data: bytes) -> dict[int, bytes]:
    """Number → what stands between ``obj`` and ``endobj``, by the table at the end."""
    table = int(data[data.rindex(b"startxref") :].split()[1])
    first, count = (int(word) for word in data[table:].split(None, 3)[1:3])
    rows = data.index(b"\n", data.index(b"\n", table) + 1) + 1
    places = {
        first + row: int(data[rows + 20 * row : rows + 20 * row + 10])
        for row in range(count)
        if data[rows + 20 * row + 17 : rows + 20 * row + 18] == b"n"
    }
    ends = dict(zip(sorted(places.values()), [*sorted(places.values())[1:], table], strict=True))
    return {
        number: data[data.index(b"obj", place) + 3 : data.rindex(b"endobj", place, ends[place])]
        .strip(b"\r\n")
        for number, place in places.items()
    }  # fmt: skip


def _number(text: bytes, name: bytes) -> int:
    found = re.search(rb"/%b (\d+) 0 R" % name, text)
    return int(found[1]) if found else 0


def _integer(text: bytes, name: bytes) -> int:
    found = re.search(rb"/%b (\d+)" % name, text)
    return int(found[1]) if found else 0
