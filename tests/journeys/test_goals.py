"""The order of goals is put together by mouse, by keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.database import make_engine

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def schedule_page(
    installation: Installation, context: BrowserContext, session: Session, slug: str
) -> Page:
    event = cast.make_event(session, slug)
    token = add_link(session, cast.make_organiser(session, event, f"Dounia-{slug}"))
    session.commit()
    page = context.new_page()
    context.add_cookies([{"name": "language", "value": "en", "url": installation.address}])
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()
    page.goto(f"{installation.address}/organise/{event.id}/schedule/")
    return page


def order_of(page: Page) -> list[str]:
    fields = page.locator('input[name="order"]')
    return [fields.nth(number).input_value() for number in range(fields.count())]


def test_dragging_and_arrows_choose_the_own_order(
    installation: Installation, browser: Browser, session: Session
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = schedule_page(installation, context, session, "goals")
    page.locator("summary", has_text="My own order of goals").click()
    handles = page.locator(".handle")
    handles.nth(2).scroll_into_view_if_needed()
    start, end = handles.nth(2).bounding_box(), handles.nth(0).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] - 20, steps=12)
    page.mouse.up()
    assert order_of(page) == ["breaks", "wishes", "worst_off", "moves"]
    assert page.locator('input[value="own"]').is_checked()
    down = page.locator('button[name="down"][value="breaks"]')
    down.focus()
    page.keyboard.press("Enter")
    assert order_of(page) == ["wishes", "breaks", "worst_off", "moves"]
    assert down.evaluate("button => button === document.activeElement")
    context.close()


def test_arrows_without_a_script_keep_what_was_entered(
    installation: Installation, browser: Browser, session: Session
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = schedule_page(installation, context, session, "goals-plain")
    page.locator("summary", has_text="My own order of goals").click()
    page.locator('input[name="seconds"]').fill("33")
    page.locator('button[name="up"][value="moves"]').click()
    assert order_of(page) == ["wishes", "worst_off", "moves", "breaks"]
    assert page.locator('input[name="seconds"]').input_value() == "33"
    assert page.locator('input[value="own"]').is_checked()
    context.close()
