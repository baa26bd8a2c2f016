"""Wishing on a phone, in each language: put in order by finger and by keyboard; asked, answered,
and given a time, of which the second comer sees what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.database import make_engine, now
from matchmaker.events.models import Event, MeetingSession
from matchmaker.schedules.modes import set_modes
from matchmaker.wishes.rules import set_rules

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


@languages
def test_a_wish_becomes_a_request_an_agreement_and_a_meeting(
    installation: Installation, browser: Browser, session: Session, language: str
) -> None:
    event = booked_forum(session, language)
    tokens = {}
    for name in ("Amal", "Bilal", "Chen"):
        account = cast.make_account(session, f"{name}-booking-{language}")
        shown = {"consent_version": "1", "consent_at": event.created_at}
        person = cast.make_participant(session, event, name, account, language=language, **shown)
        tokens[person.id] = add_link(session, account)
    session.commit()
    home = f"{installation.address}/events/{event.slug}/me"

    phones = {name: phone(installation, browser, tokens[name], language) for name in tokens}
    wish_for_bilal(phones["amal"], home)
    wish_for_bilal(phones["chen"], home)

    bilal = phones["bilal"]
    bilal.goto(f"{home}/wishes")
    expect(bilal.locator("#incoming li.person")).to_have_count(2)
    ask_back(bilal, "Amal")
    answer_back(phones["amal"], home)

    fix_both(bilal, home)
    for name in ("amal", "chen"):
        phones[name].goto(f"{home}/agenda")
        expect(phones[name].locator("main")).to_contain_text("Bilal")
    for page in phones.values():
        page.context.close()


def booked_forum(session: Session, language: str) -> Event:
    """A forum in a month with three slots, whose participants fix times themselves."""
    event = cast.make_event(session, f"booking-{language}", needs_acceptance=True)
    slots = cast.make_slots(session, event, 3, f"am-{language}")
    later = (now() + timedelta(days=30)).date() - slots[0].starts_at.date()
    for slot in slots:
        slot.starts_at, slot.ends_at = slot.starts_at + later, slot.ends_at + later
    session.get_one(MeetingSession, (event.id, f"am-{language}")).day += later
    cast.make_place(session, event)
    set_modes(session, event, "book", {})
    set_rules(session, event, hours=48)
    return event


def request_of(page: Page, name: str) -> Locator:
    return page.locator("#incoming li.person").filter(has_text=name)


def wish_for_bilal(page: Page, home: str) -> None:
    page.goto(f"{home}/people")
    page.locator("#bilal button[data-grade=top]").click()
    expect(page.locator("#bilal button[data-grade=top][aria-pressed=true]")).to_have_count(1)


def fix_both(bilal: Page, home: str) -> None:
    """Amal's time first; the page for Chen was opened before, and its time is gone."""
    bilal.goto(f"{home}/wishes")
    request_of(bilal, "Amal").locator("a[href*='/book/']").click()
    expect(bilal.locator("button[name=slot]")).to_have_count(3)
    assert bilal.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stale = browser_tab(bilal, f"{home}/book/chen")  # opened before the first time is taken
    first = bilal.locator("button[name=slot]").first
    taken = first.get_attribute("value")
    first.click()
    expect(bilal.locator("main .notice")).not_to_have_count(0)

    stale.locator(f"button[name=slot][value='{taken}']").click()
    expect(stale.locator("main > .error[role=alert]")).to_have_count(1)
    expect(stale.locator("button[name=slot]")).to_have_count(2)
    stale.locator("button[name=slot]").last.click()
    expect(stale.locator("button[name=slot]")).to_have_count(0)


def ask_back(page: Page, name: str) -> None:
    card = request_of(page, name)
    card.locator("details.message summary").click()
    card.locator("textarea[name=text]").fill("150 m3/h?")
    card.locator("details.message button").click()
    expect(request_of(page, name)).to_contain_text("150 m3/h?")


def answer_back(page: Page, home: str) -> None:
    page.goto(f"{home}/wishes")
    expect(page.locator("main")).to_contain_text("150 m3/h?")
    page.locator("#bilal textarea[name=text]").fill("200 m3/h")
    page.locator("#bilal details.message").last.locator("button").click()
    expect(page.locator("#bilal")).to_contain_text("200 m3/h")


def browser_tab(page: Page, address: str) -> Page:
    tab = page.context.new_page()
    tab.goto(address)
    return tab
