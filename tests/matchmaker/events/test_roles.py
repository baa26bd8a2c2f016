"""Roles of a team: what each opens and does, page by page, and what it is told elsewhere.

Which page needs which role stands in ``tests/routes.py``; here nothing is taken from the views.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import cast
import pytest
import routes
import world as worlds
from flask import Flask
from flask.testing import FlaskClient
from page_checks import check_page
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from matchmaker.database import db
from matchmaker.events.access import needed_of
from matchmaker.events.models import Event, Membership

RANKS = ("reader", "desk", "helper", "organiser", "owner")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def pages_of_a_team(app: Flask) -> list[Rule]:
    return [
        rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/organise/<event_id>")
    ]


def needed(endpoint: str) -> tuple[str, str]:
    """The least role to read and to do, by the table."""
    if endpoint in routes.READ_BY:
        return routes.READ_BY[endpoint]
    role = next((role for role, names in routes.STAFF.items() if endpoint in names), "organiser")
    return role, role


def allows(role: str, endpoint: str, method: str) -> bool:
    reads, does = needed(endpoint)
    if method == "GET":
        return RANKS.index("organiser" if role == "reader" else role) >= RANKS.index(reads)
    return RANKS.index(role) >= RANKS.index(does)


def test_every_page_of_a_team_needs_the_role_of_the_table(app: Flask) -> None:
    with app.app_context():
        found = {rule.endpoint: needed_of(rule.endpoint) for rule in pages_of_a_team(app)}
    assert None not in found.values()
    said = {endpoint: (row.reads, row.does) for endpoint, row in found.items() if row}
    assert said == {endpoint: needed(endpoint) for endpoint in said}
    named = {name for names in routes.STAFF.values() for name in names} | set(routes.READ_BY)
    assert named <= set(said)


@pytest.fixture
def world(app: Flask) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    app.config.update(PROPAGATE_EXCEPTIONS=False, PAGES_CHECKED=False)
    made = worlds.make_world(app)
    with app.app_context():
        event = db.session.get_one(Event, made.own["event_id"])
        for role in RANKS:
            account = cast.make_organiser(db.session, event, f"The-{role}", role=role)
            made.cookies[role] = worlds.cookie_of(app, db.session, account)
        db.session.commit()
    yield made
    logging.disable(logging.NOTSET)


@on_sqlite
@pytest.mark.parametrize("role", RANKS[:-1])
def test_a_role_opens_its_pages_and_does_nothing_beyond(world: worlds.World, role: str) -> None:
    """Whoever may not is told so with 403, and nothing has changed."""
    before, wrong = world.rows(), []
    for rule in pages_of_a_team(world.app):
        line = routes.ROUTES[rule.endpoint]
        built = rule.build({**{n: world.own[n] for n in rule.arguments}, **line.arguments})
        assert built
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            may = allows(role, rule.endpoint, method)
            if may and method == "POST":
                continue  # what the deed does is proven elsewhere
            answer = world.ask(role, method, built[1], form=line.form, query_string=line.query)
            faults = check_page(answer.text) if answer.mimetype == "text/html" else []
            if (answer.status_code == 403) is may or faults:
                wrong.append((rule.endpoint, method, answer.status_code, faults))
    assert wrong == []
    assert world.rows() == before


@on_sqlite
@pytest.mark.parametrize("role", RANKS)
def test_no_page_shows_a_way_that_its_reader_may_not_go(world: worlds.World, role: str) -> None:
    """The navigation of each page that a role opens."""
    shut = []
    for endpoint, _path, text in pages_for(world, role):
        parts = re.search(r'<nav class="parts.*?</nav>', text, re.DOTALL)
        for path in re.findall(r'href="([^"]+)"', parts[0] if parts else ""):
            if world.ask(role, "GET", path).status_code == 403:
                shut.append((endpoint, path))
    assert shut == []


@on_sqlite
@pytest.mark.parametrize("role", RANKS)
def test_no_page_shows_a_button_that_its_reader_may_not_press(
    world: worlds.World, role: str
) -> None:
    """Each button that sends something, of each page that a role opens."""
    adapter, shut = world.app.url_map.bind("localhost"), set()
    of_team = {rule.endpoint for rule in pages_of_a_team(world.app)}
    for endpoint, path, text in pages_for(world, role):
        for action in Pressed(text, path).actions:
            leads = adapter.match(action.partition("?")[0], "POST")[0]
            if leads in of_team and not allows(role, leads, "POST"):
                shut.add((endpoint, leads))
    assert shut == set()


def pages_for(world: worlds.World, role: str) -> Iterator[tuple[str, str, str]]:
    """What the role opens: endpoint, path, text."""
    for rule in pages_of_a_team(world.app):
        line = routes.ROUTES[rule.endpoint]
        if "GET" not in (rule.methods or set()) or not allows(role, rule.endpoint, "GET"):
            continue
        built = rule.build({**{n: world.own[n] for n in rule.arguments}, **line.arguments})
        assert built
        answer = world.ask(role, "GET", built[1], query_string=line.query)
        if answer.mimetype == "text/html":
            yield rule.endpoint, built[1], answer.text


class Pressed(HTMLParser):
    """Where the buttons of a page send to."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__()
        self.actions: set[str] = set()
        self._path, self._action = path, ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            sends = given.get("method", "get").lower() == "post"
            self._action = (given.get("action") or self._path) if sends else ""
        elif tag == "button" and given.get("type", "submit") == "submit" and self._action:
            self.actions.add(given.get("formaction") or self._action)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = ""


def test_a_team_member_has_one_duty(session: Session) -> None:
    event = cast.make_event(session)
    dounia = cast.make_organiser(session, event)
    session.add(Membership(account_id=dounia.id, event_id=event.id, role="delegation"))
    session.flush()
    session.add(Membership(account_id=dounia.id, event_id=event.id, role="desk"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_reader_reads_a_form_and_has_no_button_for_it(
    client: FlaskClient, session: Session
) -> None:
    event = cast.make_event(session)
    reader = cast.make_organiser(session, event, "Rita", role="reader")
    session.commit()
    cast.sign_in(client, reader)
    page = client.get(f"/organise/{event.id}/set-up").text
    assert "Your role lets you read this page" in page
    assert 'type="submit"' not in page.partition("<main")[2].partition("</main>")[0]
    assert client.post(f"/organise/{event.id}/set-up").status_code == 403
