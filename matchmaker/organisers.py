"""What the operator does for organisers from the command line."""

from __future__ import annotations

from flask import Flask, url_for
from sqlalchemy.orm import Session

from matchmaker import config_of
from matchmaker.accounts.links import add_link
from matchmaker.accounts.services import find_account, find_or_add_account
from matchmaker.database import db
from matchmaker.errors import Refusal


def make_organiser(app: Flask, address: str, name: str = "") -> str:
    """An account that may create events and runs this installation; a link to sign in."""
    with app.app_context():
        account = find_or_add_account(db.session, address, name=name)
        account.is_admin = True
        db.session.commit()
        return link_for(app, address, "/organise/")


def link_for(app: Flask, address: str, next_path: str = "/") -> str:
    """A sign-in link for an existing account, to be used once."""
    with app.app_context():
        session: Session = db.session
        account = find_account(session, address)
        if account is None:
            raise Refusal(f"There is no account with the address {address}.")
        token = add_link(session, account, next_path)
        session.commit()
    with app.test_request_context():
        path = url_for("accounts.open_link", token=token)
    return config_of(app).base_url.rstrip("/") + path
