"""An organisation says what it is; its people edit it, the confirmed participants read it."""

from __future__ import annotations

import io
from typing import Any

import cast
import pictures
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import stream_encode_multipart

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.organisations.composition import members_of
from matchmaker.organisations.logos import logo_of
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import chosen_by
from matchmaker.participants.models import Participant

EDIT = "/events/forum/me/organisation"
SAID: dict[str, Any] = {
    "type": "cluster", "size": "10-49", "country": "MA", "city": "Fès", "street": "", "website": "",
    "postal_code": "", "description": "Water for all", "sector": ["water", "energy"],
    "industry": ["mobility"], "technology": ["sensors"], "network": ["een"],
    "label": ["ecei-gold"], "service": ["training", "export"], "target_countries": ["FR", "SN"],
    "spoken": ["fr", "ar"], "projects": "Clean rivers", "stories": "A plant in Agadir",
    "members_sme": "120", "members_large": "7", "members_research": "0",
}  # fmt: skip


@pytest.fixture
def event(session: Session) -> Event:
    return cast.make_event(session)


@pytest.fixture
def atlas(session: Session, event: Event) -> Organisation:
    return cast.make_organisation(session, event, "Atlas")


def join(session: Session, event: Event, name: str, **values: Any) -> Account:
    account = cast.make_account(session, name)
    consent = {"consent_version": "1", "consent_at": event.created_at}
    cast.make_participant(session, event, name, account, **consent | values)
    session.commit()
    return account


@pytest.fixture
def amal(session: Session, event: Event, atlas: Organisation, client: FlaskClient) -> Account:
    account = join(session, event, "Amal", organisation_id=atlas.id)
    cast.sign_in(client, account)
    return account


def stored(session: Session, organisation: Organisation) -> tuple[Any, ...]:
    session.expire_all()
    return (
        {kind: codes for kind, codes in chosen_by(session, organisation).items() if codes},
        members_of(session, organisation),
        organisation.description,
    )


def test_somebody_describes_their_organisation_in_full(
    client: FlaskClient, session: Session, atlas: Organisation, amal: Account
) -> None:
    assert client.get(EDIT).status_code == 200
    assert client.post(EDIT, data=SAID).status_code == 302
    chosen, members, _description = stored(session, atlas)
    assert chosen == {
        "type": ["cluster"], "size": ["10-49"], "sector": ["energy", "water"],
        "industry": ["mobility"], "technology": ["sensors"], "network": ["een"],
        "label": ["ecei-gold"], "service": ["export", "training"],
    }  # fmt: skip
    assert members == {"sme": 120, "large": 7}
    assert (atlas.name, atlas.target_countries, atlas.spoken) == (
        "Atlas",
        ["FR", "SN"],
        ["ar", "fr"],
    )
    before = stored(session, atlas)
    page = client.get(EDIT).text
    assert 'value="120"' in page
    assert client.post(EDIT, data=SAID).status_code == 302
    assert stored(session, atlas) == before


def test_the_others_read_it_in_their_language_with_its_composition(
    client: FlaskClient, session: Session, event: Event, atlas: Organisation, amal: Account
) -> None:
    client.post(EDIT, data=SAID)
    cast.sign_in(client, join(session, event, "Chen"))
    client.set_cookie("language", "fr")
    page = client.get(f"/events/forum/me/organisations/{atlas.id}/profile?language=fr").text
    for words in (
        "Cluster", "Formation", "Sénégal", "Label Or", "Clean rivers", "A plant in Agadir", "127",
        "PME", "Réseau Entreprise Europe",
    ):  # fmt: skip
        assert words in page, words
    card = client.get("/events/forum/me/people/amal/profile").text
    assert f"/events/forum/me/organisations/{atlas.id}/profile" in card


def test_colleagues_share_it_and_others_cannot_touch_it(
    client: FlaskClient, session: Session, event: Event, atlas: Organisation, amal: Account
) -> None:
    client.post(EDIT, data=SAID)
    cast.sign_in(client, join(session, event, "Bilal", organisation_id=atlas.id))
    assert "Clean rivers" in client.get(EDIT).text
    before = stored(session, atlas)
    cast.sign_in(client, join(session, event, "Chen"))
    assert client.post(EDIT, data=SAID | {"description": "Mine now"}).status_code == 302
    assert stored(session, atlas) == before


@pytest.mark.parametrize("state", ["registered", "rejected", "withdrawn"])
def test_who_is_not_confirmed_neither_reads_nor_writes(
    client: FlaskClient, session: Session, event: Event, atlas: Organisation, amal: Account,
    state: str,
) -> None:  # fmt: skip
    client.post(EDIT, data=SAID | {"logo": (io.BytesIO(pictures.png()), "logo.png")})
    person = session.scalars(select(Participant)).one()
    person.state = state
    session.commit()
    before = stored(session, atlas)
    profile = f"/events/forum/me/organisations/{atlas.id}"
    assert client.get(f"{profile}/profile").status_code == 302
    assert client.get(f"{profile}/logo").status_code == 404
    assert client.post(EDIT, data=SAID | {"description": "No"}).status_code == 302
    assert stored(session, atlas) == before


def test_an_organisation_of_nobody_who_is_shown_is_not_shown(
    client: FlaskClient, session: Session, event: Event, atlas: Organisation, amal: Account
) -> None:
    hidden = cast.make_organisation(session, event, "Hidden")
    join(session, event, "Bilal", organisation_id=hidden.id, consent_version=None)
    assert client.get(f"/events/forum/me/organisations/{hidden.id}/profile").status_code == 404
    assert client.get("/events/forum/me/people/bilal/profile").status_code == 404


def test_a_logo_is_served_as_a_picture_and_kept_by_the_browser(
    client: FlaskClient, session: Session, atlas: Organisation, amal: Account
) -> None:
    client.post(EDIT, data=SAID | {"logo": (io.BytesIO(pictures.JPEG), "logo.svg")})
    address = f"/events/forum/me/organisations/{atlas.id}/logo"
    assert address in client.get(EDIT).text
    answer = client.get(address)
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    client.post(EDIT, data=SAID | {"without_logo": "y"})
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"logo": pictures.SVG}, "no picture"),
        ({"description": "x" * 5001}, "At most 5000 characters"),
        ({"stories": "x" * 1_000_000}, "At most 5000 characters"),
        ({"website": "javascript:alert(1)"}, "http://"),
        ({"type": "nothing"}, "valid choice"),
        ({"sector": ["nothing"]}, "valid choice"),
        ({"target_countries": ["XQ"]}, "valid choice"),
        ({"members_sme": "-3"}, "whole number"),
        ({"members_sme": "9" * 40}, "whole number"),
        ({"members_sme": "many"}, "valid integer"),
    ],
)
def test_what_cannot_be_comes_back_as_typed_and_changes_nothing(
    client: FlaskClient, session: Session, atlas: Organisation, amal: Account,
    changed: dict[str, Any], sentence: str,
) -> None:  # fmt: skip
    before = stored(session, atlas)
    if "logo" in changed:  # a stream is read once: each test makes its own
        changed = {"logo": (io.BytesIO(changed["logo"]), "logo.png")}
    answer = client.post(EDIT, data=SAID | changed)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Clean rivers" in answer.text
    assert stored(session, atlas) == before
    assert logo_of(session, atlas) is None


def test_a_text_of_five_megabytes_is_answered_in_words(
    client: FlaskClient, session: Session, atlas: Organisation, amal: Account
) -> None:
    before = stored(session, atlas)
    client.set_cookie("language", "fr")
    long = SAID | {"stories": "e" * 5_500_000}
    stream, length, boundary = stream_encode_multipart(long, use_tempfile=False)
    answer = client.post(
        EDIT,
        input_stream=stream,
        content_length=length,
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )
    assert answer.status_code == 413
    assert "trop volumineux" in answer.text
    assert "ramène à votre saisie" in answer.text
    assert stored(session, atlas) == before


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202eabc", "x\x00y", "{{ 'xy' * 4 }}"]
)
def test_hostile_texts_are_only_text(
    client: FlaskClient, session: Session, atlas: Organisation, amal: Account, text: str
) -> None:
    fields = ("description", "projects", "stories", "city", "street", "postal_code")
    assert client.post(EDIT, data=SAID | dict.fromkeys(fields, text)).status_code == 302
    page = client.get(f"/events/forum/me/organisations/{atlas.id}/profile")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "xyxyxyxy" not in page.text
