"""Every route × everybody: who gets what, generated from the application's own map of addresses.

The table stands in ``tests/routes.py``. A new route needs its line there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import cast
import pytest
import routes
from flask import Flask, g
from page_checks import check_page
from routes import EVERYBODY, ROUTES, Line
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse
from world import AMALS, FORUMS, HOSTILE, Rows, World, make_world

from matchmaker.accounts.access import check_policies, policy_of
from matchmaker.accounts.services import find_account
from matchmaker.database import db
from matchmaker.events.models import Event, Membership
from matchmaker.events.team import remove_member
from matchmaker.participants.models import Participant

Asked = tuple[str, str, str]  # endpoint, method, role
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')  # carries the second it was made
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    logging.disable(logging.CRITICAL)  # a thousand requests
    app.config.update(PROPAGATE_EXCEPTIONS=False, PAGES_CHECKED=False)  # faults_of checks them
    yield make_world(app)
    logging.disable(logging.NOTSET)


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def path_of(rule: Rule, values: dict[str, str]) -> str:
    built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def ask(world: World, rule: Rule, method: str, role: str, **changed: str) -> TestResponse:
    line = ROUTES[rule.endpoint]
    path = path_of(rule, {**world.own, **line.arguments, **changed})
    return world.ask(role, method, path, form=line.form, query_string=line.query)


def is_open(line: Line, role: str) -> bool:
    return role in line.people


def test_every_route_has_its_line_and_every_line_its_route(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} == set(ROUTES)


def test_each_line_says_which_methods_there_are(app: Flask) -> None:
    said = {
        endpoint: [m for m, status in (("GET", line.get), ("POST", line.post)) if status]
        for endpoint, line in ROUTES.items()
    }
    assert {rule.endpoint: methods(rule) for rule in rules(app)} == said


def test_everybody_gets_what_the_table_says(world: World, database_url: str) -> None:
    """Also: whoever is kept out changes nothing, reading changes nothing, no page says what only
    others may read, nobody's text becomes markup, and every answer carries its headers.

    On PostgreSQL everybody only reads: the checks are the same statements, and putting back what
    hundreds of deeds changed would take it minutes.
    """
    only = {"GET", "POST"} if database_url.startswith("sqlite") else {"GET"}
    before = world.rows()
    got: dict[Asked, int] = {}
    wrong: list[tuple[Asked, str]] = []
    for rule in rules(world.app):
        for method in only & set(methods(rule)):
            for role in EVERYBODY:
                asked = (rule.endpoint, method, role)
                answer = ask(world, rule, method, role)
                got[asked] = answer.status_code
                wrong += [(asked, fault) for fault in faults_of(answer, rule, role)]
                if method == "POST" and is_open(ROUTES[rule.endpoint], role):
                    if role in ROUTES[rule.endpoint].refused and world.rows() != before:
                        wrong.append((asked, "changed the database"))
                    world.restore(before)
            if world.rows() != before:
                wrong.append(((rule.endpoint, method, ""), "changed the database"))
                world.restore(before)
    said = {asked: ROUTES[asked[0]].expected(asked[2], asked[1]) for asked in got}
    assert differences(said, got) == {}
    assert wrong == []


def differences(said: dict[Asked, int], got: dict[Asked, int]) -> dict[Asked, str]:
    return {
        asked: f"{status}, not {said[asked]}"
        for asked, status in got.items()
        if status != said[asked]
    }


def faults_of(answer: TestResponse, rule: Rule, role: str) -> list[str]:
    text = answer.get_data()
    sent_away = answer.status_code == 302 and not is_open(ROUTES[rule.endpoint], role)
    by_secret = bool(rule.arguments & routes.CAPABILITIES)
    found = {
        "shows what is Amal's alone": AMALS.encode() in text and role not in {"amal", "dounia"},
        "shows people of the forum": FORUMS.encode() in text
        and role not in {"amal", "chen", "dounia"}
        and not by_secret,
        "turns a name into markup": answer.mimetype == "text/html" and HOSTILE.encode() in text,
        "leads elsewhere than to sign in": sent_away
        and not (answer.location or "").startswith("/sign-in"),
    }
    faults = [fault for fault, is_there in found.items() if is_there]
    faults += [f"lacks {name}" for name in missing_headers(answer)]
    if answer.mimetype == "text/html" and answer.status_code != 302:
        faults += check_page(answer.get_data(as_text=True))
    return faults


def missing_headers(answer: TestResponse) -> list[str]:
    wanted = {
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer" if "/a/" in answer.request.path else "same-origin",
        "Permissions-Policy": "camera=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "private",
        "Vary": "Cookie",
    }
    policy = answer.headers.get("Content-Security-Policy", "")
    lax = ["a strict policy"] if "unsafe" in policy or "*" in policy else []
    return lax + [n for n, part in wanted.items() if part not in answer.headers.get(n, "")]


def plain(answer: TestResponse, *own: str) -> tuple[int, str | None, str]:
    """An answer without the address that was asked for, which a page may repeat."""
    text, location = TOKEN.sub("…", answer.get_data(as_text=True)), answer.location
    for value in own:
        text = text.replace(value, "…")
        location = location and location.replace(value, "…")
    return answer.status_code, location, text


def strangers(world: World, rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Each argument that names an object, with somebody else's value and who tries it."""
    line = ROUTES[rule.endpoint]
    for name in sorted(rule.arguments - routes.WORDS - routes.CAPABILITIES):
        yield name, world.foreign[name], line.people[0]
    if "event_id" in rule.arguments:
        yield "event_id", world.own["event_id"], "ester"


@on_sqlite
def test_what_is_not_yours_is_answered_like_what_never_was(world: World) -> None:
    """A whole event of somebody else, and each single object of another event."""
    before, wrong = world.rows(), []
    for rule in rules(world.app):
        for name, value, role in strangers(world, rule):
            for method in methods(rule):
                theirs = plain(ask(world, rule, method, role, **{name: value}), value)
                nobodys = plain(ask(world, rule, method, role, **{name: "never"}), "never")
                line = ROUTES[rule.endpoint]
                status = 302 if line.refused or line.in_words else 404
                if theirs != nobodys or theirs[0] != status:
                    wrong.append((rule.endpoint, method, name, theirs[0], nobodys[0]))
    assert wrong == []
    assert world.rows() == before


@on_sqlite
def test_a_secret_opens_its_own_door_only(world: World) -> None:
    """Each kind of token at every place that takes one, and one that never was."""
    tokens = {name: world.own[name] for name in sorted(routes.CAPABILITIES)}
    tokens["none"] = "never-was"
    got = {}
    for rule in rules(world.app):
        for name in rule.arguments & routes.CAPABILITIES:
            for kind, value in tokens.items():
                answer = ask(world, rule, methods(rule)[0], "nobody", **{name: value})
                got[rule.endpoint, kind] = answer.status_code
    expected = {}
    for endpoint, own, let_in, refused in (
        ("agendas.live", "secret", 200, 404),
        ("agendas.live_calendar", "secret", 200, 404),
        ("accounts.open_link", "token", 200, 410),
        ("participants.resume", "draft_token", 302, 410),
        ("notices.choose", "ticket", 200, 404),
        ("notices.one_click", "ticket", 204, 404),
    ):
        expected |= {(endpoint, kind): let_in if kind == own else refused for kind in tokens}
    assert got == expected


@on_sqlite
def test_no_form_is_taken_without_its_token(world: World) -> None:
    before, got = world.rows(), {}
    for rule in rules(world.app):
        line = ROUTES[rule.endpoint]
        if "POST" in methods(rule) and rule.endpoint not in routes.WITHOUT_TOKEN:
            path = path_of(rule, world.own)
            role = next(role for role in line.people)
            answer = world.ask(role, "POST", path, token=False, form=line.form)
            got[rule.endpoint] = answer.status_code
    assert got == dict.fromkeys(got, 400)
    assert world.rows() == before


@on_sqlite
def test_no_other_method_does_a_deed(world: World) -> None:
    """GET with the form as a question, HEAD, and a header that claims to be another method."""
    before, got = world.rows(), set()
    for rule in rules(world.app):
        line, path = ROUTES[rule.endpoint], path_of(rule, world.own)
        if methods(rule) == ["POST"]:
            role = line.people[0]
            got.add(world.ask(role, "GET", path, query_string=line.form).status_code)
            got.add(world.ask(role, "HEAD", path).status_code)
            claim = {"X-HTTP-Method-Override": "POST"}
            got.add(world.ask(role, "GET", path, headers=claim).status_code)
        for method in ("PUT", "DELETE", "PATCH", "TRACE"):
            got.add(world.ask(line.people[0], method, path).status_code)
    assert got <= {404, 405}
    assert world.rows() == before


def without_policy(world: World, rule: Rule) -> Callable[..., Any]:
    """The view as it would be if its check let everybody pass."""
    view = world.app.view_functions[rule.endpoint].__wrapped__

    def bare(**arguments: Any) -> Any:
        g.event = db.session.scalars(select(Event).where(Event.slug == "forum")).one()
        g.me = db.session.get(Participant, (g.event.id, "amal"))
        return view(**arguments)

    return bare


def is_seen(world: World, rule: Rule, method: str, outside: list[str], before: Rows) -> bool:
    """Whether somebody outside now gets what the table does not say."""
    for role in reversed(outside):  # who is signed in first: a deed leads nobody on, too
        status = ask(world, rule, method, role).status_code
        if method == "POST":
            world.restore(before)
        if status != ROUTES[rule.endpoint].expected(role, method):
            return True
    return False


@on_sqlite
def test_the_table_sees_each_policy_that_is_taken_away(world: World) -> None:
    before, blind = world.rows(), []
    for rule in rules(world.app):
        line, guarded = ROUTES[rule.endpoint], world.app.view_functions[rule.endpoint]
        outside = [role for role in EVERYBODY if not is_open(line, role)]
        if not outside:
            assert policy_of(world.app, rule.endpoint) in {"anyone", "visitor"}
            continue
        world.app.view_functions[rule.endpoint] = without_policy(world, rule)
        for method in methods(rule):
            if not is_seen(world, rule, method, outside, before):
                blind.append((rule.endpoint, method))
        world.app.view_functions[rule.endpoint] = guarded
    assert blind == []


@on_sqlite
def test_a_view_without_policy_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/bare", "bare", lambda: "open to all")
    with pytest.raises(RuntimeError, match="Views without a policy: bare"):
        check_policies(app)


@on_sqlite
def test_losing_the_role_shuts_the_door_at_once(world: World) -> None:
    path = f"/organise/{world.own['event_id']}/"
    assert world.ask("dounia", "GET", path).status_code == 200
    with world.app.app_context():
        second = cast.make_account(db.session, "Second")
        event = db.session.get_one(Event, world.own["event_id"])
        db.session.add(Membership(account_id=second.id, event_id=event.id, role="owner"))
        dounia = find_account(db.session, "dounia@people.example")
        assert dounia
        remove_member(db.session, db.session.get_one(Membership, (dounia.id, event.id, "owner")))
    assert world.ask("dounia", "GET", path).location == f"/sign-in?next={path}"
