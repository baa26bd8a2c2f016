"""Which language a page speaks: asked for, the account's, the browser's, the event's."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request
from flask import Response as FlaskResponse
from flask_babel import Babel, force_locale
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from matchmaker.forms import SPEAK
from matchmaker.languages import LANGUAGES, LOCALES

COOKIE = "language"
LASTS = 365 * 86_400  # seconds
__all__ = ["COOKIE", "current_language", "keep_language", "prepare_localisation", "speak"]


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


def keep_language(answer: Response, language: str) -> None:
    """In the browser."""
    answer.set_cookie(
        COOKIE, language, max_age=LASTS, secure=request.is_secure, httponly=True, samesite="Lax"
    )


def _choose() -> str:
    for asked in (_pressed(), request.cookies.get(COOKIE, "")):
        if asked in LANGUAGES:
            return asked
    account = g.get("account")
    if account is not None and account.language in LANGUAGES:
        return str(account.language)
    return request.accept_languages.best_match(LANGUAGES) or "fr"


def _pressed() -> str:
    """The language whose button sent the form; none where a form is too large to be read."""
    try:
        return request.form.get(SPEAK, "")
    except RequestEntityTooLarge:
        return ""


def prepare_localisation(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = LOCALES["en"]

    @app.before_request
    def choose_again() -> None:
        g.pop("language", None)

    @app.after_request
    def keep_what_was_pressed(answer: FlaskResponse) -> FlaskResponse:
        if (language := _pressed()) in LANGUAGES:
            keep_language(answer, language)
        return answer

    Babel(app, locale_selector=lambda: LOCALES[current_language()])
