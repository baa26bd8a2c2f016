"""What somebody reads when a page cannot be had: what happened, and what to do."""

from __future__ import annotations

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from matchmaker.errors import Refusal

FALLBACK = _("Go back and try again, or start from the front page.")
SENTENCES = {
    400: (_("This request cannot be understood"), FALLBACK),
    401: (_("Please sign in first"), _("This page is for people who are signed in.")),
    403: (
        _("Your role does not allow this"),
        _("Nothing was changed. An owner of the event can give you another role."),
    ),
    404: (
        _("This page does not exist"),
        _("Check the address. If somebody sent it to you, you may have to sign in first."),
    ),
    405: (_("That cannot be done here"), FALLBACK),
    409: (_("That is not possible now"), _("Somebody else may have been quicker. Load it again.")),
    410: (_("This page is no longer there"), FALLBACK),
    413: (
        _("This is too large"),
        _(
            "Nothing was changed. Take a smaller file, or shorten the text: your browser's way "
            "back leads to what you typed."
        ),
    ),
    415: (_("This kind of file cannot be read"), _("Send an XLSX or a CSV file.")),
    429: (_("Too many tries"), _("Wait a quarter of an hour, then try again.")),
    500: (
        _("Something went wrong on our side"),
        _("Nothing of your last step was saved. Try again; if it stays so, tell the organiser."),
    ),
    503: (_("This cannot be done at the moment"), _("Try again in a few minutes.")),
}
OLD_FORM = (
    _("This form was open too long"),
    _("Nothing was changed. Go back, load the page again and send the form once more."),
)
# For the two cases in which no page can be made: an address that is not ours, and a page
# that fails even while it says that something failed.
PLAIN = """<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{title} · Matchmaker</title></head>
<body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""


def prepare_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(CSRFError, _show)
    app.register_error_handler(SecurityError, _refuse_host)
    app.register_error_handler(InternalServerError, _show_fault)
    app.register_error_handler(Refusal, _show_refusal)


def _show(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    words = OLD_FORM if isinstance(error, CSRFError) else SENTENCES.get(code)
    title, text = words or (SENTENCES[500] if code >= 500 else SENTENCES[400])
    return _page(code, str(title), str(text))


def _show_refusal(refusal: Refusal) -> ResponseReturnValue:
    """A service's refusal that no form took up."""
    return _page(409, str(SENTENCES[409][0]), str(refusal))


def _show_fault(_error: HTTPException) -> ResponseReturnValue:
    """The fault may lie in the database: this page asks it nothing."""
    g.account = g.look = None
    title, text = SENTENCES[500]
    try:
        return _page(500, str(title), str(text))
    except Exception:  # whatever the first fault was, it spoils this page too
        return PLAIN.format(title=title, text=text), 500


def _refuse_host(_error: HTTPException) -> ResponseReturnValue:
    """Nobody is led to believe that our pages stand at another address than the settings say."""
    text = "Use the address that the organiser gave you. Operators: it is base_url in config.toml."
    return PLAIN.format(title="This address is not served here", text=text), 400


def _page(code: int, title: str, text: str) -> ResponseReturnValue:
    if request.url_rule is None and "account" not in g:
        g.account = None
    return render_template("errors/error.html", code=code, title=title, text=text), code
