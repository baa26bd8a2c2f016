"""Who organises and who helps."""

from __future__ import annotations

from flask import abort, flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.events.access import organiser
from matchmaker.events.forms import MemberForm
from matchmaker.events.models import Membership
from matchmaker.events.queries import members_of
from matchmaker.events.team import invite_member, remove_member
from matchmaker.events.views.answers import answer_removal, bp, to
from matchmaker.forms import kept


@bp.route("/organise/<event_id>/team", methods=["GET", "POST"])
@organiser
def team(event_id: str) -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit() and kept(form, lambda: _invite(form)):
        flash(_("Invited: a mail with a sign-in link is on its way."))
        return to("team")
    return render_template("events/team.html", form=form, members=members_of(db.session, event_id))


def _invite(form: MemberForm) -> None:
    said = {name: form.data[name] for name in ("address", "role")}
    invite_member(db.session, g.event, **said)


@bp.route("/organise/<event_id>/team/<account_id>/<role>/remove", methods=["POST"])
@organiser
def drop_member(event_id: str, account_id: str, role: str) -> ResponseReturnValue:
    membership = db.session.get(Membership, (account_id, g.event.id, role)) or abort(404)
    if account_id == g.account.id and role == "organiser":
        flash(_("Your own role is taken away by another organiser."), "error")
        return to("team")
    return answer_removal(
        lambda: remove_member(db.session, membership), _("The role is taken away."), "team"
    )
