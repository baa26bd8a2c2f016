"""From two spreadsheets to printed agendas, in a real browser.

The PDF is read back and agrees with the database and with the independent check.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from installation import ROOT, Installation
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.clock import span_text
from matchmaker.database import make_engine
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.queries import BookedMeeting, meetings_of, published_version
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

DAY = date(2027, 4, 14)
HEADING = 120  # characters of a sheet in which its person is named
COLUMNS = ("Email", "First name", "Last name", "Organization name", "Country", "Language",
           "Spoken languages", "Stand", "Absent")  # fmt: skip
PEOPLE = (
    ("amal@buyer.example", "أمل", "برادة", "الماء الصافي", "Morocco", "ar", "ar", "", ""),
    ("bilal@supplier.example", "Bilal", "Tazi", "Hydro Maghreb SARL", "Morocco", "fr", "fr;ar",
     "S01", "2027-04-14 11:00-12:00"),
    ("chloe@eau.example", "Chloé", "Lefèvre", "Eau & Fils", "France", "fr", "fr", "", ""),
    ("soren@hub.example", "Søren", "Ågaard", "Recycling Hub", "Denmark", "en", "en;da", "", ""),
    ("nadia@lab.example", "نادية", "التازي", "مختبر ابن زهر", "MA", "ar", "ar;fr", "", ""),
    ("julien@sensor.example", "Julien", "Garnier", "Capteurs du Nord", "FR", "fr", "fr;en", "", ""),
    ("nobody", "No", "Address", "Nowhere", "MA", "fr", "fr", "", ""),
)  # fmt: skip
WISHES = (
    ("amal@buyer.example", "bilal@supplier.example", "top"),
    ("bilal@supplier.example", "amal@buyer.example", "like"),
    ("amal@buyer.example", "chloe@eau.example", "like"),
    ("chloe@eau.example", "nadia@lab.example", "top"),
    ("soren@hub.example", "Capteurs du Nord", "top"),
    ("julien@sensor.example", "bilal@supplier.example", "like"),
    ("nadia@lab.example", "amal@buyer.example", "never"),
    ("chloe@eau.example", "chloe@eau.example", "top"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Participants as a workbook, wishes as Excel in Morocco saves them: semicolons, Windows."""
    folder = tmp_path_factory.mktemp("files")
    people = folder / "participants.xlsx"
    people.write_bytes(write_xlsx([Sheet(name="Participants", header=COLUMNS, rows=PEOPLE)]))
    wishes = folder / "souhaits.csv"
    lines = ["From;To;Grade;Message", *(";".join((*wish, "Intéressé")) for wish in WISHES)]
    wishes.write_bytes("\r\n".join(lines).encode("cp1252"))
    return people, wishes


def test_from_two_spreadsheets_to_printed_agendas(
    installation: Installation, browser: Browser, files: tuple[Path, Path], tmp_path: Path
) -> None:
    page = browser.new_context(locale="en-GB", accept_downloads=True).new_page()
    page.set_default_timeout(60_000)
    sign_in(page, installation)
    create_event(page)
    furnish(page)
    import_file(page, "Participants", files[0], good=6, faulty=1)
    import_file(page, "Wishes", files[1], good=7, faulty=1)
    make_schedule(page)
    check_files(page, tmp_path)
    publish(page)
    agendas = print_agendas(page, tmp_path)
    agree_with_database(installation, agendas)


def sign_in(page: Page, installation: Installation) -> None:
    page.goto(installation.command("organiser", "dounia@cluster.example", "--name", "Dounia"))
    page.get_by_role("button", name="Go to my page").click()
    page.get_by_role("button", name="English").click()


def create_event(page: Page) -> None:
    page.goto("/".join(page.url.split("/")[:3]) + "/organise/new")
    page.get_by_label("Name in French").fill("Forum de l’eau")
    page.get_by_label("Name in Arabic").fill("منتدى الماء")
    page.get_by_label("Name in English").fill("Water forum")
    page.get_by_label("First day").fill(DAY.isoformat())
    for number, (starts, ends) in enumerate((("09:00", "10:10"), ("11:00", "12:10"))):
        page.locator(f"[name=hours-{number}-starts]").fill(starts)
        page.locator(f"[name=hours-{number}-ends]").fill(ends)
    page.get_by_role("button", name="Create the event").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Water forum")


def furnish(page: Page) -> None:
    home = page.url.rstrip("/")
    page.goto(f"{home}/set-up/places")
    page.locator("[name=count]").fill("2")
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(f"{home}/set-up/places/new")
    page.locator("[name=code]").fill("S01")
    page.locator("[name=kind]").select_option("stand")
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{home}/set-up/interpreters/new")
    page.locator("[name=name]").fill("Interpreter 1")
    for language in ("ar", "fr"):
        page.locator(f"[name=languages][value={language}]").check()
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{home}/")


def import_file(page: Page, kind: str, path: Path, *, good: int, faulty: int) -> None:
    home = _home(page)
    page.goto(f"{home}/imports/")
    page.get_by_label(kind, exact=True).check()
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="Show the preview").click()
    expect(page.locator("main")).to_contain_text(f"{faulty}")
    page.get_by_role("button", name="Import the good rows").click()
    expect(page.locator("main")).to_contain_text(f"{good}")
    page.goto(f"{home}/")


def make_schedule(page: Page) -> None:
    page.goto(f"{_home(page)}/schedule/")
    page.get_by_label("Time limit in seconds").fill("10")
    page.get_by_role("button", name="Start").click()
    page.locator("a[href*='/versions/']").first.click()


def check_files(page: Page, folder: Path) -> None:
    """What the page offers satisfies the independent check on anybody's computer."""
    for name in ("problem", "schedule"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download the {name}").click()
        download.value.save_as(folder / f"{name}.json")
    done = subprocess.run(
        [sys.executable, "-m", "solver", "check",
         folder / "problem.json", folder / "schedule.json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((folder / "schedule.json").read_text(encoding="utf-8"))["meetings"]


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publish …").click()
    page.get_by_role("button", name="Publish as final").click()
    expect(page.locator("main")).to_contain_text("Published")


def print_agendas(page: Page, folder: Path) -> list[str]:
    """The text of each page of the print pack."""
    page.goto(f"{_home(page)}/print")
    page.locator("a[href$='/print/agendas']").click()
    page.get_by_role("button", name="Print all of these").click()
    link = page.get_by_role("link", name="Download the PDF")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    download.value.save_as(folder / "agendas.pdf")
    reader = PdfReader(io.BytesIO((folder / "agendas.pdf").read_bytes()))
    return [page.extract_text() for page in reader.pages]


def agree_with_database(installation: Installation, sheets: list[str]) -> None:
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine) as session:
        event = session.scalars(select(Event)).one()
        version = published_version(session, event.id)
        assert version is not None
        people = {row.id: row for row in session.scalars(select(Participant))}
        meetings = meetings_of(session, version)
    engine.dispose()
    assert len(people) == 6
    assert len(sheets) == len(people)
    assert len(meetings) == 5
    for person in people.values():
        own = [meeting for meeting in meetings if person.id in meeting.people]
        sheet = _sheet_of(person, sheets)
        for meeting in own:
            _assert_on(sheet, meeting, person, people)


def _sheet_of(person: Participant, sheets: list[str]) -> list[str]:
    """The words of the sheet that this person's name heads."""
    wanted = set(person.name.split())
    found = [sheet for sheet in sheets if wanted <= set(_words(sheet[:HEADING]))]
    assert len(found) == 1, person.id
    return _words(found[0])


def _assert_on(
    words: list[str], meeting: BookedMeeting, person: Participant, people: dict[str, Participant]
) -> None:
    """A text layer keeps the words of an Arabic line, not always their order."""
    times = span_text(meeting.starts_at, meeting.ends_at, person.language)
    text = " ".join(words)
    assert times in text
    assert meeting.place_code is not None
    assert meeting.place_code in text
    for partner in meeting.people:
        assert all(word in text for word in people[partner].name.split())


def _words(text: str) -> list[str]:
    marks = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
    return text.translate(marks).split()


def _home(page: Page) -> str:
    address = page.url.split("/organise/")
    return f"{address[0]}/organise/{address[1].split('/')[0]}"
