"""Policies: every view declares who may open it, and loading is the check.

A view without a policy stops the start of the application.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from matchmaker.accounts.models import Account
from matchmaker.accounts.services import account_of_login
from matchmaker.database import db
from matchmaker.journal.services import act_as

Arguments = dict[str, Any]
Check = Callable[[Arguments], None]
View = Callable[..., ResponseReturnValue]
LOGIN_KEY = "login"
ARRIVES_KEY = "arrives"  # has just signed in, and asked for no page
FREE_OF_POLICY = {"static"}


def policy(name: str, check: Check) -> Callable[[View], View]:
    """A decorator that runs ``check`` on the route's arguments before the view."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            check(arguments)
            return view(**arguments)

        guarded.policy = name  # type: ignore[attr-defined]
        return guarded

    return decorate


def require_account() -> Account:
    """The signed-in account; whoever is not signed in is sent to do so."""
    if g.account is None:
        raise SignInFirst
    account: Account = g.account
    return account


class SignInFirst(HTTPException):
    code = 401


def _require_signed_in(_arguments: Arguments) -> None:
    require_account()


def _require_admin(_arguments: Arguments) -> None:
    if not require_account().is_admin:
        abort(404)


anyone = policy("anyone", lambda _arguments: None)
signed_in = policy("signed in", _require_signed_in)
admin = policy("admin", _require_admin)


def policy_of(app: Flask, endpoint: str) -> str | None:
    return getattr(app.view_functions[endpoint], "policy", None)


def check_policies(app: Flask) -> None:
    """No route without a declared policy."""
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in FREE_OF_POLICY and policy_of(app, rule.endpoint) is None
    ]
    if bare:
        raise RuntimeError(f"Views without a policy: {', '.join(sorted(set(bare)))}")


def prepare_access(app: Flask) -> None:
    @app.before_request
    def find_account() -> None:
        token = session.get(LOGIN_KEY)
        g.account = account_of_login(db.session, token) if token else None
        g.account_id = g.account.id if g.account else None
        act_as(g.account_id)

    @app.errorhandler(SignInFirst)
    def sign_in_first(_error: SignInFirst) -> ResponseReturnValue:
        if request.method != "GET":
            return redirect(url_for("accounts.sign_in"))
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
