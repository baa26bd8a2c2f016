"""The two ways in which somebody operates a page: with the mouse, or by the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 250  # of the tab key, on the longest page
IS_HERE = "element => element === document.activeElement"
GROUP_IS_HERE = """element => document.activeElement?.type === 'radio'
  && document.activeElement.name === element.name"""


class Hands(Protocol):
    """``page`` is operated; nothing here looks at what comes of it."""

    page: Page

    def press(self, what: Locator) -> None:
        """A link or a button."""

    def write(self, what: Locator, text: str) -> None: ...
    def choose(self, what: Locator) -> None:
        """A radio button."""

    def tick(self, what: Locator) -> None:
        """A box."""

    def upload(self, what: Locator, path: Path) -> None: ...
    def date(self, what: Locator, day: str, year: str) -> None:
        """The day of the month and the month are the same number: each browser has its order."""

    def open(self, cell: Locator) -> None:
        """The page of the meeting in a cell of the board."""

    def move(self, start: Locator, end: Locator) -> None:
        """A meeting, from one cell of the board to another that is open to it."""


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, what: Locator, text: str) -> None:
        what.click()
        what.fill(text)

    def choose(self, what: Locator) -> None:
        what.check()

    def tick(self, what: Locator) -> None:
        what.check()

    def upload(self, what: Locator, path: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            what.click()
        chooser.value.set_files(path)

    def date(self, what: Locator, day: str, year: str) -> None:
        what.fill(f"{year}-{day}-{day}")

    def open(self, cell: Locator) -> None:
        cell.locator(".met a").click()

    def move(self, start: Locator, end: Locator) -> None:
        start.evaluate("cell => cell.scrollIntoView({block: 'center'})")  # free of the page's head
        met = start.locator(".met").bounding_box()
        assert met
        self.page.mouse.move(met["x"] + 15, met["y"] + 10)
        self.page.mouse.down()
        self.page.mouse.move(met["x"] + 45, met["y"] + 40, steps=3)
        expect(end).to_have_attribute("data-open", "free")
        target = end.bounding_box()
        assert target
        self.page.mouse.move(target["x"] + 20, target["y"] + 12, steps=3)
        self.page.mouse.up()


class Keyboard:
    """Tab, arrows, Enter, Space and letters; nothing is clicked, focused or filled from outside."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.on("filechooser", lambda _chooser: None)  # caught from the start, not in a race

    def press(self, what: Locator) -> None:
        self._reach(what)
        self._key("Enter")

    def write(self, what: Locator, text: str) -> None:
        self._reach(what)
        self._key("Control+a")
        self.page.keyboard.type(text)

    def choose(self, what: Locator) -> None:
        self._reach(what, GROUP_IS_HERE)
        self._key("Space")
        for _step in range(20):
            if what.is_checked():
                return
            self._key("ArrowDown")
        raise AssertionError(f"{what} cannot be chosen by the arrow keys")

    def tick(self, what: Locator) -> None:
        self._reach(what)
        self._key("Space")

    def upload(self, what: Locator, path: Path) -> None:
        self._reach(what)
        with self.page.expect_file_chooser() as chooser:
            self._key("Space")
        chooser.value.set_files(path)

    def date(self, what: Locator, day: str, year: str) -> None:
        self._reach(what)
        self.page.keyboard.type(f"{day}{day}{year}")

    def open(self, cell: Locator) -> None:
        self._go(cell)
        self._key("Space")

    def move(self, start: Locator, end: Locator) -> None:
        self._go(start)
        self._key("Enter")
        expect(end).to_have_attribute("data-open", "free")
        self._walk(end)
        self._key("Enter")

    def _go(self, cell: Locator) -> None:
        """The board is one stop of the tab key; arrows lead from cell to cell."""
        self._reach(self.page.locator('#board td[tabindex="0"]'))
        self._walk(cell)

    def _walk(self, cell: Locator) -> None:
        """Along the row, then along the column."""
        onward, back = "ArrowRight", "ArrowLeft"
        if self.page.evaluate("document.dir") == "rtl":
            onward, back = back, onward
        down, across = self.page.evaluate(WAY, cell.element_handle())
        for key, steps in (
            (onward, across),
            (back, -across),
            ("ArrowDown", down),
            ("ArrowUp", -down),
        ):
            for _step in range(steps):
                self._key(key)
        assert cell.evaluate(IS_HERE)

    def _reach(self, what: Locator, is_here: str = IS_HERE) -> None:
        what.wait_for()
        for _stop in range(MOST_STOPS):
            if what.evaluate(is_here):
                return
            self._key("Tab")
        raise AssertionError(f"the tab key does not reach {what}")

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)


# From the cell that has the focus to another: rows down, columns across in the reading direction.
WAY = """cell => {
  const here = document.activeElement;
  return [cell.parentElement.rowIndex - here.parentElement.rowIndex,
          cell.cellIndex - here.cellIndex];
}"""
