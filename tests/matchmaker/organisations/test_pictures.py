"""What is uploaded as a logo is decoded and drawn anew, or refused in words."""

from __future__ import annotations

import struct

import cast
import pictures
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.organisations.logos import logo_of, set_logo
from matchmaker.organisations.models import Logo
from matchmaker.pictures import LARGEST, PNG, redraw

ONE_BIT_OFF = pictures.png()[:60] + b"\xff" + pictures.png()[61:]


@pytest.fixture
def session(session: Session, database_url: str) -> Session:
    return session


def sides(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("data", "size"),
    [
        (pictures.png(600, 300), (LARGEST, LARGEST // 2)),
        (pictures.png(40, 60), (40, 60)),
        (pictures.JPEG, (32, 32)),
        (pictures.WEBP, (16, 16)),
    ],
)
def test_each_format_becomes_a_png_of_ours(
    session: Session, data: bytes, size: tuple[int, int]
) -> None:
    drawn = redraw(data)
    assert drawn.startswith(PNG)
    assert sides(drawn) == size


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_of_the_file_itself_is_kept(session: Session) -> None:
    hidden = b"<script>alert(1)</script> 33.57,-7.58"
    data = pictures.png(comment=hidden) + b"PK\x03\x04 a second file"
    assert hidden in data
    drawn = redraw(data)
    assert hidden not in drawn
    assert b"second file" not in drawn


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no picture"),
        (b"just words", "no picture"),
        (pictures.SVG, "no picture"),
        (b"GIF89a" + bytes(100), "no picture"),
        (b"%PDF-1.7", "no picture"),
        (pictures.png()[:20], "no picture"),
        (pictures.JPEG[:40], "no picture"),
        (pictures.WEBP[:22], "pixels"),
        (pictures.png()[:80], "damaged"),
        (ONE_BIT_OFF, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 50_000, 50_000), "pixels"),
        (pictures.png(4, 4), "pixels"),
        (pictures.png() + bytes(2 * 1024 * 1024), "2 MB"),
    ],
)
def test_what_is_no_picture_is_refused(session: Session, data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        redraw(data)


def test_a_logo_is_replaced_and_goes_with_its_organisation(session: Session) -> None:
    event = cast.make_event(session)
    atlas = cast.make_organisation(session, event, "Atlas")
    set_logo(session, atlas, pictures.png())
    first = session.scalars(select(Logo.digest)).one()
    set_logo(session, atlas, pictures.JPEG)
    with pytest.raises(Refusal):
        set_logo(session, atlas, pictures.SVG)
    kept = logo_of(session, atlas)
    assert kept is not None
    assert kept.digest != first
    session.delete(atlas)
    session.flush()
    assert session.scalars(select(Logo.digest)).all() == []
