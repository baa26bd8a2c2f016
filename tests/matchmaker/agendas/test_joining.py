"""Many PDFs become one: every page, every tag, and each picture once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pictures
import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject
from sqlalchemy.orm import Session

from matchmaker.agendas.joining import join
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.objects import outside_strings, shift_keys
from matchmaker.agendas.printing import print_many, print_sheets
from matchmaker.agendas.prints import PRINTS
from matchmaker.agendas.queries import agendas_of, cards_of
from matchmaker.agendas.rosters import EVERYBODY
from matchmaker.agendas.sheets import agenda_sheet, card_sheet
from matchmaker.looks.services import set_look, set_picture

TRAP = "Salon (12 0 R) \\ 7 0 R) /StructParents 3"  # like a reference, yet a name


@pytest.fixture
def parts(session: Session, forum: Any) -> list[bytes]:
    """Three, in French, Arabic and English, with a logo and a name that looks like PDF."""
    set_look(session, forum.event, colour="#7a1fa2", welcome={}, footers={}, senders={})
    set_picture(session, forum.event, pictures.noise(300, 200))
    forum.event.names = {"en": TRAP, "fr": TRAP, "ar": "منتدى"}
    session.commit()
    look = look_on_paper(session, forum.event.id)
    agendas = agendas_of(session, forum.event, forum.version)
    return [
        print_sheets("agenda", [agenda_sheet(row, language) for row in agendas], TRAP, look)
        for language in ("fr", "ar", "en")
    ]


@pytest.fixture
def joined(parts: list[bytes], tmp_path: Path) -> pypdf.PdfReader:
    join(parts, tmp_path / "all.pdf")
    return pypdf.PdfReader(tmp_path / "all.pdf", strict=True)


def tree_of(reader: pypdf.PdfReader) -> DictionaryObject:
    tree: DictionaryObject = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return tree


def lists_of_tags(reader: pypdf.PdfReader) -> dict[int, Any]:
    """Key of a page or link → its tags."""
    found = {}
    for kid in tree_of(reader)["/ParentTree"]["/Kids"]:
        node = kid.get_object()
        keys, values = node["/Nums"][::2], node["/Nums"][1::2]
        assert node["/Limits"] == [keys[0], keys[-1]]
        found |= dict(zip(keys, values, strict=True))
    return found


def test_the_text_of_every_page_is_the_same(parts: list[bytes], joined: pypdf.PdfReader) -> None:
    before = [
        page.extract_text() for part in parts for page in pypdf.PdfReader(io.BytesIO(part)).pages
    ]
    assert [page.extract_text() for page in joined.pages] == before
    assert len(before) == 12


def test_it_is_tagged_and_says_what_pdf_ua_asks_for(joined: pypdf.PdfReader) -> None:
    root: Any = joined.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/Lang"] == "fr"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert joined.metadata is not None
    assert joined.metadata.title == TRAP


def test_every_part_is_below_one_document_in_its_own_language(joined: pypdf.PdfReader) -> None:
    (document,) = tree_of(joined)["/K"]
    top = document.get_object()
    assert top["/S"] == "/Document"
    tops = [kid.get_object() for kid in top["/K"]]
    assert [(row["/S"], row["/Lang"]) for row in tops] == [
        ("/Part", "fr"), ("/Part", "ar"), ("/Part", "en"),
    ]  # fmt: skip
    assert all(row["/P"].get_object() == top for row in tops)


def test_every_page_and_link_finds_its_own_tags(joined: pypdf.PdfReader) -> None:
    lists = lists_of_tags(joined)
    used = []
    for page in joined.pages:
        used.append(page["/StructParents"])
        for tag in lists[page["/StructParents"]].get_object():
            assert tag.get_object()["/Pg"].get_object() == page
        for link in page.get("/Annots", ArrayObject()):
            key = link.get_object()["/StructParent"]
            used.append(key)
            assert lists[key].get_object()["/S"] == "/Link"
    assert sorted(used) == list(range(len(used))) == sorted(lists)
    assert tree_of(joined)["/ParentTreeNextKey"] == len(used)


def test_a_logo_is_there_once(parts: list[bytes], joined: pypdf.PdfReader, tmp_path: Path) -> None:
    drawn = set()
    for page in joined.pages:
        images = page["/Resources"]["/XObject"]
        drawn |= {
            images.raw_get(name).idnum for name in images if images[name]["/Subtype"] == "/Image"
        }
    assert len(drawn) == 1
    assert (tmp_path / "all.pdf").stat().st_size < sum(map(len, parts)) / 2


def test_what_people_typed_is_not_taken_for_a_reference() -> None:
    text = rb"<</A 3 0 R/T(a \( (3 0 R) /StructParents 3 \\)/B 3 0 R/StructParents 3>>"
    assert outside_strings(text, lambda part: part.replace(b"3 0 R", b"9 0 R")) == (
        rb"<</A 9 0 R/T(a \( (3 0 R) /StructParents 3 \\)/B 9 0 R/StructParents 3>>"
    )
    assert shift_keys(text, 10).endswith(rb"\\)/B 3 0 R/StructParents 13>>")


def test_a_pack_of_agendas_or_cards_is_tagged_as_a_whole(
    session: Session, forum: Any, tmp_path: Path
) -> None:
    agendas = agendas_of(session, forum.event, forum.version) * 6
    cards = cards_of(session, forum.event, forum.version)
    for template, sources, sheet in (
        ("agenda", agendas, agenda_sheet),
        ("card", cards, card_sheet),
    ):
        path = tmp_path / f"{template}.pdf"
        print_many(template, sources, sheet, path, lambda _count: None)
        reader = pypdf.PdfReader(path, strict=True)
        lists = lists_of_tags(reader)
        assert all(page["/StructParents"] in lists for page in reader.pages)
        assert reader.metadata is not None
        assert reader.metadata.title in {"Water forum", "Forum de l’eau", "منتدى الماء"}


def test_titles_of_columns_keep_their_cells(session: Session, forum: Any, tmp_path: Path) -> None:
    """Their names are the same in every part: joined they are not."""
    wanted = PRINTS["stands"]
    (card,) = wanted.load(session, forum.event, forum.version, EVERYBODY)
    part = print_sheets("list", [wanted.sheet(card, "en")], "Stands")
    join([part, part], tmp_path / "all.pdf")
    reader = pypdf.PdfReader(tmp_path / "all.pdf", strict=True)
    named: dict[str, Any] = {}
    for kid in tree_of(reader)["/IDTree"]["/Kids"]:
        node = kid.get_object()
        names, tags = node["/Names"][::2], node["/Names"][1::2]
        assert node["/Limits"] == [names[0], names[-1]]
        named |= dict(zip(names, tags, strict=True))
    assert list(named) == sorted(named)
    assert {tag.get_object()["/ID"] for tag in named.values()} == set(named)
    cells = list(cells_of(tree_of(reader)["/K"][0].get_object()))
    asked = {name for cell in cells for about in cell["/A"] for name in about.get("/Headers", ())}
    assert asked == set(named)
    assert len(named) == 2 * len(names_in(part))


def cells_of(tag: Any) -> Iterator[Any]:
    """Every cell of a table below a tag."""
    if tag["/S"] == "/TD":
        yield tag
    for kid in tag.get("/K", ()):
        below = kid.get_object()
        if isinstance(below, DictionaryObject) and "/S" in below:
            yield from cells_of(below)


def names_in(data: bytes) -> list[str]:
    names: list[str] = tree_of(pypdf.PdfReader(io.BytesIO(data)))["/IDTree"]["/Names"][::2]
    return names


def test_each_part_lies_in_the_file_before_the_next_is_asked_for(
    parts: list[bytes], tmp_path: Path
) -> None:
    """So that memory does not grow with the number of sheets."""
    sizes = []

    def one_by_one() -> Iterator[bytes]:
        for part in parts:
            yield part
            sizes.append((tmp_path / "all.pdf").stat().st_size)

    join(one_by_one(), tmp_path / "all.pdf")
    assert sizes == sorted(set(sizes))
    assert sizes[0] > len(parts[0]) / 3


def test_what_fails_in_the_middle_is_said_and_the_file_is_let_go(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not found"):
        join([b"no PDF at all"], tmp_path / "all.pdf")
    (tmp_path / "all.pdf").unlink()
