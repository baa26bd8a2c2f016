"""An organiser from the template to the second print, in a real browser: with the mouse, and by the
keyboard alone in each language.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import Hands, Keyboard, Mouse
from installation import Installation
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.agendas.models import PrintPack
from matchmaker.database import make_engine
from matchmaker.events.models import Event
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LOCALES = {"fr": "fr-FR", "ar": "ar-MA", "en": "en-GB"}
COLUMNS = ("Email", "First name", "Last name", "Organization name", "Country", "Language")
PEOPLE = tuple(
    (f"{first.lower()}@{last.lower()}.example", first, last, f"{last} SARL", "Morocco", "fr")
    for first, last in (("Amal", "Tazi"), ("Bilal", "Idrissi"), ("Chen", "Berrada"),
                        ("Dima", "Alaoui"))
)  # fmt: skip
WISHES = (("Amal", "Bilal"), ("Chen", "Dima"))
SCREEN: ViewportSize = {"width": 1280, "height": 900}
LOW = 480  # pixels: four people reach below it
FURTHER = 3  # rows: more than the meetings that there are
FREE_NEAR = """(td, rows) => {
  const row = td.parentElement.sectionRowIndex, column = td.cellIndex - 1;
  const cells = [...td.closest('tbody').rows].map((each) => each.querySelectorAll('td')[column]);
  const isFree = (there) => cells[there] && !cells[there].querySelector('.met');
  const off = (there) => Math.abs(Math.abs(there - row) - rows);
  return [[...cells.keys()].sort((one, other) => off(one) - off(other)).find(isFree), column];
}"""
TWO_SHEETS = 2  # of the four, after one of the meetings was moved


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    people, wishes = folder / "people.xlsx", folder / "wishes.xlsx"
    address = {row[1]: row[0] for row in PEOPLE}
    asked = tuple((address[one], address[other], "top") for one, other in WISHES)
    people.write_bytes(write_xlsx([Sheet(name="People", header=COLUMNS, rows=PEOPLE)]))
    header = ("From", "To", "Grade")
    wishes.write_bytes(write_xlsx([Sheet(name="Wishes", header=header, rows=asked)]))
    return people, wishes


@pytest.mark.parametrize(
    ("hands", "language"),
    [(Mouse, "en"), (Keyboard, "fr"), (Keyboard, "ar"), (Keyboard, "en")],
)
def test_from_a_template_to_the_difference_print(
    installation: Installation,
    browser: Browser,
    files: tuple[Path, Path],
    hands: type[Mouse] | type[Keyboard],
    language: str,
) -> None:
    slug = f"{hands.__name__.lower()}-{language}"
    page = browser.new_context(locale=LOCALES[language], viewport=SCREEN).new_page()
    page.set_default_timeout(30_000)
    speak(page, installation, language)
    page.goto(installation.command("organiser", f"{slug}@cluster.example"))
    journey = Journey(hands(page))
    journey.create(slug)
    journey.import_file("participants", files[0])
    journey.tick_somebody()
    journey.import_file("wishes", files[1])
    journey.look_at_capacity()
    journey.try_out("Tables", "tables", "3")
    journey.try_out("Short", "slot_minutes", "20")
    journey.adopt()
    journey.move_and_lock()
    journey.publish()
    assert journey.print_all() == len(PEOPLE)
    journey.change()
    journey.publish()
    assert journey.print_changed() == TWO_SHEETS
    page.context.close()
    agree_with_database(installation, slug)


def speak(page: Page, installation: Installation, language: str) -> None:
    cookie = {"name": "language", "value": language, "url": installation.address}
    page.context.add_cookies([cookie])


class Journey:
    """Its steps; each begins from the navigation, as somebody would who comes back later."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.page = hands, hands.page

    def create(self, slug: str) -> None:
        self.press("main form button")
        self.press("main a[href='/organise/new']")
        self.press("main a[href='/organise/new/from']")
        self.hands.choose(self.page.locator("[name=source][value$=clusters]"))
        self.write("name_fr", f"Forum {slug}")
        self.hands.date(self.page.locator("[name=first_day]"), "05", "2027")
        self.write("slug", slug)
        self.press("main form .actions button")
        expect(self.page.locator("h1")).to_contain_text(f"Forum {slug}")

    def import_file(self, kind: str, path: Path) -> None:
        self.go("/imports/")
        self.hands.choose(self.page.locator(f"[name=kind][value={kind}]"))
        self.hands.upload(self.page.locator("[name=file]"), path)
        self.press("main form .actions button")
        self.press("main form .actions button:first-child")

    def tick_somebody(self) -> None:
        """What can be done is at hand without going to the end of the list."""
        self.go("/participants")
        self.page.set_viewport_size({**SCREEN, "height": LOW})
        self.page.evaluate("scrollTo(0, 0)")
        expect(self.page.locator(".deeds")).not_to_be_in_viewport()
        self.hands.tick(self.page.locator("td.tick input").first)
        expect(self.page.locator(".deeds button").first).to_be_in_viewport()
        self.page.set_viewport_size(SCREEN)

    def look_at_capacity(self) -> None:
        self.go("/capacity")
        self.write("seconds", "5")
        self.press("main form.toolbar button")
        self.see("main .big")

    def try_out(self, name: str, field: str, value: str) -> None:
        self.go("/schedule/")
        self.press("main a[href$='/scenarios/']")
        self.write("label", name)
        self.write(field, value)
        self.write("seconds", "5")
        self.press("main form:not(.toolbar) .actions button")
        self.see("#run a.primary")

    def adopt(self) -> None:
        """The scenario that was tried last."""
        self.press("#run a.primary")
        self.press("main form button.primary")
        self.see("main a[href$='/board']")

    def move_and_lock(self) -> None:
        self.press("main a[href$='/board']")
        self.press("main form button.primary")
        self.move(0)
        with self.page.expect_navigation():
            self.hands.open(self.page.locator("#board td:has(.met)").first)
        self.press("main button[name=kind][value=lock]")
        self.see("main button[name=kind][value=unlock]")

    def move(self, number: int) -> None:
        """One of the meetings of the board, to a free place a few rows off at the same time."""
        board = self.page.locator("#board")
        self.see("#board td[tabindex='0']")
        start = board.locator("td:has(.met)").nth(number)
        there, column = start.evaluate(FREE_NEAR, FURTHER)
        end = board.locator("tbody tr").nth(there).locator("td").nth(column)
        self.hands.move(start, end)
        end.locator(".met").wait_for()

    def publish(self) -> None:
        self.press("main nav a[href$='/publish']")
        self.press("main button[name=mode][value=final]")
        self.see("main [data-state=published]")

    def print_all(self) -> int:
        self.go("/print")
        self.press("main a[href$='/print/agendas']")
        self.press("main form.actions button.primary")
        return self._sheets()

    def change(self) -> None:
        self.go("/schedule/")
        self.press("main a[href*='/versions/']")
        self.press("main nav a[href$='/board']")
        self.press("main form button.primary")
        self.move(1)  # the first is locked

    def print_changed(self) -> int:
        self.go("/print")
        self.press("main a[href$='/print/agendas']")
        self.press("main button[name=changed]")
        return self._sheets()

    def _sheets(self) -> int:
        """Of the pack, once it can be had."""
        link = self.page.locator("main a[href$='.pdf']")
        link.wait_for()
        with self.page.expect_download() as download:
            self.hands.press(link)
        return len(PdfReader(download.value.path()).pages)

    def go(self, end: str) -> None:
        """A part of the navigation."""
        self.press(f"nav.parts a[href$='{end}']")

    def press(self, selector: str) -> None:
        """A link or a button, to where it leads."""
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(selector).first)

    def see(self, selector: str) -> None:
        """At last: the engine and the printer take their time."""
        self.page.locator(selector).first.wait_for()

    def write(self, name: str, text: str) -> None:
        self.hands.write(self.page.locator(f"[name={name}]"), text)


def agree_with_database(installation: Installation, slug: str) -> None:
    """Set-up of the scenario, both meetings, the moved one locked, two packs."""
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine) as session:
        event = session.scalars(select(Event).where(Event.slug == slug)).one()
        assert event.slot_minutes == 20
        version = published_version(session, event.id)
        assert version is not None
        assert version.number == 2
        meetings = meetings_of(session, version)
        assert len(meetings) == len(WISHES)
        assert sum(meeting.locked for meeting in meetings) == 1
        packs = session.scalars(select(PrintPack).where(PrintPack.event_id == event.id)).all()
        assert sorted(pack.changed_only for pack in packs) == [False, True]
    engine.dispose()
