"""The front page, the state of the installation, and the pages that say what went wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import cast
import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from matchmaker import create_app
from matchmaker.accounts.access import anyone
from matchmaker.accounts.links import add_link
from matchmaker.accounts.models import Account
from matchmaker.clock import check_zone_tables
from matchmaker.config import Config, Misconfigured
from matchmaker.database import now
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.home import readiness
from matchmaker.journal.models import JournalEntry
from matchmaker.mails.letters import Letter
from matchmaker.mails.models import Mail
from matchmaker.mails.services import post
from matchmaker.organisations.models import Delegation


def test_the_front_page_shows_what_is_open_and_what_is_mine(
    client: FlaskClient, session: Session
) -> None:
    forum = cast.make_event(session, "forum")
    cast.close(session, forum, "registration", "wishes")
    forum.names = {"en": "Closed forum"}
    cast.make_slots(session, forum)
    open_one = cast.make_event(session, "open")
    open_one.names = {"en": "Open forum"}
    dounia = cast.make_organiser(session, forum)
    amal = cast.make_account(session, "Amal")
    cast.make_participant(session, forum, "Amal")  # entered by an organiser, not connected yet
    session.commit()
    assert "Open forum" in client.get("/").text
    assert "Closed forum" not in client.get("/").text
    for account in (dounia, amal):
        cast.sign_in(client, account)
        assert "Closed forum" in client.get("/").text


def test_health_needs_nothing(client: FlaskClient) -> None:
    assert client.get("/health").json == {"state": "ok"}


def test_ready_says_which_part_works_and_leaves_no_trace(
    client: FlaskClient, session: Session
) -> None:
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (
        200,
        {"database": True, "queue": True, "zone_tables": True},
    )
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == 0


def test_a_mail_left_waiting_shows(client: FlaskClient, session: Session) -> None:
    post(session, address="a@b.example", language="fr", letter=Letter("S", ("B",)))
    session.scalars(select(Mail)).one().next_try_at = now() - timedelta(minutes=6)
    session.commit()
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (
        503,
        {"database": True, "queue": False, "zone_tables": True},
    )


def test_a_database_that_takes_nothing_shows(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr(readiness, "insert", fail)
    assert client.get("/ready").json == {"database": False, "queue": False, "zone_tables": True}


def test_stale_zone_tables_show(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise Misconfigured("old")

    check_zone_tables()
    monkeypatch.setattr(readiness, "check_zone_tables", fail)
    answer = client.get("/ready")
    assert (answer.status_code, answer.json["zone_tables"]) == (503, False)


CODES = (400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 429, 500, 502, 503)


@pytest.fixture
def faulty(app: Flask) -> FlaskClient:
    """A browser of an application in which things go wrong."""

    @anyone
    def wrong(code: int) -> str:
        abort(code)

    @anyone
    def refuse() -> str:
        raise Refusal("The hall is full. Choose another day.")

    @anyone
    def fail() -> str:
        raise RuntimeError("Amal's secret")

    app.add_url_rule("/wrong/<int:code>", "wrong", wrong)
    app.add_url_rule("/refuse", "refuse", refuse)
    app.add_url_rule("/fail", "fail", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


def test_every_error_has_a_page_in_each_language(faulty: FlaskClient) -> None:
    for code, language in product(CODES, ("fr", "ar", "en")):
        faulty.set_cookie("language", language)
        answer = faulty.get(f"/wrong/{code}")
        assert (answer.status_code, f'<html lang="{language}"' in answer.text) == (code, True)


def test_a_refusal_that_no_form_took_up_is_still_a_sentence(faulty: FlaskClient) -> None:
    answer = faulty.get("/refuse")
    assert answer.status_code == 409
    assert "The hall is full. Choose another day." in answer.text


def test_a_bug_tells_nothing_of_itself(faulty: FlaskClient) -> None:
    answer = faulty.get("/fail")
    assert answer.status_code == 500
    assert "Amal" not in answer.text
    assert "Traceback" not in answer.text


def test_a_page_that_cannot_even_say_so_says_it_plainly(
    faulty: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matchmaker import error_pages

    def fail(*_arguments: object, **_values: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(error_pages, "render_template", fail)
    assert faulty.get("/fail").status_code == 500


def test_a_large_file_is_refused_with_a_sentence(config: Config, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/sign-in", data={"address": "a" * 1000})
    assert answer.status_code == 413


FOREIGN = (
    "evil.example", "forum.example.evil.example", "evil.example:80", "forum.example@evil.example",
    "xforum.example", "forum.example.", "127.0.0.2", "[::1]", "forum.example:99999", " ",
)  # fmt: skip
OURS = ("forum.example", "forum.example:8443", "localhost", "127.0.0.1")


def test_foreign_hosts_are_refused(client: FlaskClient) -> None:
    codes = {host: client.get("/", headers={"Host": host}).status_code for host in FOREIGN}
    assert codes == dict.fromkeys(FOREIGN, 400)


def test_our_own_hosts_are_served_and_no_stranger_is_believed(client: FlaskClient) -> None:
    for host in OURS:
        headers = {"Host": host, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
        answer = client.get("/account", headers=headers)
        assert (answer.status_code, answer.location) == (302, "/sign-in?next=/account")
        assert "Strict-Transport-Security" not in answer.headers


def test_a_known_proxy_is_believed(config: Config) -> None:
    app = create_app(replace(config, trusted_proxies=1, base_url="https://forum.example"))
    answer = app.test_client().get("/health", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" in answer.headers


def test_a_form_on_a_foreign_page_is_refused(client: FlaskClient) -> None:
    foreign = [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
    ours = [{"Origin": "http://localhost"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}]
    codes = [client.post("/sign-out", headers=h).status_code for h in foreign + ours]
    assert codes == [400, 400, 302, 302, 302]


@pytest.mark.parametrize(
    ("forums", "role", "page"),
    [
        (0, "root", "/organise/"),
        (0, "stranger", None),
        (1, "organiser", "/organise/forum0/"),
        (1, "participant", "/events/forum0/me/"),
        (1, "delegation", "/events/forum0/delegation/"),
        (2, "delegation", None),
        (2, "organiser", None),
        (2, "participant", None),
    ],
)
def test_whoever_signs_in_arrives_where_there_is_something_to_do(
    client: FlaskClient, session: Session, forums: int, role: str, page: str | None
) -> None:
    account = cast.make_account(session, "Amal", is_admin=role == "root")
    for number in range(forums):
        forum = cast.make_event(session, f"forum{number}", id=f"forum{number}")
        if role == "organiser":
            session.add(Membership(account_id=account.id, event_id=forum.id, role="organiser"))
        elif role == "participant":
            cast.make_participant(session, forum, "Amal", account)
        elif role == "delegation":
            _lead(session, forum, account)
    token = add_link(session, account, "/")
    session.commit()
    assert client.post(f"/sign-in/{token}").location == "/"
    first, second = client.get("/"), client.get("/")
    assert (first.location, second.status_code) == (page, 200)


def _lead(session: Session, forum: Event, account: Account) -> None:
    session.add(Delegation(event_id=forum.id, id="cise", code="cise", names={}))
    session.flush()
    key = {"account_id": account.id, "event_id": forum.id, "role": "delegation"}
    session.add(Membership(delegation_id="cise", **key))


def test_another_language_stays_on_a_page_that_was_sent(
    client: FlaskClient, session: Session
) -> None:
    """Also where a form was refused; only what cannot be opened leads to the start."""
    forum = cast.make_event(session, "forum")
    cast.sign_in(client, cast.make_organiser(session, forum))
    session.commit()
    page = f"/organise/{forum.id}/schedule/"
    answers = [client.get(page), client.post(page, data={}), client.post("/language", data={})]
    said = [re.findall(r'name="next" value="([^"]*)"', answer.text) for answer in answers]
    assert [found for found in said if found] == [[page], [page]]
    nowhere = client.post("/no/such/page")
    assert (nowhere.status_code, 'name="next" value="/"' in nowhere.text) == (404, True)


def test_an_event_of_mine_is_listed_once(client: FlaskClient, session: Session) -> None:
    forum = cast.make_event(session, "forum")
    dounia = cast.make_organiser(session, forum)
    session.commit()
    cast.sign_in(client, dounia)
    assert client.get("/").text.count(f"/organise/{forum.id}/") == 1
    assert "/events/forum/" not in client.get("/").text


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("root", "You organise no event yet."),
        ("stranger", "You take part in no event yet."),
        ("participant", "/events/forum/"),
        ("delegation", "/events/forum/delegation/"),
    ],
)
def test_my_events_are_those_with_which_i_have_to_do(
    client: FlaskClient, session: Session, role: str, said: str
) -> None:
    """Nobody is told that they organise nothing who may not organise anything."""
    forum = cast.make_event(session, "forum")
    account = cast.make_account(session, "Amal", is_admin=role == "root")
    if role == "participant":
        cast.make_participant(session, forum, "Amal", account)
    elif role == "delegation":
        _lead(session, forum, account)
    session.commit()
    cast.sign_in(client, account)
    page = client.get("/organise/").text
    assert said in page
    assert ("You organise no event yet." in page) == (role == "root")


@pytest.mark.parametrize("role", ["helper", "desk", "reader"])
def test_who_belongs_to_a_team_finds_the_event(
    client: FlaskClient, session: Session, role: str
) -> None:
    forum = cast.make_event(session, "forum")
    account = cast.make_organiser(session, forum, "Farid", role=role)
    session.commit()
    cast.sign_in(client, account)
    assert client.get("/").text.count(f"/organise/{forum.id}/") == 1
    assert client.get(f"/organise/{forum.id}/").status_code == 200
    assert client.get("/organise/new").status_code == 404


def test_a_leader_of_a_delegation_sees_where_they_help(
    client: FlaskClient, session: Session
) -> None:
    forum = cast.make_event(session, "forum")
    cast.close(session, forum, "registration", "wishes")
    helper = cast.make_account(session, "Farid", language="en")
    team = Delegation(event_id=forum.id, code="cise", names={})
    session.add(team)
    session.flush()
    session.add(
        Membership(
            account_id=helper.id,
            event_id=forum.id,
            role="delegation",
            delegation_id=team.id,
        )
    )
    session.commit()
    cast.sign_in(client, helper)
    page = client.get("/").text
    main = page.partition("<main")[2]
    assert "Events where I look after a delegation" in main
    assert main.count('href="/events/forum/delegation/"') == 1
    assert client.get("/events/forum/delegation/").status_code == 200
