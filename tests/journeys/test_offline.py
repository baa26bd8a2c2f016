"""My agenda in a real browser: kept for when the network is cut, gone once one signs out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from werkzeug.serving import BaseWSGIServer, make_server
from world import World, make_world

from matchmaker import create_app
from matchmaker.config import Config
from matchmaker.database import db

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PHONE: ViewportSize = {"width": 390, "height": 844}
HOME = "/events/forum/me/agenda"
OURS = "agenda-pages-"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The pages are the same on PostgreSQL."""
    return sqlite_url


@dataclass
class Net:
    """A served world whose network can be cut."""

    world: World
    server: BaseWSGIServer

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def cut(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def net(config: Config) -> Iterator[Net]:
    """Made in a thread of its own: the browser's loop, which runs in this one, bars Flask's."""
    logging.disable(logging.CRITICAL)
    with ThreadPoolExecutor(2) as outside:
        world = outside.submit(lambda: make_world(create_app(config))).result()
        server = make_server("127.0.0.1", 0, world.app, threaded=True)
        outside.submit(server.serve_forever)
        made = Net(world, server)
        yield made
        made.cut()
        outside.submit(_dispose, world).result()
    logging.disable(logging.NOTSET)


def _dispose(world: World) -> None:
    with world.app.app_context():
        db.engine.dispose()


@pytest.fixture
def amal(net: Net, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    context.add_cookies(
        [
            {"name": "matchmaker", "value": net.world.cookies["amal"], "url": net.address},
            {"name": "language", "value": "en", "url": net.address},
        ]
    )
    yield context
    context.close()


def open_agenda(net: Net, context: BrowserContext) -> Page:
    """Twice: the first visit installs what keeps the second."""
    page = context.new_page()
    page.goto(net.address + HOME)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.wait_for_function(f"caches.has('{OURS}{HOME}')")
    return page


def kept(page: Page) -> list[str]:
    """The addresses of everything that the browser holds."""
    script = """async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          found.push(new URL(request.url).pathname);
      return found.sort();
    }"""
    found: list[str] = page.evaluate(script)
    return found


def test_the_agenda_opens_with_the_network_cut(net: Net, amal: BrowserContext) -> None:
    faults: list[str] = []
    page = open_agenda(net, amal)
    page.on("console", lambda told: faults.append(told.text) if "Policy" in told.text else None)
    meeting = page.locator("li.meeting").inner_text()
    assert not page.locator("#offline").is_visible()
    net.cut()
    page.reload()
    assert page.locator("li.meeting").inner_text() == meeting
    page.wait_for_selector("#offline:visible")
    assert page.locator("h1").inner_text() == "My agenda"
    colour = page.locator(".badge").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour != "rgba(0, 0, 0, 0)"  # the style sheet is there, too
    assert faults == []


def test_nothing_is_kept_but_the_own_agenda(net: Net, amal: BrowserContext) -> None:
    page = open_agenda(net, amal)
    for path in ("/events/forum/me/people", "/events/forum/me/", "/account", HOME):
        page.goto(net.address + path)
    parts = ["agenda.js", "icon.svg", "icons.svg", "print.css", "screen.css"]
    look = ["/events/forum/logo.png", "/events/forum/look.css"]  # what everybody may see
    assert kept(page) == sorted([HOME, *look, *(f"/static/{name}" for name in parts)])


def test_a_meeting_that_was_looked_at_is_kept_with_it(net: Net, amal: BrowserContext) -> None:
    page = open_agenda(net, amal)
    page.locator("li.meeting a.quiet").click()
    page.wait_for_function(
        f"caches.open('{OURS}{HOME}').then(c => c.keys()).then(k => k.length > 1)"
    )
    net.cut()
    page.reload()
    assert page.locator("h1").inner_text() == "Meeting"


def test_signing_out_leaves_nothing_behind(net: Net, amal: BrowserContext) -> None:
    page = open_agenda(net, amal)
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_load_state()
    assert kept(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0


def test_a_login_that_ended_elsewhere_takes_the_kept_agenda_along(
    net: Net, amal: BrowserContext
) -> None:
    page = open_agenda(net, amal)
    amal.clear_cookies()
    page.reload()
    page.wait_for_function(f"caches.has('{OURS}{HOME}').then(there => !there)")
    assert HOME not in kept(page)


def test_without_scripts_the_page_is_whole(net: Net, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies(
        [{"name": "matchmaker", "value": net.world.cookies["amal"], "url": net.address}]
    )
    page = context.new_page()
    page.goto(net.address + HOME)
    assert page.locator("li.meeting").count() == 1
    assert not page.locator("#offline").is_visible()
    context.close()
