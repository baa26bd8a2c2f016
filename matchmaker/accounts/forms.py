"""Signing in, and one's own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional

from matchmaker.accounts.passwords import LONGEST, SHORTEST
from matchmaker.forms import Form, options
from matchmaker.languages import NAMES

# Deliverability is the mail server's to say; nobody's page waits for a name server.
ADDRESS = [
    DataRequired(_("Please give your e-mail address.")),
    Length(max=254, message=_("An e-mail address has at most 254 characters.")),
    Email(_("This is not an e-mail address; it looks like name@company.com.")),
]


class SignInForm(Form):
    address = EmailField(
        _("E-mail address"), ADDRESS, render_kw={"autocomplete": "username", "dir": "ltr"}
    )
    next = HiddenField()


class PasswordSignInForm(SignInForm):
    password = PasswordField(
        _("Password"),
        [DataRequired(_("Please give your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ProfileForm(Form):
    name = StringField(
        _("Name"),
        [Length(max=200, message=_("A name has at most 200 characters."))],
        render_kw={"autocomplete": "name"},
    )
    language = SelectField(
        _("Language of pages and mails"),
        choices=options(NAMES.items()),
    )


class PasswordForm(Form):
    current = PasswordField(
        _("Password until now"), [Optional()], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        _("New password"),
        [
            DataRequired(_("Please give a new password.")),
            Length(
                SHORTEST,
                LONGEST,
                message=_("A password has between %(min)d and %(max)d characters."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("New password, once more"),
        [EqualTo("password", message=_("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
