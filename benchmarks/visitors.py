"""Browsers of participants, signed in."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from matchmaker.accounts.access import LOGIN_KEY
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_or_add_account, open_login
from matchmaker.database import db
from matchmaker.participants.models import Participant
from matchmaker.participants.services import connect_account


def account_of(person: Participant) -> Account:
    account = find_or_add_account(db.session, person.email)
    connect_account(db.session, account)
    return account


def client_of(app: Flask, person: Participant) -> FlaskClient:
    return client_for(app, account_of(person))


def client_for(app: Flask, account: Account) -> FlaskClient:
    client = app.test_client()
    token = open_login(db.session, account)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[LOGIN_KEY] = token
    return client
