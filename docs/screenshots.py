"""Pictures of the application, taken in a real browser from an installation with data in it.

    python -m docs.screenshots --instance instance              # the README's pictures
    python -m docs.screenshots --instance instance --all FOLDER  # every page, to look at

``--all`` opens every page that the application has, as nobody, as participant and as organiser,
in three languages, at the width of a phone and of a desk, and says which of them overflow.
"""

from __future__ import annotations

import re
import shutil
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from matchmaker import create_app
from matchmaker.accounts.access import policy_of
from matchmaker.accounts.models import Account
from matchmaker.config import read_config
from matchmaker.database import Base, db
from matchmaker.events.models import Event, Membership
from matchmaker.organisers import link_for
from matchmaker.participants.models import Participant

Answer = TypeVar("Answer")
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
LANGUAGES = ("fr", "ar", "en")
README = {
    "board": (
        "organiser",
        "fr",
        "desk",
        "/organise/{event_id}/schedule/versions/{version_id}/board",
    ),
    "agenda": ("participant", "ar", "phone", "/events/{slug}/me/agenda"),
}
WHO = {"participant": "participant", "anyone": "nobody", "visitor": "nobody"}
NO_PAGE = re.compile(
    r"static|^/(health|ready|language)|/(news|state|data|logo)$|\.(pdf|xlsx|csv|ics|json|png|svg)$"
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def main() -> None:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, required=True, help="an installation with data")
    parser.add_argument("--all", type=Path, help="every page into this folder")
    parser.add_argument("--only", default="", help="with --all: addresses that contain this")
    parser.add_argument("--dark", action="store_true", help="with --all: the dark colours")
    said = parser.parse_args()
    app = create_app(read_config(said.instance))
    with serve(app) as address, open_browser() as browser:
        if said.all:
            take_all(app, browser, address, said)
        else:
            take_readme(app, browser, address)


@contextmanager
def serve(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def ask(app: Flask, question: Callable[[], Answer]) -> Answer:
    """Playwright holds this thread's event loop, so the application answers in another."""

    def answer() -> Answer:
        with app.app_context():
            return question()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(answer).result()


@contextmanager
def open_browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=FLAGS)


def take_readme(app: Flask, browser: Browser, address: str) -> None:
    folder = Path(__file__).parent / "images"
    folder.mkdir(exist_ok=True)
    known = ask(app, lambda: arguments_of(db.session))
    for name, (who, language, width, path) in README.items():
        page = sign_in(app, browser, address, who, width)
        show(page, address, path.format(**known), language)
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()


def take_all(app: Flask, browser: Browser, address: str, said: Namespace) -> None:
    said.all.mkdir(parents=True, exist_ok=True)
    pages = ask(app, lambda: list(pages_of(app, arguments_of(db.session))))
    scheme = "dark" if said.dark else "light"
    for who in ("nobody", "participant", "organiser"):
        for width in WIDTHS:
            page = sign_in(app, browser, address, who, width, scheme)
            for path in [path for owner, path in pages if owner == who and said.only in path]:
                for language in LANGUAGES:
                    look(page, address, path, language, said.all / f"{width}-{language}")
            page.context.close()


def look(page: Page, address: str, path: str, language: str, start: Path) -> None:
    """One picture, named by width, language and address; complaints go to the terminal."""
    status = show(page, address, path, language)
    name = re.sub(r"[0-9a-f]{16}|[^a-z0-9]+", "-", path.split("?")[0].strip("/")) or "front"
    page.screenshot(path=f"{start}-{name}.png", full_page=True)
    if status != 200 or page.evaluate(OVERFLOWS):
        print(start.name, path, status, "overflows" if status == 200 else "")  # noqa: T201


def show(page: Page, address: str, path: str, language: str) -> int:
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    answer = page.goto(address + path)
    return answer.status if answer else 0


def sign_in(
    app: Flask, browser: Browser, address: str, who: str, width: str, scheme: str = "light"
) -> Page:
    """A browser window of this person, signed in with a link as people are."""
    across, down = WIDTHS[width]
    page = browser.new_context(
        viewport={"width": across, "height": down}, color_scheme=scheme, device_scale_factor=1
    ).new_page()
    if who != "nobody":
        email = ask(app, lambda: account_of(db.session, who))
        link = ask(app, lambda: link_for(app, email))
        page.goto(address + urlsplit(link).path)
        page.locator("main form button").first.click()
    return page


def account_of(session: Session, who: str) -> str:
    """The address of an organiser, or of the participant whose agenda is shown."""
    if who == "organiser":
        return session.scalars(
            select(Account.email)
            .join(Membership)
            .where(Membership.role == "owner")
            .order_by(Account.is_admin.desc())
        ).first()
    return session.scalars(
        select(Account.email)
        .join(Participant, Participant.account_id == Account.id)
        .order_by(Participant.created_at, Participant.id)
    ).first()


def pages_of(app: Flask, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Who opens which address: every page whose arguments are known."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if is_page(rule) and rule.arguments <= set(known):
                arguments = {name: known[name] for name in rule.arguments}
                path = app.url_map.bind("").build(rule.endpoint, arguments)
                yield WHO.get(policy_of(app, rule.endpoint) or "", "organiser"), path


def is_page(rule: Rule) -> bool:
    return "GET" in (rule.methods or ()) and not NO_PAGE.search(rule.rule)


def arguments_of(session: Session) -> dict[str, str]:
    """An example for each argument of an address: the first row of its table."""
    event = session.scalars(select(Event).order_by(Event.created_at)).first()
    me = session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id)
        .order_by(Participant.account_id.is_(None), Participant.created_at, Participant.id)
    ).first()
    known = {"event_id": event.id, "slug": event.slug}
    if me:
        known |= {"secret": me.agenda_secret}
    for table in Base.metadata.sorted_tables:
        if "event_id" in table.c and "id" in table.c:
            row = session.execute(select(table.c.id).where(table.c.event_id == event.id)).first()
            if row:
                known[f"{table.name}_id"] = row.id
    return known


if __name__ == "__main__":
    main()
