"""An event's look: chosen on one page, worn by its pages, its mails and its prints."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import cast
import pictures
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.exports.setup import rows_of_setup
from matchmaker.looks.dressing import dressed
from matchmaker.looks.models import Look, LookPicture
from matchmaker.looks.queries import look_of
from matchmaker.looks.services import SMALL_BYTES, remove_picture, set_look, set_picture
from matchmaker.mails.letters import Letter, Link, as_html, as_text
from matchmaker.mails.models import Mail
from matchmaker.notices.composing import compose_due
from matchmaker.notices.services import notify

COLOUR = "#ffd400"
FOOTER = {"fr": "Avec le soutien de la Région\ncontact@forum.example", "en": "Supported by Atlas"}
SENDER = {"fr": "L’équipe du forum vous salue."}
NOTHING: dict[str, Any] = {"colour": "", "welcome": {}, "footers": {}, "senders": {}}


@pytest.fixture
def forum(session: Session) -> Event:
    event = cast.make_event(session, names={"fr": "Forum de l’eau", "en": "Water forum"})
    session.commit()
    return event


@pytest.fixture
def dounia(session: Session, forum: Event) -> Account:
    account = cast.make_organiser(session, forum)
    account.language = "en"
    session.commit()
    return account


@pytest.fixture
def dressed_forum(session: Session, forum: Event) -> Event:
    set_look(
        session, forum, colour=COLOUR, welcome={"fr": "Bienvenue"}, footers=FOOTER, senders=SENDER
    )
    set_picture(session, forum, pictures.png(600, 300))
    session.commit()
    return forum


def address(forum: Event, rest: str = "") -> str:
    return f"/organise/{forum.id}/set-up/look{rest}"


# Choosing


def test_an_organiser_chooses_colour_and_texts(
    client: FlaskClient, session: Session, forum: Event, dounia: Account
) -> None:
    cast.sign_in(client, dounia)
    said = {
        "colour": "FFD400",
        "footer_fr": FOOTER["fr"],
        "welcome_en": "Welcome",
        "sender_en": "Us",
    }
    assert client.post(address(forum), data=said).status_code == 302
    session.expire_all()
    worn = look_of(session, forum.id)
    assert (worn.colour, worn.footers, worn.senders) == (
        COLOUR, {"fr": FOOTER["fr"]}, {"en": "Us"},
    )  # fmt: skip
    assert forum.welcome == {"en": "Welcome"}
    page = client.get(address(forum)).text
    assert 'value="#ffd400"' in page


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ({"picked": "#102030", "shown": "#0b6a5c", "colour": ""}, "#102030"),  # picked
        ({"picked": "#0b6a5c", "shown": "#0b6a5c", "colour": ""}, ""),  # nothing touched
        ({"picked": "#0b6a5c", "shown": "#0b6a5c", "colour": "#405060"}, "#405060"),  # typed
        ({"picked": "#102030", "shown": "#0b6a5c", "colour": "#405060"}, "#405060"),  # both
        ({"picked": "#405060", "shown": "#405060", "colour": ""}, ""),  # taken away
    ],
)
def test_without_scripts_the_field_that_was_touched_counts(
    client: FlaskClient, session: Session, forum: Event, dounia: Account,
    said: dict[str, str], chosen: str,
) -> None:  # fmt: skip
    cast.sign_in(client, dounia)
    client.post(address(forum), data=said)
    assert look_of(session, forum.id).colour == chosen


def test_show_says_how_it_would_look_and_keeps_nothing(
    client: FlaskClient, session: Session, forum: Event, dounia: Account
) -> None:
    cast.sign_in(client, dounia)
    page = client.post(address(forum), data={"colour": COLOUR, "show": "yes"}).text
    assert "Nothing is saved yet" in page
    assert "too light for text" in page
    assert "sample.css?colour=%23ffd400" in page
    assert session.scalars(select(Look)).all() == []
    fragment = client.get(address(forum, "/sample?colour=%237a1fa2")).text
    assert "reads well on white" in fragment
    assert "<html" not in fragment
    styles = client.get(address(forum, "/sample.css?colour=%237a1fa2"))
    assert styles.mimetype == "text/css"
    assert "--accent: #7a1fa2;" in styles.text
    assert "no colour yet" in client.get(address(forum, "/sample?colour=reddish")).text


def test_what_is_no_colour_or_too_long_is_said(
    client: FlaskClient, session: Session, forum: Event, dounia: Account
) -> None:
    cast.sign_in(client, dounia)
    page = client.post(address(forum), data={"colour": "reddish", "footer_fr": "kept"}).text
    assert "Colour: write # and six digits" in page
    assert ">kept</textarea>" in page or ">\r\nkept</textarea>" in page
    page = client.post(address(forum), data={"footer_fr": "1\n2\n3\n4\n5"}).text
    assert "at most 4 lines" in page
    assert session.scalars(select(Look)).all() == []


def test_a_colour_is_guarded_in_the_database(session: Session, forum: Event) -> None:
    session.add(Look(event_id=forum.id, colour="red"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_service_refuses_what_is_no_colour(session: Session, forum: Event) -> None:
    with pytest.raises(Refusal, match="six digits"):
        set_look(session, forum, **{**NOTHING, "colour": "red; }"})


# The logo


def test_a_logo_is_drawn_anew_small_for_screens_and_can_go(
    client: FlaskClient, session: Session, forum: Event, dounia: Account
) -> None:
    cast.sign_in(client, dounia)
    upload = {"logo": (io.BytesIO(pictures.png(1200, 600)), "logo.png")}
    client.post(address(forum, "/logo"), data=upload)
    row = session.scalars(select(LookPicture)).one()
    assert row.picture != row.small
    assert len(row.small) <= SMALL_BYTES
    answer = client.get("/events/forum/logo.png")
    assert answer.data == row.small
    assert answer.headers["Content-Type"] == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    session.rollback()
    client.post(address(forum, "/logo"), data={"remove": "yes"})
    assert client.get("/events/forum/logo.png").status_code == 404


@pytest.mark.parametrize("data", [pictures.SVG, b"", b"GIF89a" + bytes(50), pictures.png()[:80]])
def test_what_is_no_picture_is_refused_in_words(
    client: FlaskClient, session: Session, forum: Event, dounia: Account, data: bytes
) -> None:
    cast.sign_in(client, dounia)
    upload = {"logo": (io.BytesIO(data), "logo.png")}
    page = client.post(address(forum, "/logo"), data=upload, follow_redirects=True).text
    assert re.search(r'class="error" role="alert">This (is no )?picture', page)
    assert session.scalars(select(LookPicture.digest)).all() == []


def test_a_busy_picture_is_made_smaller_until_it_is_light(session: Session, forum: Event) -> None:
    """Noise, which no format makes small."""
    set_picture(session, forum, pictures.noise(400, 400))
    assert len(session.scalars(select(LookPicture.small)).one()) <= SMALL_BYTES


# Pages


def test_public_and_participants_pages_wear_it(
    client: FlaskClient, session: Session, dressed_forum: Event
) -> None:
    amal = cast.make_account(session, "Amal", language="fr")
    cast.make_participant(session, dressed_forum, "Amal", amal)
    session.commit()
    client.set_cookie("language", "fr")
    front = client.get("/events/forum/").text
    assert "Bienvenue" in front
    cast.sign_in(client, amal)
    for page in (front, client.get("/events/forum/me/").text):
        (sheet,) = re.findall(r'href="(/events/forum/look\.css\?v=\w+)"', page)
        assert f"--band: {COLOUR}" in client.get(sheet).text
        assert re.search(r'src="/events/forum/logo\.png\?v=\w+"', page)
        assert "Avec le soutien de la Région" in page
        assert 'class="top no-print dressed"' in page
        assert "style=" not in page


def test_the_live_agenda_wears_it(
    client: FlaskClient, session: Session, dressed_forum: Event
) -> None:
    amal = cast.make_participant(session, dressed_forum, "Amal")
    session.commit()
    assert "look.css" in client.get(f"/a/{amal.agenda_secret}").text


def test_the_team_and_other_events_keep_matchmakers_own(
    client: FlaskClient, session: Session, dressed_forum: Event, dounia: Account
) -> None:
    cast.make_event(session, "plain")
    session.commit()
    cast.sign_in(client, dounia)
    for page in (f"/organise/{dressed_forum.id}", "/events/plain/", "/"):
        assert "look.css" not in client.get(page).text


def test_the_address_of_the_colours_changes_with_them(
    client: FlaskClient, session: Session, dressed_forum: Event
) -> None:
    before = re.findall(r"look\.css\?v=\w+", client.get("/events/forum/").text)
    set_look(session, dressed_forum, **{**NOTHING, "colour": "#7a1fa2"})
    session.commit()
    assert re.findall(r"look\.css\?v=\w+", client.get("/events/forum/").text) != before
    remove_picture(session, dressed_forum)
    session.commit()
    assert "logo.png" not in client.get("/events/forum/").text


# Mails


def test_a_letter_wears_name_colour_signature_and_footer(
    session: Session, dressed_forum: Event
) -> None:
    letter = Letter("S", ("Hello", Link("Go", "https://forum.example/")), ("why",))
    worn = dressed(session, dressed_forum, letter, "fr")
    html, text = as_html(worn, "fr"), as_text(worn)
    assert "background: #ffd400; color: #000000;" in html
    assert ">Forum de l’eau</div>" in html
    assert "Région<br/>contact@forum.example" in html
    assert (
        "background: #ffd400" not in html.split("Forum de l’eau</div>")[1]
    )  # the button's is darker
    assert "<img" not in html
    for said in (html, text):
        assert said.index("L’équipe du forum vous salue.") < said.index("Avec le soutien")
    assert "-- \nAvec le soutien de la Région\ncontact@forum.example\nwhy" in text


def test_an_event_without_a_look_writes_as_before(session: Session, forum: Event) -> None:
    letter = Letter("S", ("Hello", Link("Go", "https://forum.example/")), ("why",))
    plain = dressed(session, forum, letter, "fr")
    assert as_html(plain, "fr") == as_html(letter, "fr")
    assert as_text(plain) == as_text(letter)


def test_news_of_the_event_are_dressed(session: Session, dressed_forum: Event) -> None:
    amal = cast.make_participant(session, dressed_forum, "Amal", language="fr")
    notify(session, dressed_forum, amal, "validated")
    session.commit()
    compose_due(session)
    mail = session.scalars(select(Mail)).one()
    assert "#ffd400" in mail.html
    assert "Avec le soutien de la Région" in mail.body


# Elsewhere


def test_the_exported_set_up_says_colour_and_texts(session: Session, dressed_forum: Event) -> None:
    """The picture aside: no cell of a spreadsheet holds one."""
    (row,) = rows_of_setup(session, dressed_forum)["look"]
    assert row["colour"] == COLOUR
    assert json.loads(row["footers"]) == FOOTER
