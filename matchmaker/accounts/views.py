"""Signing in and out, the language, one's own account."""

from __future__ import annotations

from flask import (
    Blueprint,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.accounts.access import ARRIVES_KEY, LOGIN_KEY, anyone, signed_in
from matchmaker.accounts.destinations import known_path
from matchmaker.accounts.forms import (
    PasswordForm,
    PasswordSignInForm,
    ProfileForm,
    SignInForm,
)
from matchmaker.accounts.links import find_link, mail_link, own_path, use_link
from matchmaker.accounts.localisation import COOKIE, keep_language
from matchmaker.accounts.models import Account
from matchmaker.accounts.passwords import forget_tries, may_try, usable_hash, verify
from matchmaker.accounts.services import (
    change_account,
    change_password,
    close_all_logins,
    close_login,
    email_key,
    find_account,
    open_login,
)
from matchmaker.database import db
from matchmaker.languages import LANGUAGES

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@anyone
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next", ""))
    if g.account:
        return redirect(known_path(form.next.data))
    if form.validate_on_submit():
        mail_link(db.session, form.address.data or "", known_path(form.next.data))
        return redirect(url_for(".link_sent"))
    return render_template("accounts/sign_in.html", form=form)


@bp.route("/sign-in/sent")
@anyone
def link_sent() -> ResponseReturnValue:
    return render_template("accounts/link_sent.html")


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@anyone
def open_link(token: str) -> ResponseReturnValue:
    """Looking at the page uses nothing up: only a person presses the button."""
    link = use_link(db.session, token) if request.method == "POST" else find_link(db.session, token)
    if link is None and g.account and (path := own_path(db.session, token, g.account)):
        return redirect(known_path(path))
    if link is None:
        return render_template("accounts/link_spent.html", form=SignInForm(formdata=None)), 410
    if request.method == "POST":
        return _enter(db.session.get_one(Account, link.account_id), link.next_path)
    return render_template("accounts/open_link.html", token=token)


@bp.route("/sign-in/password", methods=["GET", "POST"])
@anyone
def sign_in_with_password() -> ResponseReturnValue:
    form = PasswordSignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("accounts/password.html", form=form)
    address = form.address.data or ""
    key = email_key(address)
    if not may_try(db.session, key):
        form.refuse(_("Too many tries. Wait a quarter of an hour, or ask for a link by mail."))
        return render_template("accounts/password.html", form=form), 429
    account = find_account(db.session, address)
    stored = usable_hash(account)
    db.session.rollback()  # nothing is held while the hash is computed
    if not verify(stored, form.password.data or "") or account is None:
        form.refuse(_("Address or password is wrong. You can also ask for a link by mail."))
        return render_template("accounts/password.html", form=form)
    forget_tries(db.session, key)
    return _enter(account, form.next.data)


@bp.route("/sign-out", methods=["POST"])
@anyone
def sign_out() -> ResponseReturnValue:
    if token := session.get(LOGIN_KEY):
        close_login(db.session, token)
        db.session.commit()
    session.clear()
    flash(_("You are signed out."))
    return forgotten(redirect("/"))


@bp.route("/language", methods=["POST"])
@anyone
def language() -> ResponseReturnValue:
    """Remembered by the browser, and by the account for its mails."""
    chosen = request.form.get("language", "")
    answer = redirect(known_path(request.form.get("next")))
    if chosen in LANGUAGES:
        keep_language(answer, chosen)
        if g.account:
            change_account(db.session, g.account, name=g.account.name, language=chosen)
    return answer


@bp.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    form = ProfileForm(obj=g.account)
    if form.validate_on_submit():
        change_account(
            db.session, g.account, name=form.name.data or "", language=form.language.data
        )
        flash(_("Saved."))
        answer = redirect(url_for(".account"))
        answer.delete_cookie(COOKIE)  # the account's language speaks from now on
        return answer
    return render_template("accounts/account.html", form=form)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        if _knows_old_password(form):
            change_password(db.session, g.account, form.password.data or "")
            answer = _enter(g.account, url_for(".account"))
            flash(_("The new password is set, and every other browser is signed out."))
            return answer
        form.refuse(_("The password until now is wrong."))
    return render_template("accounts/new_password.html", form=form)


@bp.route("/account/sign-out-everywhere", methods=["POST"])
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    close_all_logins(db.session, g.account.id)
    db.session.commit()
    session.clear()
    flash(_("You are signed out in every browser."))
    return forgotten(redirect("/"))


def _knows_old_password(form: PasswordForm) -> bool:
    """Whoever has no password yet proved the address by a link."""
    stored = g.account.password_hash
    if stored is None:
        return True
    return may_try(db.session, g.account.email_key) and verify(stored, form.current.data or "")


def _enter(account: Account, next_path: str | None) -> ResponseReturnValue:
    """A new login in a new session: what the browser carried before is worth nothing."""
    if token := session.get(LOGIN_KEY):
        close_login(db.session, token)
    session.clear()
    session[LOGIN_KEY] = open_login(db.session, account)
    db.session.commit()
    path = known_path(next_path)
    session[ARRIVES_KEY] = path == "/"
    return forgotten(redirect(path))


def forgotten(answer: Response) -> Response:
    """The browser keeps nothing of whoever was here before, also for want of a network."""
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
