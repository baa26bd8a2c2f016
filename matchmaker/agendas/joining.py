"""Many PDFs of the typesetter become one, in the memory of one of them, tags and all.

Each part is taken apart, its objects get new numbers and go to the file at once; what stays in
memory is where each object lies. Pictures and fonts that several parts have are written once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from matchmaker.agendas.objects import Part, rename_cells, shift_keys
from matchmaker.agendas.pdf_file import PdfFile

CATALOG, PAGES, TREE, DOCUMENT, INFO, METADATA = range(1, 7)
SHARED_FROM = 1024  # bytes of a stream that is worth looking for again
TREE_TEXT = (
    b"<</Type/StructTreeRoot/RoleMap%b/K[%d 0 R]/ParentTree<</Kids[%b]>>"
    b"/ParentTreeNextKey %d/IDTree<</Kids[%b]>>>>"
)
NO_NAMES = b"/IDTree<</Kids[]>>"


def join(parts: Iterable[bytes], path: Path) -> None:
    """One PDF of all parts, with the title and the language of the first."""
    file = PdfFile(path, reserved=METADATA)
    try:
        joiner = _Joiner(file)
        for data in parts:
            joiner.add(Part(data))
        joiner.finish()
    finally:
        file.close()


class _Joiner:
    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._shared: dict[bytes, int] = {}
        self._page_roots: list[int] = []
        self._pages = 0
        self._tops: list[int] = []
        self._key_nodes: list[int] = []
        self._keys = 0
        self._name_nodes: list[int] = []
        self._roles = b""

    def add(self, part: Part) -> None:
        if not self._page_roots:
            self._write_heads(part)
        new = {part.tree: TREE} if part.tree else {}
        left_out = {part.catalog, part.info, part.metadata}
        shared = self._write_shared(part, new)
        own = [n for n in part.numbers if n not in left_out | shared | set(new)]
        new |= {number: self._file.reserve() for number in own}
        for number in own:
            self._write(part, number, new)
        if part.tree:
            self._take_in_tree(part, new)
        self._page_roots.append(new[part.pages])
        self._pages += part.page_count

    def finish(self) -> None:
        """The roots of everything."""
        pages = b"<</Type/Pages/Count %d/Kids[%b]>>" % (self._pages, _list(self._page_roots))
        self._file.write(PAGES, pages)
        if self._tops:
            keys, names = _list(self._key_nodes), _list(self._name_nodes)
            text = TREE_TEXT % (self._roles, DOCUMENT, keys, self._keys, names)
            self._file.write(TREE, text if names else text.replace(NO_NAMES, b""))
            top = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>"
            self._file.write(DOCUMENT, top % (TREE, _list(self._tops)))
        self._file.finish(root=CATALOG, info=INFO)

    def _write_heads(self, part: Part) -> None:
        """What the first part says of itself is said of the whole."""
        self._roles = part.roles
        new = {part.metadata: METADATA, part.pages: PAGES, part.tree: TREE}
        text = re.sub(rb"/Outlines \d+ 0 R", b"", part.head(part.catalog, _Open(new)))
        self._file.write(CATALOG, text)
        self._file.write(INFO, part.head(part.info, new))
        about = part.head(part.metadata, new)
        self._put(METADATA, about, part.stream(part.metadata))

    def _write_shared(self, part: Part, new: dict[int, int]) -> set[int]:
        """Pictures and large streams that refer to nothing: once for all parts."""
        before = set(new)
        for number in part.numbers:
            if number != part.metadata and _may_be_shared(part, number):
                self._share(part, number, new)
        return set(new) - before

    def _share(self, part: Part, number: int, new: dict[int, int]) -> None:
        """The object, after those to which it refers."""
        for other in part.references(number):
            if other not in new:
                self._share(part, other, new)
        head = part.head(number, new)
        stream = part.stream(number)
        digest = hashlib.blake2b(head + (stream or b""), digest_size=16).digest()
        if digest not in self._shared:
            self._shared[digest] = self._file.reserve()
            self._put(self._shared[digest], head, stream)
        new[number] = self._shared[digest]

    def _write(self, part: Part, number: int, new: dict[int, int]) -> None:
        head = rename_cells(shift_keys(part.head(number, new), self._keys), self._mark())
        if number == part.pages:
            head = head.replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % PAGES, 1)
        if number in part.tops:
            head = _as_part(head, part.language)
        self._put(new[number], head, part.stream(number))

    def _put(self, number: int, head: bytes, stream: bytes | None) -> None:
        if stream is not None:
            self._file.write_stream(number, head, stream)
        else:
            self._file.write(number, head)

    def _take_in_tree(self, part: Part, new: dict[int, int]) -> None:
        self._tops += [new[number] for number in part.tops]
        keys = [(self._keys + key, new[number]) for key, number in part.keys]
        if keys:
            node = self._file.reserve()
            pairs = b" ".join(b"%d %d 0 R" % pair for pair in keys)
            limits = b"%d %d" % (keys[0][0], keys[-1][0])
            self._file.write(node, b"<</Limits[%b]/Nums[%b]>>" % (limits, pairs))
            self._key_nodes.append(node)
        self._keys += part.next_key
        if part.names:
            self._take_in_names(part, new)

    def _take_in_names(self, part: Part, new: dict[int, int]) -> None:
        names = [(self._mark() + name, new[number]) for name, number in part.names]
        listed = b"".join(b"(%b)%d 0 R" % pair for pair in names)
        limits = b"(%b)(%b)" % (names[0][0], names[-1][0])
        self._name_nodes.append(self._file.reserve())
        self._file.write(self._name_nodes[-1], b"<</Limits[%b]/Names[%b]>>" % (limits, listed))

    def _mark(self) -> bytes:
        """What names of this part begin with; they stay in order."""
        return b"%06d" % len(self._page_roots)


def _may_be_shared(part: Part, number: int) -> bool:
    """A picture, with its mask and its colours; or what is large and stands for itself."""
    if len(part.stream(number) or b"") < SHARED_FROM:
        return False
    return part.is_picture(number) or not part.references(number)


class _Open(dict[int, int]):
    """New numbers, where what is not known is left out afterwards."""

    def __missing__(self, number: int) -> int:
        return 0


def _as_part(head: bytes, language: bytes) -> bytes:
    """The top of one part's tags: below that of all, in the language that was its part's."""
    head = head.replace(b"/S/Document", b"/S/Part", 1)
    head = re.sub(rb"/P \d+ 0 R", b"/P %d 0 R" % DOCUMENT, head, count=1)
    if language and b"/Lang" not in head:
        head = head.replace(b"/S/Part", b"/S/Part/Lang" + language, 1)
    return head


def _list(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
