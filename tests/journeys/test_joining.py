"""Joining on a phone, in each language: a newcomer, somebody who is late, a team with a manager."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from datetime import timedelta

import cast
import pytest
from axe_playwright_python.sync_playwright import Axe
from installation import Installation
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.links import add_link
from matchmaker.accounts.models import Account
from matchmaker.clock import wall_now
from matchmaker.database import make_engine
from matchmaker.events.models import Event
from matchmaker.events.phases import set_phase
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participation.questions import add_question
from matchmaker.participation.services import add_type
from matchmaker.wishes.models import Wish

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PHONE = {"width": 390, "height": 844}
MAIL_WITHIN = 60.0
YES = {"fr": "Oui", "ar": "نعم", "en": "Yes"}
CLOSED = {"fr": "closes", "ar": "أُغلق", "en": "closed"}
ACTING = {"fr": "Vous agissez pour", "ar": "تتصرفون نيابة عن", "en": "You act for"}
languages = pytest.mark.parametrize("language", ["fr", "ar", "en"])


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    """Into the database of the served installation."""
    engine = make_engine(f"sqlite:///{installation.instance / 'matchmaker.sqlite'}")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.fixture
def page(installation: Installation, browser: Browser, language: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    context.add_cookies([{"name": "language", "value": language, "url": installation.address}])
    yield context.new_page()
    context.close()


def make_forum(session: Session, slug: str) -> Event:
    event = cast.make_event(session, slug)
    cast.make_slots(session, event, 3)
    cast.make_slots(session, event, 2, "pm", first_hour=14)
    session.commit()
    return event


def make_asking_forum(session: Session, slug: str) -> Event:
    """With an organisation, a type, and a question that must be answered."""
    event = make_forum(session, slug)
    cast.make_organisation(session, event, "Atlas Eau")
    add_type(session, event, {"fr": "Acheteur", "ar": "مشترٍ", "en": "Buyer"})
    add_question(session, event, "yes_no", {
        "labels": {"fr": "Déjeunez-vous ?", "ar": "هل تتغدون؟", "en": "Lunch?"}, "hints": {},
        "is_required": True, "audience": "organisers", "is_active": True, "types": [],
        "options": [],
    })  # fmt: skip
    session.commit()
    return event


def make_team(session: Session, slug: str, language: str) -> tuple[Event, Account]:
    """Amal manages it, Bilal says to belong to it; Chen comes from elsewhere."""
    event = make_forum(session, slug)
    home = cast.make_organisation(session, event, "Atlas Eau")
    shown = {"consent_version": "1", "consent_at": event.created_at}
    ours = {"organisation_id": home.id, **shown}
    account = cast.make_account(session, f"Amal-{language}", language=language)
    cast.make_participant(session, event, "Amal", account, team_role="manager", **ours)
    cast.make_participant(session, event, "Bilal", team_role="applicant", **ours)
    cast.make_participant(session, event, "Chen", **shown)
    return event, account


def go_on(page: Page) -> None:
    """The button of the step; every step fits the phone, and axe finds nothing in it."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("main form .actions button.primary").first.click()


def say_who(page: Page, name: str, address: str) -> None:
    page.locator("[name=first_name]").fill(name)
    page.locator("[name=last_name]").fill("Tazi")
    page.locator("[name=email]").fill(address)
    go_on(page)


def link_to(installation: Installation, address: str) -> str:
    """The sign-in link of the mail to this address; the worker writes it into the folder."""
    until = time.monotonic() + MAIL_WITHIN
    while time.monotonic() < until:
        for path in (installation.instance / "mails").glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            if message["To"] == address and body is not None:
                return re.findall(r"http://\S+/sign-in/\S+", body.get_content())[0]
        time.sleep(0.3)
    raise AssertionError(f"no mail came to {address}")


@languages
def test_a_newcomer_finds_their_organisation_and_comes_in(
    installation: Installation, page: Page, session: Session, language: str
) -> None:
    event = make_asking_forum(session, f"new-{language}")
    address = f"ghita@{language}.example"
    page.goto(f"{installation.address}/events/{event.slug}/")
    page.locator("main a.primary").first.click()
    say_who(page, "Ghita", address)
    page.locator("[name=organisation]").press_sequentially("atl", delay=30)
    expect(page.locator("#found button")).to_have_text("Atlas Eau")
    page.locator("[name=organisation]").fill("Atlas Eaux")
    go_on(page)
    page.locator(".warn [name=use]").click()
    page.locator("[name=type_code]").check()
    go_on(page)
    page.get_by_label(YES[language], exact=False).first.check()
    go_on(page)
    expect(page.locator("[name=sessions]").first).to_be_visible()
    page.go_back()
    expect(page.locator("main [type=radio]:checked")).to_have_count(1)
    go_on(page)
    page.locator("[name=sessions][value=pm]").uncheck()
    go_on(page)
    expect(page.locator("main")).to_contain_text("Atlas Eau")
    page.locator("[name=consent]").check()
    go_on(page)
    page.goto(link_to(installation, address))
    page.locator("main form button").click()
    assert page.url.endswith("/me/")
    session.rollback()
    assert session.scalars(
        select(Organisation.name).where(Organisation.event_id == event.id)
    ).all() == ["Atlas Eau"]
    person = session.scalars(select(Participant).where(Participant.email == address)).one()
    assert (person.type_code, person.attends_all, person.consent_version) == (
        "acheteur",
        False,
        event.consent_version,
    )


@languages
def test_somebody_is_late_and_let_in_by_hand(
    installation: Installation, page: Page, session: Session, language: str
) -> None:
    event = make_forum(session, f"late-{language}")
    page.goto(f"{installation.address}/events/{event.slug}/register")
    say_who(page, "Ghita", f"late@{language}.example")
    over = wall_now(event.zone) - timedelta(minutes=1)
    set_phase(session, event, "registration", opens_at=None, closes_at=over)
    session.commit()
    page.locator("[name=organisation]").fill("Atlas Eau")
    go_on(page)
    expect(page.locator("main .notice")).to_contain_text(CLOSED[language])
    expect(page.locator("[name=organisation]")).to_have_count(0)
    set_phase(session, event, "registration", opens_at=None, closes_at=over, by_hand=True)
    session.commit()
    page.goto(f"{installation.address}/events/{event.slug}/register")
    expect(page.locator("[name=first_name]")).to_have_value("Ghita")  # nothing was lost
    go_on(page)
    page.locator("[name=organisation]").fill("Atlas Eau")
    go_on(page)
    go_on(page)
    page.locator("[name=consent]").check()
    go_on(page)
    assert page.url.endswith("/registered")


@languages
def test_a_manager_lets_in_adds_and_acts(
    installation: Installation, page: Page, session: Session, language: str
) -> None:
    event, account = make_team(session, f"team-{language}", language)
    sign_in(installation, page, session, account)
    team = f"{installation.address}/events/{event.slug}/me/team/"
    page.goto(team)
    page.locator("#bilal [name=deed][value=let_in]").click()
    expect(page.locator("#bilal h3 a")).to_have_count(1)
    page.locator("main .toolbar a.button").click()
    page.locator("[name=first_name]").fill("Salma")
    page.locator("[name=last_name]").fill("Rami")
    page.locator("[name=has_agreed]").check()
    go_on(page)
    salma = page.locator("li.person", has_text="Salma Rami")
    salma.locator("[name=participant_id]").click()
    expect(page.locator(".acting")).to_contain_text(ACTING[language])
    page.goto(f"{installation.address}/events/{event.slug}/me/people/chen/profile")
    page.locator("main button[data-grade=top]").first.click()
    page.locator(".acting button").click()
    expect(page.locator(".acting")).to_have_count(0)
    session.rollback()
    wisher = session.scalars(select(Wish.from_id).where(Wish.event_id == event.id)).one()
    assert session.get_one(Participant, (event.id, wisher)).name == "Salma Rami"
    salma.locator("h3 a").click()
    expect(page.locator("main")).to_contain_text("Chen Test")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def sign_in(installation: Installation, page: Page, session: Session, account: Account) -> None:
    token = add_link(session, account)
    session.commit()
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()


@languages
def test_the_enter_key_goes_on_and_changes_no_language(
    page: Page, installation: Installation, session: Session, language: str
) -> None:
    """Phones have it as "go" on their keyboard."""
    forum = make_forum(session, f"enter-{language}")
    page.goto(f"{installation.address}/events/{forum.slug}/register")
    for name, text in {"first_name": "Amal", "last_name": "Idrissi"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=email]").fill(f"enter-{language}@people.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/organisation")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("[name=organisation]").fill("Atlas Eau")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/times")
