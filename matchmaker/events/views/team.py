"""Who organises and who helps."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import member, owner, staff
from matchmaker.events.duties import DUTY_NAMES, DUTY_TEXTS
from matchmaker.events.forms import MemberForm
from matchmaker.events.models import Membership
from matchmaker.events.queries import DUTIES, have_been_here, members_of
from matchmaker.events.team import change_role, invite_again, invite_member, remove_member
from matchmaker.events.views.answers import answer_removal, bp, to
from matchmaker.forms import kept


@bp.route("/organise/<event_id>/team", methods=["GET", "POST"])
@staff("owner", reads="organiser")
def team(event_id: str) -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit() and kept(form, lambda: _invite(form)):
        flash(_("Invited: a mail with a sign-in link is on its way."))
        return to("team")
    return render_template(
        "events/team.html",
        form=form,
        members=members_of(db.session, event_id),
        names=DUTY_NAMES,
        texts=DUTY_TEXTS,
        here=have_been_here(db.session, event_id),
    )


def _invite(form: MemberForm) -> None:
    said = {name: form.data[name] for name in ("address", "role")}
    invite_member(db.session, g.event, **said)


@bp.route("/organise/<event_id>/team/<account_id>/<role>/change", methods=["POST"])
@owner
def change_member(event_id: str, account_id: str, role: str) -> ResponseReturnValue:
    """Another duty instead of this one."""
    membership = _member_or_404(account_id, role)
    wanted = request.form.get("role", "")
    if role not in DUTIES or wanted not in DUTIES:
        abort(404)
    return answer_removal(
        lambda: change_role(db.session, membership, wanted), _("The role is changed."), "team"
    )


@bp.route("/organise/<event_id>/team/<account_id>/<role>/invite", methods=["POST"])
@owner
def invite_member_again(event_id: str, account_id: str, role: str) -> ResponseReturnValue:
    invite_again(db.session, _member_or_404(account_id, role))
    flash(_("Invited: a mail with a sign-in link is on its way."))
    return to("team")


@bp.route("/organise/<event_id>/team/<account_id>/<role>/remove", methods=["POST"])
@owner
def drop_member(event_id: str, account_id: str, role: str) -> ResponseReturnValue:
    membership = _member_or_404(account_id, role)
    return answer_removal(
        lambda: remove_member(db.session, membership), _("The role is taken away."), "team"
    )


@bp.route("/organise/<event_id>/team/leave", methods=["POST"])
@member
def leave(event_id: str) -> ResponseReturnValue:
    """One's own duty ends; the last owner stays. Who has left is signed out."""
    try:
        remove_member(db.session, _member_or_404(g.account.id, g.role))
    except Refusal as refusal:
        flash(str(refusal), "error")
        return to("team")
    return redirect(url_for("home.front"))


def _member_or_404(account_id: str, role: str) -> Membership:
    return db.session.get(Membership, (account_id, g.event.id, role)) or abort(404)
