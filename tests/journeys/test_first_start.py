"""``matchmaker run``: from nothing to a forum that can be looked at, and again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from installation import ROOT, Installation, free_port
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_the_first_start_shows_a_solved_forum_and_the_second_is_the_same_forum(
    tmp_path: Path, browser: Browser
) -> None:
    with started(tmp_path) as (said, doors):
        assert said[0].startswith("Loading the demonstration forum (120 people)")
        assert any(line.startswith("Published: ") for line in said)
        first = look_around(browser, doors)
    with started(tmp_path) as (said, doors):
        assert not any(line.startswith("Loading") for line in said)
        assert look_around(browser, doors) == first


def look_around(browser: Browser, doors: dict[str, str]) -> str:
    """Each role comes in by its link; the organiser's address names the event."""
    organiser = browser.new_page(locale="en-GB")
    organiser.goto(doors["organiser"])
    organiser.locator("main form button").click()
    expect(organiser.locator("main")).to_contain_text("120")
    participant = browser.new_page(locale="en-GB", viewport={"width": 390, "height": 844})
    participant.goto(doors["participant"])
    participant.locator("main form button").click()
    participant.goto(participant.url.rstrip("/") + "/agenda")
    expect(participant.locator("main")).to_contain_text(re.compile(r"[TS]\d\d"))
    leader = browser.new_page(locale="en-GB")
    leader.goto(doors["delegation leader"])
    leader.locator("main form button").click()
    expect(leader.locator("main")).to_contain_text(re.compile(r"[1-9]"))
    assert leader.url.endswith("/delegation/")
    return organiser.url.split("/organise/")[1]


@contextmanager
def started(instance: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The lines it says until it serves, and the way in of each role."""
    port = free_port()
    made = Installation(instance, f"http://127.0.0.1:{port}")
    server = subprocess.Popen(
        [sys.executable, "-m", "matchmaker", "run", "--port", str(port), "--seconds", "8"],
        cwd=ROOT, env=made.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said, doors = _listen(server)
        yield said, doors
    finally:
        server.terminate()
        server.communicate(timeout=60)


def _listen(server: subprocess.Popen[str]) -> tuple[list[str], dict[str, str]]:
    assert server.stdout is not None
    said: list[str] = []
    for line in server.stdout:
        said.append(line.strip())
        if "Ctrl-C" in line:
            break
    found = (re.match(r"As ([\w ]+): +(http\S+)", line) for line in said)
    return said, {match[1]: match[2] for match in found if match}
