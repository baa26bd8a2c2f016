"""Finding people on a phone and at a desk: the list follows what is typed and ticked."""

from __future__ import annotations

from collections.abc import Iterator

import cast
import pytest
from installation import Installation
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.database import make_engine
from matchmaker.migrations import metadata
from matchmaker.organisations.services import change_organisation

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
PEOPLE = {"Bilal": ("MA", "Électricité solaire"), "Chen": ("FR", "Traitement des boues"),
          "أحمد": ("MA", "معالجة المياه")}  # fmt: skip


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    metadata()
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


def settle(session: Session, slug: str) -> str:
    """Amal and three others at an event; the token that signs Amal in."""
    event = cast.make_event(session, slug)
    account = cast.make_account(session, f"Amal-{slug}")
    cast.make_participant(session, event, "Amal", account)
    for name, (country, job) in PEOPLE.items():
        house = cast.make_organisation(session, event, f"House of {name}")
        change_organisation(session, house, name=house.name, country=country)
        cast.make_participant(session, event, name, job=job, organisation_id=house.id,
                              consent_version="1")  # fmt: skip
    token = add_link(session, account)
    session.commit()
    return token


def enter(installation: Installation, context: BrowserContext, token: str, slug: str) -> Page:
    page = context.new_page()
    page.context.add_cookies([{"name": "language", "value": "fr", "url": installation.address}])
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()
    page.goto(f"{installation.address}/events/{slug}/me/people")
    return page


def expect_names(page: Page, *names: str) -> None:
    expect(page.locator("li.person h3")).to_have_text([f"{name} Test" for name in names])


def test_at_a_desk_the_list_follows_what_is_typed_and_ticked(
    installation: Installation, browser: Browser, session: Session
) -> None:
    token = settle(session, "desk")
    page = enter(installation, browser.new_context(viewport=DESK), token, "desk")
    expect_names(page, "Bilal", "Chen", "أحمد")
    page.evaluate("window.stayed = true")
    search = page.locator("#q")
    for typed, names in (("electri", ["Bilal"]), ("boue", ["Chen"]), ("المياة", ["أحمد"])):
        search.fill(typed)
        expect_names(page, *names)
        expect(search).to_be_focused()
    expect(page.locator("p.total[role=status]")).to_contain_text("1")
    search.fill("")
    page.get_by_label("Maroc", exact=False).check()
    expect_names(page, "Bilal", "أحمد")
    expect(page.locator("[name=country][value=FR]")).to_be_visible()
    assert page.url.endswith("?order=relevance&country=MA")
    page.locator("li.person .star button").first.click()
    expect(page.locator("li.person .star button").first).to_have_attribute("aria-pressed", "true")
    page.locator("[name=among][value=bookmarked]").check()
    expect_names(page, "Bilal")
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect_names(page, "Bilal")
    page.locator("ul.chips a").first.click()
    expect(page.locator("li.person h3").first).to_have_text("Bilal Test")
    page.context.close()


def test_on_a_phone_a_sheet_narrows_the_list(
    installation: Installation, browser: Browser, session: Session
) -> None:
    token = settle(session, "phone")
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = enter(installation, context, token, "phone")
    expect(page.locator("#choices")).to_be_hidden()
    page.locator(".sheet-button").tap()
    page.locator("[name=country][value=FR]").check()
    expect(page.locator(".sheet-foot .total")).to_contain_text("1")
    page.locator(".sheet-foot button").tap()
    expect(page.locator("#choices")).to_be_hidden()
    expect_names(page, "Chen")
    expect(page.locator("#chosen-count")).to_have_text("1")
    context.close()


def test_without_javascript_the_form_does_the_same(
    installation: Installation, browser: Browser, session: Session
) -> None:
    token = settle(session, "plain")
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = enter(installation, context, token, "plain")
    page.locator("#q").fill("électricité")
    page.locator(".ask button.primary").click()
    expect_names(page, "Bilal")
    page.locator("li.person .star button").click()
    expect(page.locator("li.person .star button")).to_have_attribute("aria-pressed", "true")
    page.locator("ul.chips .all").click()
    page.locator(".sheet-button").click()
    page.locator("[name=country][value=FR]").check()
    page.locator(".sheet-foot button").click()
    expect_names(page, "Chen")
    context.close()
