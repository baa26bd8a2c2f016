"""A row of the list changed where it stands."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import moment_text
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import desk
from matchmaker.participants.models import Participant
from matchmaker.segments.cells import Overtaken, change_cells, values_of
from matchmaker.segments.forms import RowForm
from matchmaker.segments.views.blueprint import bp, list_url
from matchmaker.segments.views.roll import Edited, row_form, show_list, shown_columns


@bp.route("/participants/<participant_id>/row", methods=["POST"])
@desk
def change_row(event_id: str, participant_id: str) -> ResponseReturnValue:
    """Save what was typed; or the row again, with what keeps it from being saved."""
    person = db.session.get(Participant, (event_id, participant_id)) or abort(404)
    form = row_form(shown_columns())
    seen = {name: request.form.get(f"seen-{name}", "") for name in form.typed()}
    if not form.validate_on_submit():
        return show_list(Edited(person, form, seen))
    try:
        overtaken = change_cells(db.session, g.event, person, form.typed(), seen)
    except Refusal as refusal:
        db.session.rollback()
        return show_list(Edited(person, form, seen, (str(refusal),)))
    if overtaken:
        db.session.rollback()
        current = {**seen, **values_of(db.session, person)}
        return show_list(Edited(person, form, current, tuple(_say(o, form) for o in overtaken)))
    db.session.commit()
    flash(_("Saved."))
    return redirect(list_url(anchor=f"p-{person.id}"))


def _say(overtaken: Overtaken, form: RowForm) -> str:
    field = form[overtaken.field]
    labels = {choice.value: str(choice.label) for choice in getattr(field, "choices", ())}
    now = labels.get(overtaken.now, overtaken.now) or _("empty")
    said = {"field": field.label.text, "now": now}
    if overtaken.at is None:
        text = _(
            "%(field)s was changed since you opened this row and is now “%(now)s”. Save again to "
            "put yours in its place.",
            **said,
        )
    else:
        text = _(
            "%(who)s changed %(field)s to “%(now)s” on %(moment)s, after you had opened this row. "
            "Save again to put yours in its place.",
            who=overtaken.by or _("Somebody"),
            moment=moment_text(overtaken.at, g.event.zone, current_language()),
            **said,
        )
    return str(text)
