"""Which language a page speaks: asked for, the account's, the browser's, the event's."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale

from matchmaker.languages import LANGUAGES, LOCALES

COOKIE = "language"
__all__ = ["COOKIE", "current_language", "prepare_localisation", "speak"]


def current_language() -> str:
    """The code (fr, ar, en) of the page being made."""
    if not has_request_context():
        return str(getattr(g, "language", "fr"))
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def speak(language: str) -> force_locale:
    """``with speak("ar"):`` gettext answers in this language (mails, PDF)."""
    return force_locale(LOCALES[language])


def _choose() -> str:
    cookie = request.cookies.get(COOKIE, "")
    if cookie in LANGUAGES:
        return cookie
    account = g.get("account")
    if account is not None and account.language in LANGUAGES:
        return str(account.language)
    return request.accept_languages.best_match(LANGUAGES) or "fr"


def prepare_localisation(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES["en"]

    @app.before_request
    def choose_again() -> None:
        g.pop("language", None)

    Babel(app, locale_selector=lambda: LOCALES[current_language()])
