"""A small file cannot make the server work for long or hold much: its reader has limits."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable

import bombs
import pytest

from matchmaker.spreadsheets import archive, child, sandbox
from matchmaker.spreadsheets.sandbox import read_in_child
from matchmaker.spreadsheets.table import Unreadable

REFUSED_AS = {
    "lying_sizes": "broken",
    "nested": "zip",
    "laughs": "entities",
    "outside_entity": "entities",
    "outside_entity_in_utf16": "entities",
}


@pytest.mark.parametrize("bomb", bombs.BOMBS, ids=lambda bomb: bomb.__name__)
def test_every_bomb_is_refused_with_its_sentence(bomb: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_in_child(bomb())
    assert refused.value.code == REFUSED_AS.get(bomb.__name__, "bomb")


def test_the_reader_works_again_after_a_bomb() -> None:
    with pytest.raises(Unreadable):
        read_in_child(bombs.far_cell())
    assert read_in_child(bombs.workbook(bombs.sheet(bombs.CELL))).header == ("Email",)


def test_the_child_may_use_two_seconds_and_two_hundred_megabytes() -> None:
    code = sandbox.BOOTSTRAP.replace(
        "import main\nmain()",
        "import limit\nlimit()\nimport resource\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS))",
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, sandbox.PACKAGE], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == f"(2, 2) ({200 * 2**20}, {200 * 2**20})"
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != child.MEMORY_BYTES  # only the child's


def test_a_child_that_computes_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = sandbox.BOOTSTRAP.replace("import main\nmain()", "import limit\nlimit()\nwhile 1: 0")
    monkeypatch.setattr(sandbox, "BOOTSTRAP", endless)
    with pytest.raises(Unreadable, match="bomb"):
        read_in_child(b"Email")


def test_a_child_that_waits_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "BOOTSTRAP", "import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.5)
    with pytest.raises(Unreadable, match="bomb"):
        read_in_child(b"Email")


@pytest.mark.parametrize(
    ("bomb", "guard"),
    [
        (bombs.empty_rows, "MOST_RATIO"),
        (bombs.declared_sizes, "MOST_BYTES"),
        (bombs.many_sheets, "MOST_ENTRIES"),
    ],
    ids=["ratio", "size", "entries"],
)
def test_the_directory_is_judged_before_anything_is_unpacked(
    bomb: Callable[[], bytes], guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bomb()
    with pytest.raises(Unreadable, match="bomb"):
        archive.open_archive(data)
    for limit in ("MOST_RATIO", "MOST_BYTES", "MOST_ENTRIES"):
        monkeypatch.setattr(archive, limit, 2**40)
    assert archive.open_archive(data).namelist()[0] == "[Content_Types].xml"
    assert hasattr(archive, guard)


def test_entries_that_share_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_RATIO", 2**40)
    data = bombs.overlapping()
    with pytest.raises(Unreadable, match="bomb"):
        archive.open_archive(data)
    monkeypatch.setattr(archive, "_check_overlap", lambda archive: None)
    assert len(archive.open_archive(data).namelist()) == 105


def test_no_file_of_the_server_stands_in_the_answer() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", sandbox.BOOTSTRAP, sandbox.PACKAGE, ""],
        input=bombs.outside_entity(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'{"fault": "entities", "facts": {}}'
