"""Every page in every language, in a real browser: axe, narrow screens, the keyboard alone.

The pages are those of ``routes.ROUTES``, each opened by somebody who may read it, in ``world``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from routes import EVERYBODY, ROUTES
from werkzeug.serving import make_server
from world import World, make_world

from matchmaker import create_app
from matchmaker.config import Config
from matchmaker.database import db

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

LANGUAGES = ("fr", "ar", "en")
PHONE: ViewportSize = {"width": 390, "height": 844}
# 1,280 pixels at 400 %: what WCAG 2.2 asks to be read without scrolling in two directions (1.4.10).
NARROW: ViewportSize = {"width": 320, "height": 640}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

Opened = tuple[str, str, str]  # endpoint, role, path


@dataclass(frozen=True)
class Site:
    """A served world and its pages: endpoint, who may read it, path."""

    world: World
    address: str
    pages: list[Opened]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The pages are the same on PostgreSQL."""
    return sqlite_url


@pytest.fixture
def site(config: Config) -> Iterator[Site]:
    """Made in a thread of its own: the browser's loop, which runs in this one, bars Flask's."""
    logging.disable(logging.CRITICAL)
    with ThreadPoolExecutor(2) as outside:
        world, opened = outside.submit(make_pages, config).result()
        server = make_server("127.0.0.1", 0, world.app, threaded=True)
        outside.submit(server.serve_forever)
        yield Site(world, f"http://127.0.0.1:{server.server_port}", opened)
        server.shutdown()
        outside.submit(dispose, world).result()
    logging.disable(logging.NOTSET)


PARTS = {"looks.sample"}  # a script puts it into its page, which is looked at with one in it


def make_pages(config: Config) -> tuple[World, list[Opened]]:
    world = make_world(create_app(config))
    return world, pages(world)


def dispose(world: World) -> None:
    with world.app.app_context():
        db.engine.dispose()


def pages(world: World) -> list[Opened]:
    """Each address that answers with a page, and the first person to whom it is open."""
    found = []
    for rule in world.app.url_map.iter_rules():
        line = ROUTES.get(rule.endpoint)
        if line is None or line.get is None or rule.endpoint in PARTS:
            continue
        built = rule.build(
            {name: ({**world.own, **line.arguments})[name] for name in rule.arguments}
        )
        assert built is not None
        query = "&".join(f"{name}={value}" for name, value in line.query.items())
        path = f"{built[1]}?{query}" if query else built[1]
        role = next((role for role in EVERYBODY if line.expected(role, "GET") == 200), "nobody")
        answer = world.ask(role, "GET", path)
        if answer.mimetype == "text/html" and "Content-Disposition" not in answer.headers:
            found.append((rule.endpoint, role, path))
    return found


def enter(browser: Browser, site: Site, role: str, language: str) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, locale=language)
    cookies = {"matchmaker": site.world.cookies[role], "language": language}
    context.add_cookies(
        [{"name": name, "value": value, "url": site.address} for name, value in cookies.items()]
    )
    return context


def each_page(browser: Browser, site: Site, language: str) -> Iterator[tuple[str, Page]]:
    for role in sorted({role for _, role, _ in site.pages}):
        context = enter(browser, site, role, language)
        page = context.new_page()
        for endpoint, _, path in (one for one in site.pages if one[1] == role):
            page.goto(site.address + path, wait_until="load")
            yield endpoint, page
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_no_page_is_wider_than_a_narrow_screen(
    site: Site, browser: Browser, language: str
) -> None:
    wrong = []
    for endpoint, page in each_page(browser, site, language):
        wrong += [(endpoint, fault) for fault in [*axe_faults(page), *wide_faults(page)]]
    assert not wrong, "\n".join(map(str, wrong))


def test_the_checks_see_a_bad_page(browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    page.set_content(BAD_PAGE)
    assert any("image-alt" in fault for fault in axe_faults(page))
    assert any("500" in fault for fault in wide_faults(page))
    assert {fault.split(":")[0] for fault in keyboard_faults(page)} == {
        "not reached",
        "no sign of focus",
    }
    page.close()


BAD_PAGE = """<!doctype html><html lang="en"><title>Bad</title><body>
<img src="x"><div style="width: 500px">Wide</div>
<a href="#" style="outline: none">No outline</a>
<a href="#" id="last" onfocus="this.blur()">Cannot be reached</a></body></html>"""


def axe_faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def wide_faults(page: Page) -> list[str]:
    """Tables and boards may scroll inside their own frame; the page may not."""
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth")
    widest = page.evaluate(WIDEST) if wide > NARROW["width"] else ""
    page.set_viewport_size(PHONE)
    return [f"{wide} wide: {widest}"] if widest else []


# The deepest element that sticks out, for whoever mends it.
WIDEST = """() => {
  const out = [...document.body.querySelectorAll('*')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return out.length ? out[out.length - 1].outerHTML.slice(0, 160) : '';
}"""


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    site: Site, browser: Browser
) -> None:
    wrong = [
        (endpoint, fault)
        for endpoint, page in each_page(browser, site, "ar")
        for fault in keyboard_faults(page)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def keyboard_faults(page: Page) -> list[str]:
    for _ in range(page.evaluate(MARK)):
        page.keyboard.press("Tab")
        page.evaluate(NOTE)
    return list(page.evaluate(MISSED))


# Everything that can be operated, one radio button for its group; what is closed or hidden is not.
MARK = """() => {
  const seen = new Set();
  window.stops = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]'
  )].filter(e => {
    if (e.disabled || e.tabIndex < 0) return false;
    if (!e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== 'radio') return true;
    const group = [...document.getElementsByName(e.name)].filter(r => r.form === e.form);
    const key = e.name + [...document.forms].indexOf(e.form);
    if (seen.has(key)) return false;
    seen.add(key);
    e.group = group;
    return true;
  });
  window.reached = new Set();
  window.shown = new Set();
  // A field of a date or time has a stop for each of its parts, and one more to open the calendar.
  return 3 + window.stops.reduce((sum, e) => sum + (/^(date|time)/.test(e.type) ? 9 : 1), 0);
}"""
NOTE = """() => {
  const e = document.activeElement;
  window.reached.add(e);
  const shown = [e, ...(e.labels || [])].some(part => {
    const style = getComputedStyle(part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  });
  if (shown) window.shown.add(e);
}"""
MISSED = """() => [
  ...window.stops.filter(e => !(e.group || [e]).some(one => window.reached.has(one)))
    .map(e => 'not reached: ' + e.outerHTML.slice(0, 120)),
  ...[...window.reached].filter(e => e !== document.body && !window.shown.has(e))
    .map(e => 'no sign of focus: ' + e.outerHTML.slice(0, 120)),
]"""
