"""An organiser changes a schedule on the board: by mouse, by keyboard alone, in each language; a
second one sees it.
"""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.accounts.models import Account
from matchmaker.database import make_engine
from matchmaker.drafts.opening import open_draft
from matchmaker.schedules import bridge

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
languages = pytest.mark.parametrize("language", ["fr", "ar", "en"])
AB, AC = "amal~bilal", "amal~chen"


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    """Into the database of the served installation."""
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def draft_of(session: Session, language: str) -> tuple[str, list[Account]]:
    """Amal – Bilal at nine and Amal – Chen next, at T01; where its board is, and who organises."""
    event = cast.make_event(session, f"board-{language}")
    cast.make_slots(session, event)
    cast.make_place(session, event, "T01")
    cast.make_place(session, event, "T02")
    amal, bilal, chen = (
        cast.make_participant(session, event, n) for n in ("Amal", "Bilal", "Chen")
    )
    cast.make_wish(session, amal, bilal, position=1)
    cast.make_wish(session, amal, chen, position=2)
    people = [cast.make_organiser(session, event, f"{n}-{language}") for n in ("Dounia", "Ester")]
    rows = (["bilal", "amal"], "d1-0900"), (["chen", "amal"], "d1-0925")
    meetings = [{"people": pair, "slot": slot, "place": "T01"} for pair, slot in rows]
    version = cast.make_version(session, event, meetings)
    version.problem, _hash = bridge.write_problem(session, event, "most_wishes")
    session.commit()
    draft = open_draft(session, event, version)
    return f"/organise/{event.id}/schedule/drafts/{draft.id}/", people


def board_of(
    installation: Installation, browser: Browser, token: str, language: str, path: str
) -> Page:
    page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": installation.address}])
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()
    page.goto(installation.address + path)
    expect(page.locator('#board td[tabindex="0"]')).to_have_count(1)
    return page


def cell(page: Page, slot: str, place: str):  # type: ignore[no-untyped-def]
    return page.locator(f'td[data-cell="{slot}|{place}"]')


@languages
def test_meetings_are_moved_by_mouse_and_by_keyboard_and_a_second_organiser_sees_it(
    installation: Installation, browser: Browser, session: Session, language: str
) -> None:
    path, people = draft_of(session, language)
    tokens = [add_link(session, account) for account in people]
    session.commit()
    page, other = (board_of(installation, browser, token, language, path) for token in tokens)

    drag(page, AB, "d1-0950", "T02")
    expect(cell(page, "d1-0950", "T02")).to_contain_text("Bilal")
    expect(cell(page, "d1-0900", "T01")).to_be_empty()
    expect(cell(other, "d1-0950", "T02")).to_contain_text("Bilal", timeout=15_000)
    expect(other.locator("#board-news")).to_contain_text(f"Dounia-{language}")

    start = cell(page, "d1-0925", "T01")
    start.focus()
    page.keyboard.press("Enter")
    expect(cell(page, "d1-0950", "T01")).to_have_attribute("data-open", "no")
    expect(cell(page, "d1-0950", "T02")).to_have_attribute("data-open", "swap")
    expect(cell(page, "d1-0900", "T01")).to_have_attribute("data-open", "free")
    later, earlier = (
        ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    )
    page.keyboard.press(later)
    expect(page.locator("#board-news")).to_contain_text("Amal")  # who is busy then
    page.keyboard.press("Enter")
    expect(page.locator("#board-news")).to_have_class("board-news refused")
    page.keyboard.press(earlier)
    page.keyboard.press(earlier)
    page.keyboard.press("Enter")
    expect(cell(page, "d1-0900", "T01")).to_contain_text("Chen")
    expect(cell(page, "d1-0900", "T01")).to_be_focused()
    page.reload()
    expect(cell(page, "d1-0900", "T01")).to_contain_text("Chen")

    undo_and_redo(page)
    page.context.close()
    other.context.close()


def undo_and_redo(page: Page) -> None:
    page.locator("[data-step=undo] button").click()
    expect(cell(page, "d1-0925", "T01")).to_contain_text("Chen")
    page.locator("[data-step=redo] button").click()
    expect(cell(page, "d1-0900", "T01")).to_contain_text("Chen")


def test_escape_puts_nothing_down_and_space_opens_the_meeting(
    installation: Installation, browser: Browser, session: Session
) -> None:
    path, people = draft_of(session, "keys")
    token = add_link(session, people[0])
    session.commit()
    page = board_of(installation, browser, token, "en", path)
    cell(page, "d1-0900", "T01").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-open=free]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-open]")).to_have_count(0)
    expect(cell(page, "d1-0900", "T01")).to_contain_text("Bilal")
    page.keyboard.press("Space")
    page.wait_for_url(f"**/meetings/{AB}")
    page.context.close()


def test_a_change_leaves_when_the_one_before_is_answered(
    installation: Installation, browser: Browser, session: Session
) -> None:
    path, people = draft_of(session, "turns")
    token = add_link(session, people[0])
    session.commit()
    page = board_of(installation, browser, token, "en", path)
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)  # on its way for as long as we like

    page.route("**/change", hold)

    drag(page, AB, "d1-0900", "T02")
    wait_for(page, sent, 1)
    drag(page, AB, "d1-0950", "T02")  # still shown where it was
    page.wait_for_timeout(500)
    assert len(sent) == 1
    sent[0].continue_()
    wait_for(page, sent, 2)
    sent[1].continue_()
    expect(cell(page, "d1-0950", "T02")).to_contain_text("Bilal")
    expect(cell(page, "d1-0900", "T02")).to_be_empty()
    page.reload()
    expect(cell(page, "d1-0950", "T02")).to_contain_text("Bilal")
    page.context.close()


def wait_for(page: Page, sent: list[Route], number: int) -> None:
    for _look in range(50):
        if len(sent) >= number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(sent)} changes have left, not {number}")


def drag(page: Page, meeting: str, slot: str, place: str) -> None:
    met = page.locator(f'[data-meeting="{meeting}"]').bounding_box()
    assert met
    page.mouse.move(met["x"] + 15, met["y"] + 10)
    page.mouse.down()
    page.mouse.move(met["x"] + 45, met["y"] + 40, steps=3)
    expect(cell(page, slot, place)).to_have_attribute("data-open", "free")
    target = cell(page, slot, place).bounding_box()
    assert target
    page.mouse.move(target["x"] + 20, target["y"] + 12, steps=3)
    page.mouse.up()
