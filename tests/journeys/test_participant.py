"""A participant's way on a phone, in Arabic, without JavaScript: from registering to the agenda."""

from __future__ import annotations

import email
import email.policy
import re
import time
from pathlib import Path

import pytest
from installation import Installation
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import make_engine
from matchmaker.events.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

ADDRESS = "ghita@newcomer.example"
MAIL_WITHIN = 60.0
PHONE = {"width": 390, "height": 844}


def test_a_participant_registers_wishes_and_has_an_agenda_without_javascript(
    installation: Installation, browser: Browser
) -> None:
    installation.command("demo", "--participants", "16", "--seconds", "5")
    slug = slug_of(installation)
    context = browser.new_context(viewport=PHONE, locale="ar-MA", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{installation.address}/events/{slug}/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    register(page)
    page.goto(link_in_mail(installation))
    page.locator("main form button").click()
    assert page.url == f"{installation.address}/events/{slug}/me/"
    wish(page)
    change_language(page)
    page.goto(f"{installation.address}/events/{slug}/me/agenda")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_count(1)


def register(page: Page) -> None:
    page.locator("main a[href$='/register']").first.click()
    page.locator("[name=first_name]").fill("غيثة")
    page.locator("[name=last_name]").fill("التازي")
    page.locator("[name=email]").fill(ADDRESS)
    go_on(page)
    page.locator("[name=organisation]").fill("الماء الجديد")
    go_on(page)
    page.locator("[name=type_code]").first.check()
    go_on(page)
    page.locator("[name=spoken][value=ar]").check()
    go_on(page)
    page.locator("[name=consent]").check()
    go_on(page)
    assert page.url.endswith("/registered")


def go_on(page: Page) -> None:
    page.locator("main form .actions button.primary").first.click()


def link_in_mail(installation: Installation) -> str:
    """The sign-in link of the newest mail; the worker writes it into the folder."""
    until = time.monotonic() + MAIL_WITHIN
    while time.monotonic() < until:
        for path in sorted((installation.instance / "mails").glob("*.eml"), reverse=True):
            if link := link_of(path):
                return link
        time.sleep(0.3)
    raise AssertionError("no mail came")


def link_of(path: Path) -> str | None:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    if message["To"] != ADDRESS or body is None:
        return None
    found = re.search(r"http://\S+/sign-in/\S+", body.get_content())
    return found[0] if found else None


def wish(page: Page) -> None:
    """The first person who can be found is graded "top", and stands among the wishes."""
    page.goto(page.url + "people")
    first = page.locator("li.person").first
    name = first.locator("h3").inner_text()
    first.locator("button[data-grade=top]").click()
    expect(page.locator("li.person button[data-grade=top][aria-pressed=true]")).to_have_count(1)
    page.goto(page.url.split("/me/")[0] + "/me/wishes")
    expect(page.locator("main")).to_contain_text(name)


def change_language(page: Page) -> None:
    page.locator("header button[name=language][value=fr]").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.locator("header button[name=language][value=ar]").click()


def slug_of(installation: Installation) -> str:
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine) as session:
        slug = session.scalars(select(Event.slug)).one()
    engine.dispose()
    return slug
