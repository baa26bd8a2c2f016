"""The frame of every page on small phones: one line at the top with its menu within the screen, a
bar at the bottom whose words stay in their places; grades that leave the list where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.database import make_engine
from matchmaker.migrations import metadata
from matchmaker.participants.models import Participant
from matchmaker.wishes.queries import grades_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

WIDTHS = (320, 360, 375)
OUTSIDE = """(around) => [...around.querySelectorAll('*')].filter(part => {
  const box = part.getBoundingClientRect();
  return box.width > 1 && (box.left < -0.5 || box.right > innerWidth + 0.5);
}).map(part => part.outerHTML.slice(0, 80))"""
SPILT = """(cells) => cells.filter(cell => {
  const box = cell.getBoundingClientRect(), words = document.createRange();
  words.selectNodeContents(cell.querySelector('span'));
  const text = words.getBoundingClientRect();
  return text.left < box.left - 0.5 || text.right > box.right + 0.5 || box.right > innerWidth + 0.5;
}).map(cell => cell.textContent)"""


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    metadata()
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def make_forum(session: Session, slug: str, others: int) -> str:
    """The token with which Amal signs in."""
    event = cast.make_event(session, slug)
    account = cast.make_account(session, f"Amal-{slug}")
    shown = {"consent_version": "1", "consent_at": event.created_at}
    cast.make_participant(session, event, "Amal", account, **shown)
    for number in range(others):
        cast.make_participant(session, event, f"Person{number}", **shown)
    token = add_link(session, account)
    session.commit()
    return token


def enter(installation: Installation, browser: Browser, token: str, language: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": installation.address}])
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()
    return page


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_header_menu_and_bar_fit_small_phones(
    installation: Installation, browser: Browser, session: Session, language: str
) -> None:
    token = make_forum(session, f"frame-{language}", 0)
    page = enter(installation, browser, token, language)
    page.goto(f"{installation.address}/events/frame-{language}/me/people")
    top = page.locator("header.top")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        box = top.bounding_box()
        assert box
        assert box["height"] < 80
        page.locator(".menu > summary").click()
        expect(page.locator(".menu form > button")).to_be_visible()
        assert top.evaluate(OUTSIDE) == []
        page.locator(".menu > summary").click()
        assert page.locator(".parts a").evaluate_all(SPILT) == []
    page.context.clear_cookies(name="matchmaker")
    page.goto(f"{installation.address}/events/frame-{language}/register")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert top.evaluate(OUTSIDE) == []
        box = top.bounding_box()
        assert box
        assert box["height"] < 80
    page.context.close()


def test_a_grade_leaves_the_list_where_it_is(
    installation: Installation, browser: Browser, session: Session
) -> None:
    token = make_forum(session, "still", 9)
    page = enter(installation, browser, token, "en")
    page.goto(f"{installation.address}/events/still/me/")
    page.goto(f"{installation.address}/events/still/me/people")
    card = page.locator("li.person").nth(4)
    card.scroll_into_view_if_needed()
    before = card.bounding_box()
    for grade in ("like", "top", "never"):
        button = card.locator(f"[data-grade={grade}]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_be_focused()
    assert card.bounding_box() == before
    expect(page.locator(".left").first).to_have_text("You have 5 top wishes left.")
    page.go_back()
    assert page.url.endswith("/me/")
    amal = session.scalars(select(Participant).where(Participant.first_name == "Amal")).all()[-1]
    assert list(grades_of(session, amal).values()) == ["never"]
    page.context.close()
