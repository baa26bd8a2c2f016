"""Wishing on a phone: put in order by finger and by keyboard, in each language."""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.database import make_engine

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PHONE = {"width": 390, "height": 844}
languages = pytest.mark.parametrize("language", ["fr", "ar", "en"])


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    """Into the database of the served installation."""
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def phone(installation: Installation, browser: Browser, token: str, language: str) -> Page:
    """Somebody's phone, signed in."""
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": installation.address}])
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()
    return page


@languages
def test_wishes_are_put_in_order_by_finger_and_by_keyboard(
    installation: Installation, browser: Browser, session: Session, language: str
) -> None:
    event = cast.make_event(session, f"order-{language}")
    account = cast.make_account(session, f"Amal-{language}")
    shown = {"consent_version": "1", "consent_at": event.created_at}
    amal = cast.make_participant(session, event, "Amal", account)
    for place, name in enumerate(("Bilal", "Chen", "Farah"), start=1):
        other = cast.make_participant(session, event, name, **shown)
        cast.make_wish(session, amal, other, position=place)
    token = add_link(session, account)
    session.commit()

    page = phone(installation, browser, token, language)
    page.goto(f"{installation.address}/events/{event.slug}/me/wishes")
    assert names(page) == ["Bilal", "Chen", "Farah"]
    drag(page, 0, below=2)
    assert names(page) == ["Chen", "Farah", "Bilal"]
    page.reload()
    assert names(page) == ["Chen", "Farah", "Bilal"]

    up = page.locator("#like [name=up]").nth(1)
    up.focus()
    with page.expect_response("**/wishes/order"):
        page.keyboard.press("Enter")
    assert names(page) == ["Farah", "Chen", "Bilal"]
    expect(page.locator("#like li").nth(0).locator("[name=up]")).to_be_focused()
    expect(page.locator("#order-news")).to_contain_text("1")
    page.reload()
    assert names(page) == ["Farah", "Chen", "Bilal"]
    page.context.close()


def names(page: Page) -> list[str]:
    return [name.split()[0] for name in page.locator("#like li h3").all_inner_texts()]


def drag(page: Page, row: int, *, below: int) -> None:
    handle = page.locator("#like .handle").nth(row)
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), page.locator("#like li").nth(below).bounding_box()
    assert start
    assert end
    across = start["x"] + start["width"] / 2
    page.mouse.move(across, start["y"] + start["height"] / 2)
    page.mouse.down()
    for part in (0.2, 0.6, 0.95):
        page.mouse.move(across, end["y"] + end["height"] * part, steps=4)
    with page.expect_response("**/wishes/order"):
        page.mouse.up()
