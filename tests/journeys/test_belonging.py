"""On a phone, in each language: a cluster shows what it is, and somebody who cannot come leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import cast
import pytest
import schedule_cast
from axe_playwright_python.sync_playwright import Axe
from installation import Installation
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import migrations
from matchmaker.accounts.links import add_link
from matchmaker.accounts.models import Account
from matchmaker.clock import wall_now
from matchmaker.database import make_engine
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import PersonBooking
from matchmaker.schedules.queries import published_version

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PHONE = {"width": 390, "height": 844}
languages = pytest.mark.parametrize("language", ["fr", "ar", "en"])


@pytest.fixture
def session(installation: Installation) -> Iterator[Session]:
    migrations.metadata()  # all tables: these tests import few of the features
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


def make_forum(session: Session, slug: str, language: str) -> tuple[Event, dict[str, Account]]:
    """Amal of the cluster CISE meets Bilal; the schedule is published."""
    event = cast.make_event(session, slug)
    tomorrow = wall_now(event.zone).date() + timedelta(days=1)
    slots = cast.make_slots(session, event, 3, day=tomorrow)
    place = cast.make_place(session, event, "T1")
    cluster = cast.make_organisation(session, event, "CISE")
    accounts = {}
    for name in ("Amal", "Bilal"):
        accounts[name] = cast.make_account(session, f"{name}-{slug}", language=language)
        home = {"organisation_id": cluster.id} if name == "Amal" else {}
        cast.make_participant(
            session, event, name, accounts[name],
            consent_version="1", consent_at=event.created_at, **home,
        )  # fmt: skip
    meeting = {"people": ["amal", "bilal"], "slot": slots[0].id, "place": place.id}
    version = cast.make_version(session, event, [meeting])
    schedule_cast.write_files(session, event, version)
    cast.publish(session, version)
    session.commit()
    return event, accounts


def enter(installation: Installation, page: Page, session: Session, account: Account) -> None:
    token = add_link(session, account)
    session.commit()
    page.goto(f"{installation.address}/sign-in/{token}")
    page.locator("main form button").click()


def look(page: Page) -> None:
    """Every page on the way fits the phone, and axe finds nothing in it."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@languages
def test_a_cluster_shows_its_services_and_members(
    installation: Installation, page: Page, session: Session, language: str
) -> None:
    event, accounts = make_forum(session, f"cluster-{language}", language)
    home = f"{installation.address}/events/{event.slug}/me"
    enter(installation, page, session, accounts["Amal"])
    page.goto(f"{home}/organisation")
    page.locator("[name=type]").select_option("cluster")
    for box in page.locator("details").all():
        box.evaluate("box => { box.open = true }")
    look(page)
    page.locator("[name=service]").first.check()
    page.locator("[name=members_sme]").fill("42")
    page.locator("[name=description]").fill("Le pôle <b>de l’environnement</b>")
    page.locator("main form .actions button.primary").click()
    enter(installation, page, session, accounts["Bilal"])
    page.goto(f"{home}/people/amal/profile")
    page.locator("main a", has_text="CISE").first.click()
    expect(page.locator("main")).to_contain_text("42")
    expect(page.locator("main")).to_contain_text("Le pôle <b>de l’environnement</b>")
    look(page)


@languages
def test_who_cannot_come_withdraws_in_one_act_and_takes_it_back(
    installation: Installation, page: Page, session: Session, language: str
) -> None:
    event, accounts = make_forum(session, f"leaving-{language}", language)
    home = f"{installation.address}/events/{event.slug}/me"
    enter(installation, page, session, accounts["Amal"])
    page.goto(f"{home}/profile")
    page.locator("main a[href$='/withdraw']").click()
    look(page)
    page.locator("main form button.danger").click()
    assert state(session, event) == "withdrawn"
    assert seats(session, event) == 0
    page.goto(f"{home}/agenda")
    page.locator("main form[action*='/undo/'] button").click()
    assert state(session, event) == "validated"
    assert seats(session, event) == 2
    page.goto(f"{home}/agenda")
    expect(page.locator("main")).to_contain_text("Bilal Test")
    look(page)


def state(session: Session, event: Event) -> str:
    session.expire_all()
    found = session.get_one(Participant, (event.id, "amal")).state
    session.rollback()  # whoever reads here must not keep the server from writing
    return found


def seats(session: Session, event: Event) -> int:
    """How many seats the published schedule takes."""
    version = published_version(session, event.id)
    assert version
    taken = PersonBooking.event_id == event.id, PersonBooking.version_id == version.id
    found = session.scalars(select(PersonBooking.meeting_id).where(*taken)).all()
    session.rollback()
    return len(found)
